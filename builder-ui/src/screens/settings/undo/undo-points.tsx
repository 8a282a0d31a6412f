import { Button, Group, Select, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { documentsInForceQuery } from '../../../api/automations.ts';
import { previewVoid, startVoid } from '../../../api/change.ts';
import { sentenceOf } from '../../../api/client.ts';
import { EventPicker, NamesContext, useNames } from '../../../fields/index.ts';
import { ReasonField } from '../../../ui/reason-field.tsx';
import { sayDone, sayFailed } from '../../../ui/say.ts';
import { Sure } from '../../../ui/sure.tsx';
import { count } from '../../../ui/words.ts';
import { Section } from '../section.tsx';
import { filterOf, nothingChosen } from './filter.ts';
import { Preview } from './preview.tsx';
import { UndoStatus } from './undo-status.tsx';

/** Takes points back that should not have been: of a bot, a faulty rule, a test. */
export function UndoPoints() {
  const names = useNames();
  const rules = useRules();
  const [chosen, setChosen] = useState(nothingChosen);
  const [reason, setReason] = useState('');
  const [sure, setSure] = useState(false);
  const filter = filterOf(chosen);
  const asked = JSON.stringify(filter);
  const look = useMutation({ mutationFn: async () => ({ of: asked, preview: filter && (await previewVoid(filter)) }) });
  // A preview is good for what it was asked for only.
  const preview = look.data?.of === asked ? look.data.preview : null;
  const undo = useMutation({
    mutationFn: async () => filter && (await startVoid(filter, reason.trim())),
    onSuccess: () => {
      sayDone('The points are being undone.');
      setSure(false);
      look.reset();
    },
    onError: (error) => sayFailed('The points were not undone', error),
  });
  const change = (part: Partial<typeof chosen>): void => setChosen({ ...chosen, ...part });
  return (
    <NamesContext value={names}>
      <Section
        title="Undo points"
        about="For points that should not have been given: by a bot, a faulty rule, a test. Every entry is undone by one that says so; rules that count once can count again."
      >
        <UndoStatus />
        <Stack gap="md" maw={560}>
          <EventPicker label="Earned by the event" value={chosen.event} onChange={(event) => change({ event })} />
          <Select
            label="Given by the rule"
            placeholder="Any rule of any score model"
            clearable
            searchable
            data={rules}
            value={chosen.rule || null}
            onChange={(rule) => change({ rule: rule ?? '' })}
          />
          <Group grow>
            <TextInput
              type="date"
              label="From"
              value={chosen.from}
              onChange={(event) => change({ from: event.currentTarget.value })}
            />
            <TextInput
              type="date"
              label="To, this day too"
              value={chosen.to}
              onChange={(event) => change({ to: event.currentTarget.value })}
            />
          </Group>
          <Group>
            <Button
              variant={preview ? 'default' : 'filled'}
              disabled={filter === null}
              loading={look.isPending}
              onClick={() => look.mutate()}
            >
              Show what would be undone
            </Button>
          </Group>
          {look.error && (
            <Text size="sm" c="tomato" role="alert">
              It could not be looked at. {sentenceOf(look.error)}
            </Text>
          )}
          {preview && <Preview preview={preview} />}
          {preview && preview.entries > 0 && (
            <>
              <ReasonField value={reason} onChange={setReason} />
              <Group>
                <Button color="tomato" disabled={reason.trim() === ''} onClick={() => setSure(true)}>
                  Undo {count(preview.entries, 'entry', 'entries')}
                </Button>
              </Group>
            </>
          )}
        </Stack>
        <Sure
          opened={sure}
          title="Undo these points"
          act="Undo points"
          danger
          busy={undo.isPending}
          onClose={() => setSure(false)}
          onAct={() => undo.mutate()}
        >
          <Text>
            {count(preview?.entries ?? 0, 'entry', 'entries')} of {count(preview?.contacts ?? 0, 'contact')} are undone.
            Contacts can lose their stage; leads of those that nobody accepted yet are withdrawn.
          </Text>
        </Sure>
      </Section>
    </NamesContext>
  );
}

/** Models and their rules, as one list to choose from. */
const useRules = () => {
  const documents = useQuery(documentsInForceQuery).data;
  return useMemo(
    () =>
      (documents ?? []).flatMap((document) =>
        document.kind === 'model'
          ? [
              {
                group: document.name,
                items: [
                  { value: document.id, label: `Any rule of ${document.name}` },
                  ...document.rules
                    .filter(({ kind }) => kind === 'behaviour')
                    .map(({ id, name }) => ({ value: `${document.id}/${id}`, label: name })),
                ],
              },
            ]
          : [],
      ),
    [documents],
  );
};
