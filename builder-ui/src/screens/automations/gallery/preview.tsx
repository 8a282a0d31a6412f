import { Alert, Button, Group, SegmentedControl, Select } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useMemo, useState } from 'react';
import { ApiProblem, sentenceOf } from '../../../api/client.ts';
import { applyAutomationTemplate } from '../../../api/templates.ts';
import { usePerson } from '../../../app/signed-in.ts';
import { useNames } from '../../../fields/use-names.ts';
import { sayDone } from '../../../ui/say.ts';
import { count } from '../../../ui/words.ts';
import { newAutomationId } from '../new-automation.ts';
import { keyOf, madeOf, needsOf, proposed, type Chosen, type Need, type ReadTemplate } from './from-template.ts';
import styles from './gallery.module.css';

const PlainCanvas = lazy(() => import('../../../canvas/plain-canvas.tsx'));

const kindWords: Record<Need['kind'], string> = {
  model: 'Score model',
  stage: 'Stage',
  queue: 'Sales queue',
  channel: 'Channel',
  event_type: 'Event',
  field: 'Field',
};
const makes = '';

/** What a template does, drawn; what it needs, and what of the workspace is taken for it. */
export function Preview({ template, onBack }: { template: ReadTemplate; onBack: () => void }) {
  const names = useNames();
  const person = usePerson();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [shown, setShown] = useState(0);
  const [own, setOwn] = useState<Chosen>({});
  const needs = useMemo(() => needsOf(template, names), [template, names]);
  const chosen = useMemo(() => ({ ...proposed(template, needs, names), ...own }), [template, needs, names, own]);
  const missing = needs.filter((need) => chosen[keyOf(need)] === null && !need.isMade);
  const act = useMutation({
    mutationFn: () =>
      applyAutomationTemplate(madeOf(template, needs, chosen, { tell: person.email, freshId: newAutomationId })),
    onSuccess: ({ drafts, published }) => {
      void client.invalidateQueries({ queryKey: ['definitions'] });
      const [first] = drafts;
      sayDone(
        `${drafts.length === 1 ? 'A draft' : count(drafts.length, 'draft')} made from “${template.title}”${published === 0 ? '' : `, ${count(published, 'definition')} published for it`}.`,
      );
      if (first) void navigate({ to: '/automations/$id', params: { id: first } });
    },
  });
  const automation = template.automations[shown];
  return (
    <div className={styles.preview}>
      <div className={styles.drawing}>
        {template.automations.length > 1 && (
          <SegmentedControl
            size="xs"
            aria-label="Automation"
            value={String(shown)}
            data={template.automations.map(({ name }, index) => ({ value: String(index), label: name }))}
            onChange={(value) => setShown(Number(value))}
          />
        )}
        <div className={styles.canvas}>
          <Suspense>
            {automation && (
              <PlainCanvas
                key={automation.id}
                document={automation}
                names={names}
                label={`Drawing of ${automation.name}`}
              />
            )}
          </Suspense>
        </div>
      </div>
      <div className={styles.words}>
        <p className={styles.lead}>{template.summary}</p>
        {template.about.map((paragraph) => (
          <p key={paragraph}>{paragraph.replaceAll('`', '')}</p>
        ))}
        <section aria-label="What it needs">
          <h3 className={styles.sub}>What it needs</h3>
          {needs.map((need) => (
            <NeedField
              key={keyOf(need)}
              need={need}
              value={chosen[keyOf(need)] ?? null}
              onChange={(value) => setOwn((before) => ({ ...before, [keyOf(need)]: value }))}
            />
          ))}
          {needs.some((need) => need.kind === 'channel' && chosen[keyOf(need)] === null) && (
            <p className={styles.hint}>A new channel sends e-mail to you, {person.email}, until you say otherwise.</p>
          )}
        </section>
        {act.isError && (
          <Alert color="tomato" role="alert" title="The template could not be used">
            {act.error instanceof ApiProblem && act.error.errors.length > 0
              ? act.error.errors.map(({ message }) => message).join(' ')
              : sentenceOf(act.error)}
          </Alert>
        )}
        <Group justify="space-between" mt="md">
          <Button variant="default" onClick={onBack}>
            All templates
          </Button>
          <Button onClick={() => act.mutate()} loading={act.isPending} disabled={missing.length > 0}>
            Use this template
          </Button>
        </Group>
      </div>
    </div>
  );
}

function NeedField(given: { need: Need; value: string | null; onChange: (value: string | null) => void }) {
  const { need, value, onChange } = given;
  const isNew = value === null && need.isMade;
  return (
    <Select
      size="xs"
      className={styles.need}
      label={kindWords[need.kind]}
      aria-label={`${kindWords[need.kind]}: ${need.name}`}
      searchable
      allowDeselect={false}
      placeholder="Choose one"
      value={isNew ? makes : value}
      data={[
        ...(need.isMade ? [{ value: makes, label: `${need.name} (is made)` }] : []),
        ...need.options.map(({ id, name }) => ({ value: id, label: name })),
      ]}
      onChange={(next) => onChange(next === makes ? null : next)}
    />
  );
}
