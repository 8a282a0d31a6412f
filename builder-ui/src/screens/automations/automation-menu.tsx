import { ActionIcon, Autocomplete, Menu } from '@mantine/core';
import {
  IconArchive,
  IconArchiveOff,
  IconCopy,
  IconDots,
  IconFolder,
  IconPlayerPause,
  IconPlayerPlay,
  IconTrash,
} from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import type { AutomationSummary, definitionDetailSchema } from '@ripen/shared';
import type { z } from 'zod';
import { useState } from 'react';
import { archiveAutomation, pauseAutomation, resumeAutomation, unarchiveAutomation } from '../../api/automations.ts';
import { api } from '../../api/client.ts';
import { useMay } from '../../app/signed-in.ts';
import { DiscardQuestion, discardWord, useAct } from '../../drafts/index.ts';
import { ArchiveQuestion } from '../../inside/archive-question.tsx';
import { PauseQuestion } from '../../inside/pause-question.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { sayFailed } from '../../ui/say.ts';
import { newAutomationId } from './new-automation.ts';

type Asking = 'folder' | 'pause' | 'archive' | 'drop' | null;

/** What can be done to an automation from the list. */
export function AutomationMenu({ automation, folders }: { automation: AutomationSummary; folders: readonly string[] }) {
  const navigate = useNavigate();
  const mayWrite = useMay('definitions:write');
  const [asking, setAsking] = useState<Asking>(null);
  const [folder, setFolder] = useState(automation.folder ?? '');
  const path = `/api/automations/${automation.id}`;
  const act = useAct(() => setAsking(null));
  const duplicate = async (): Promise<void> => {
    try {
      const source = await api.get<z.infer<typeof definitionDetailSchema>>(path);
      const id = newAutomationId();
      const document = { ...(source.draft?.document ?? source.document), id, name: `${automation.name} (copy)` };
      await api.put(`/api/automations/${id}/draft`, { document, edition: null });
      await navigate({ to: '/automations/$id', params: { id } });
    } catch (error) {
      sayFailed(`“${automation.name}” could not be duplicated`, error);
    }
  };
  if (!mayWrite) return null;
  const live = automation.status === 'live';
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon aria-label={`More about ${automation.name}`}>
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconFolder size={16} />} onClick={() => setAsking('folder')}>
            Move to folder
          </Menu.Item>
          <Menu.Item leftSection={<IconCopy size={16} />} onClick={() => void duplicate()}>
            Duplicate
          </Menu.Item>
          {live && (
            <Menu.Item leftSection={<IconPlayerPause size={16} />} onClick={() => setAsking('pause')}>
              Pause
            </Menu.Item>
          )}
          {automation.status === 'paused' && (
            <Menu.Item
              leftSection={<IconPlayerPlay size={16} />}
              onClick={() =>
                act.mutate({
                  say: `“${automation.name}” takes contacts in again.`,
                  failed: `“${automation.name}” could not be resumed`,
                  run: () => resumeAutomation(automation.id),
                })
              }
            >
              Resume
            </Menu.Item>
          )}
          {automation.draft && (
            <Menu.Item color="tomato" leftSection={<IconTrash size={16} />} onClick={() => setAsking('drop')}>
              {discardWord(automation.version)}
            </Menu.Item>
          )}
          {automation.status === 'archived' && (
            <Menu.Item
              leftSection={<IconArchiveOff size={16} />}
              onClick={() =>
                act.mutate({
                  say: `“${automation.name}” is back, paused.`,
                  failed: `“${automation.name}” could not be brought back`,
                  run: () => unarchiveAutomation(automation.id),
                })
              }
            >
              Take out of the archive
            </Menu.Item>
          )}
          {automation.version !== null && automation.status !== 'archived' && (
            <Menu.Item color="tomato" leftSection={<IconArchive size={16} />} onClick={() => setAsking('archive')}>
              Archive
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>

      {asking === 'folder' && (
        <FormDialog
          title={`Move “${automation.name}”`}
          act="Move"
          busy={act.isPending}
          onClose={() => setAsking(null)}
          onSubmit={() => {
            const name = folder.trim() === '' ? null : folder.trim();
            act.mutate({
              say: name === null ? 'Moved out of its folder.' : `Moved to “${name}”.`,
              failed: 'It could not be moved',
              run: () => api.put(`${path}/folder`, { folder: name }),
            });
          }}
        >
          <Autocomplete
            label="Folder"
            description="Choose one or type a new name. Leave it empty for no folder."
            data={[...folders]}
            value={folder}
            onChange={setFolder}
            maxLength={100}
            data-autofocus
          />
        </FormDialog>
      )}

      {asking === 'pause' && (
        <PauseQuestion
          name={automation.name}
          waiting={automation.counts.waiting}
          busy={act.isPending}
          onClose={() => setAsking(null)}
          onPause={(inside) =>
            act.mutate({
              say: `“${automation.name}” is paused.`,
              failed: 'It could not be paused',
              run: () => pauseAutomation(automation.id, inside),
            })
          }
        />
      )}

      {asking === 'archive' && (
        <ArchiveQuestion
          name={automation.name}
          waiting={automation.counts.waiting}
          busy={act.isPending}
          onClose={() => setAsking(null)}
          onArchive={(inside) =>
            act.mutate({
              say: `“${automation.name}” is archived.`,
              failed: 'It could not be archived',
              run: () => archiveAutomation(automation.id, inside),
            })
          }
        />
      )}

      <DiscardQuestion
        opened={asking === 'drop'}
        name={automation.name}
        version={automation.version}
        discard={() => api.delete(`${path}/draft`)}
        onClose={() => setAsking(null)}
      />
    </>
  );
}
