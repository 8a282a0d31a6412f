import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { AutomationSummary, BulkAct } from '@ripen/shared';
import { useState, type SubmitEvent } from 'react';
import { api } from '../../api/client.ts';
import type { DefinitionDetail } from '../../api/definitions.ts';
import { sayDone, sayFailed } from '../../ui/say.ts';
import { count } from '../../ui/words.ts';

/** What is typed before something that was once published goes for good. */
const word = 'delete';

interface Kept {
  id: string;
  document: Record<string, unknown>;
}

const readDrafts = async (automations: readonly AutomationSummary[]): Promise<Kept[]> => {
  const kept: Kept[] = [];
  for (const { id, draft } of automations) {
    if (!draft) continue;
    const detail = await api.get<DefinitionDetail>(`/api/automations/${encodeURIComponent(id)}`);
    if (detail.draft) kept.push({ id, document: detail.draft.document });
  }
  return kept;
};

/** What was deleted can be had back as a draft for as long as the word about it is shown. */
const offerUndo = (kept: readonly Kept[]): void => {
  if (kept.length === 0) return;
  const id = `deleted ${kept.map((one) => one.id).join(' ')}`;
  const undo = async (): Promise<void> => {
    notifications.hide(id);
    try {
      for (const { id: automation, document } of kept)
        await api.put(`/api/automations/${encodeURIComponent(automation)}/draft`, { document, edition: null });
      sayDone(`${count(kept.length, 'draft')} brought back.`);
    } catch (error) {
      sayFailed('Not everything could be brought back', error);
    }
  };
  notifications.show({
    id,
    color: 'leaf',
    autoClose: 20_000,
    message: (
      <Group justify="space-between" wrap="nowrap">
        {count(kept.length, 'draft')} deleted.
        <Button size="compact-sm" variant="default" onClick={() => void undo()}>
          Undo
        </Button>
      </Group>
    ),
  });
};

/** Asks before automations go. Drafts can be had back for a moment; what was published is deleted by typing a word. */
export function DeleteDialog(given: {
  automations: readonly AutomationSummary[];
  busy: boolean;
  onClose: () => void;
  /** Does it, and says which are gone. */
  onAct: (act: BulkAct) => Promise<readonly string[]>;
}) {
  const { automations } = given;
  const [typed, setTyped] = useState('');
  const published = automations.filter(({ version }) => version !== null);
  const [only] = automations;
  const what = only && automations.length === 1 ? `“${only.name}”` : count(automations.length, 'automation');
  const mayGo = published.length === 0 || typed.trim().toLowerCase() === word;
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (!mayGo || given.busy) return;
    try {
      const kept = await readDrafts(automations.filter(({ version }) => version === null));
      const gone = new Set(await given.onAct({ kind: 'delete' }));
      offerUndo(kept.filter(({ id }) => gone.has(id)));
    } catch (error) {
      sayFailed(`${what} could not be deleted`, error);
    }
  };
  return (
    <Modal opened onClose={given.onClose} title={`Delete ${what}`}>
      <form onSubmit={(event) => void submit(event)}>
        <Stack gap="md">
          {published.length === 0 ? (
            <Text>
              {automations.length === 1 ? 'It was' : 'They were'} never published. Undo is offered afterwards.
            </Text>
          ) : (
            <>
              <Text>
                Only what nobody ever entered is deleted, with all its versions: points and runs name the rest, which
                stays archived.
              </Text>
              <TextInput
                label={`Type “${word}” to go on`}
                value={typed}
                onChange={(event) => setTyped(event.currentTarget.value)}
                autoComplete="off"
                data-autofocus
              />
            </>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={given.onClose} data-autofocus={published.length === 0 || undefined}>
              Cancel
            </Button>
            <Button type="submit" color="tomato" loading={given.busy} disabled={!mayGo}>
              Delete
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
