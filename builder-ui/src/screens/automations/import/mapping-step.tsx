import { Alert, Button, Group, Radio, Select, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { AutomationSummary, MappedReferences, UnknownReference } from '@ripen/shared';
import { useState } from 'react';
import { sentenceOf } from '../../../api/client.ts';
import { kindWord } from '../../../ui/named-things.tsx';
import { sayDone } from '../../../ui/say.ts';
import { count } from '../../../ui/words.ts';
import styles from '../automations.module.css';
import { newAutomationId } from '../new-automation.ts';
import { bringIn } from './bring-in.ts';
import { creatable, createdOf, keyOf, mapOf, proposed, type Choice } from './plan.ts';
import type { GivenDocument } from './read-file.ts';

/** Of what is chosen in a list; ids of things cannot hold a blank. */
const leave = ' leave';
const create = ' create';

const choiceOf = (value: string | null): Choice =>
  value === null || value === leave
    ? { kind: 'leave' }
    : value === create
      ? { kind: 'create' }
      : { kind: 'use', id: value };
const valueOf = (choice: Choice | undefined): string =>
  choice?.kind === 'use' ? choice.id : choice?.kind === 'create' ? create : leave;

const titleOf = ({ id, name }: GivenDocument): string => (typeof name === 'string' ? name : id);

/** What the automations name that is not here, each with what is to be taken for it; then they are kept as drafts. */
export function MappingStep(given: {
  automations: GivenDocument[];
  others: GivenDocument[];
  references: MappedReferences;
  /** What there is already. */
  here: readonly AutomationSummary[];
  onBack: () => void;
  onDone: () => void;
}) {
  const { automations, others, references } = given;
  const { unknown } = references;
  const [choices, setChoices] = useState<ReadonlyMap<string, Choice>>(
    () => new Map(unknown.map((one) => [keyOf(one), proposed(one, others)])),
  );
  const taken = automations.filter(({ id }) => given.here.some((one) => one.id === id));
  const [replaces, setReplaces] = useState(false);
  const navigate = useNavigate();
  const client = useQueryClient();
  const importing = useMutation({
    mutationFn: () => {
      const newIds = new Map(replaces ? [] : taken.map(({ id }) => [id, newAutomationId()]));
      return bringIn({
        automations,
        newIds,
        created: createdOf(unknown, choices, others),
        map: mapOf(unknown, choices, newIds),
      });
    },
    onSuccess: async (ids) => {
      await client.invalidateQueries({ queryKey: ['definitions'] });
      given.onDone();
      sayDone(`${count(ids.length, 'automation')} imported as ${ids.length === 1 ? 'a draft' : 'drafts'}.`);
      const [only] = ids;
      if (only !== undefined && ids.length === 1) await navigate({ to: '/automations/$id', params: { id: only } });
    },
  });
  const left = unknown.filter((one) => one.needed && choices.get(keyOf(one))?.kind === 'leave').length;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        importing.mutate();
      }}
    >
      <Stack gap="md">
        <Text>
          {automations.length === 1
            ? `“${automations.map(titleOf).join()}”`
            : `${count(automations.length, 'automation')}: ${automations.map(titleOf).join(', ')}`}
          {unknown.length === 0
            ? '. Everything that it names is here.'
            : `. ${count(unknown.length, 'thing')} that it names ${unknown.length === 1 ? 'is' : 'are'} not here: choose what to take.`}
        </Text>
        {taken.length > 0 && (
          <Radio.Group
            label={`${taken.map((one) => `“${titleOf(one)}”`).join(', ')} ${taken.length === 1 ? 'is' : 'are'} here already`}
            value={replaces ? 'replace' : 'copy'}
            onChange={(value) => setReplaces(value === 'replace')}
          >
            <Stack gap="xs" mt="xs">
              <Radio value="copy" label="Import beside it, as another automation" />
              <Radio value="replace" label="Import as its draft; what is live stays until that is published" />
            </Stack>
          </Radio.Group>
        )}
        {unknown.length > 0 && (
          <ul className={styles.unknown}>
            {unknown.map((one) => (
              <UnknownRow
                key={keyOf(one)}
                unknown={one}
                mayCreate={creatable(one, others) !== null}
                brought={others.some(({ kind, id }) => kind === one.kind && id === one.id)}
                choices={references.choices.find(({ kind }) => kind === one.kind)?.items ?? []}
                choice={choices.get(keyOf(one))}
                onChange={(choice) => setChoices(new Map(choices).set(keyOf(one), choice))}
              />
            ))}
          </ul>
        )}
        {left > 0 && (
          <Text size="sm" c="var(--ink-soft)">
            {count(left, 'thing')} left open: the draft can be imported, and says so until it is mended.
          </Text>
        )}
        {importing.error && (
          <Alert color="tomato" variant="light" title="It could not be imported" role="alert">
            {sentenceOf(importing.error)}
          </Alert>
        )}
        <Group justify="space-between">
          <Button variant="default" onClick={given.onBack}>
            Back
          </Button>
          <Button type="submit" loading={importing.isPending} data-autofocus>
            Import as {automations.length === 1 ? 'a draft' : 'drafts'}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function UnknownRow(given: {
  unknown: UnknownReference;
  mayCreate: boolean;
  brought: boolean;
  choices: readonly { id: string; name: string }[];
  choice: Choice | undefined;
  onChange: (choice: Choice) => void;
}) {
  const { unknown } = given;
  const near = new Set(unknown.suggestions.map(({ id }) => id));
  const option = ({ id, name }: { id: string; name: string }) => ({
    value: id,
    label: name === id ? name : `${name} (${id})`,
  });
  const rest = given.choices.filter(({ id }) => !near.has(id)).map(option);
  const kind = kindWord(unknown.kind);
  return (
    <li>
      <div>
        <strong>{unknown.id}</strong>
        <span className={styles.soft}>
          {kind}, in {unknown.places[0]?.part?.toLowerCase() ?? unknown.places[0]?.document.name}
          {unknown.places.length > 1 && ` and ${count(unknown.places.length - 1, 'other place')}`}
        </span>
      </div>
      <Select
        aria-label={`${kind} to take for ${unknown.id}`}
        searchable
        allowDeselect={false}
        value={valueOf(given.choice)}
        onChange={(value) => given.onChange(choiceOf(value))}
        data={[
          {
            group: 'As it is',
            items: [
              {
                value: leave,
                label: unknown.needed ? 'Leave it open' : 'Keep it: it begins with the first that arrives',
              },
              ...(given.mayCreate
                ? [{ value: create, label: given.brought ? 'Create it, as in the file' : 'Create this field' }]
                : []),
            ],
          },
          ...(near.size > 0 ? [{ group: 'Called nearly the same', items: unknown.suggestions.map(option) }] : []),
          ...(rest.length > 0 ? [{ group: 'All', items: rest }] : []),
        ]}
        nothingFoundMessage="Nothing has that name."
      />
    </li>
  );
}
