import { Alert, Button, Group, Radio, Stack } from '@mantine/core';
import type { Template } from '@ripen/shared';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { ApiProblem, sentenceOf } from '../../../api/client.ts';
import { applyTemplate } from '../../../api/templates.ts';
import { sayDone } from '../../../ui/say.ts';
import { count } from '../../../ui/words.ts';
import { Contained } from './contained.tsx';
import { contentsOf } from './contents.ts';
import styles from './templates.module.css';

const kindWords: Record<Template['collisions'][number]['kind'], string> = {
  model: 'the score model',
  lifecycle: 'the lifecycle',
  automation: 'the automation',
  event_type: 'the event type',
  field: 'the field',
  queue: 'the queue',
  channel: 'the channel',
  segment: 'the segment',
  maintenance_program: 'the maintenance program',
  account_model: 'the score model for accounts',
};

/** What a template is and publishes, and what of it is there already. */
export function Preview({ template, onBack, onDone }: { template: Template; onBack: () => void; onDone: () => void }) {
  const { collisions } = template;
  const client = useQueryClient();
  const contents = useMemo(() => contentsOf(template), [template]);
  const [existing, setExisting] = useState<'keep' | 'replace' | null>(null);
  const undecided = collisions.length > 0 && existing === null && !template.applied;
  const act = useMutation({
    mutationFn: () => applyTemplate(template.id, existing ?? 'refuse'),
    onSuccess: ({ published }) => {
      void client.invalidateQueries({ queryKey: ['definitions'] });
      sayDone(`“${template.title}” is in force: ${count(published.length, 'definition')} published.`);
      onDone();
    },
  });
  const nameOf = ({ kind, id }: Template['collisions'][number]): string => {
    const document = template.documents.find((one) => one['kind'] === kind && one['id'] === id);
    const name = document?.['name'];
    return kind === 'lifecycle' ? kindWords.lifecycle : `${kindWords[kind]} “${typeof name === 'string' ? name : id}”`;
  };
  return (
    <Stack gap="md">
      <div className={styles.about}>
        <p className={styles.lead}>{template.summary}</p>
        {template.about.map((paragraph) => (
          <p key={paragraph}>{paragraph.replaceAll('*', '')}</p>
        ))}
      </div>
      {collisions.length > 0 && (
        <Radio.Group
          label={`In force already, and different: ${collisions.map(nameOf).join(', ')}`}
          value={existing}
          onChange={(value) => setExisting(value === 'keep' ? 'keep' : 'replace')}
        >
          <Stack gap="xs" mt="xs">
            <Radio
              value="replace"
              label="Replace by the template’s"
              description="What was there stays as an older version."
            />
            <Radio value="keep" label="Keep mine" description="The rest of the template is published beside it." />
          </Stack>
        </Radio.Group>
      )}
      <Contained contents={contents} />
      {act.isError && (
        <Alert color="tomato" role="alert" title="Nothing was published">
          {act.error instanceof ApiProblem && act.error.errors.length > 0 ? (
            <ul className={styles.errors}>
              {act.error.errors.map(({ path, message }) => (
                <li key={`${path} ${message}`}>{message}</li>
              ))}
            </ul>
          ) : (
            sentenceOf(act.error)
          )}
        </Alert>
      )}
      <Group justify="space-between" className={styles.foot}>
        <Button variant="default" onClick={onBack}>
          All templates
        </Button>
        <Group gap="sm">
          {undecided && <span className={styles.undecided}>Say above what happens to what is in force.</span>}
          <Button onClick={() => act.mutate()} loading={act.isPending} disabled={template.applied || undecided}>
            {template.applied ? 'In force' : 'Use this template'}
          </Button>
        </Group>
      </Group>
    </Stack>
  );
}
