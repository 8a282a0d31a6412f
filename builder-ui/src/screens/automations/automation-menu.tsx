import { ActionIcon, Menu } from '@mantine/core';
import {
  IconArchive,
  IconArchiveOff,
  IconCopy,
  IconDots,
  IconDownload,
  IconFolder,
  IconPlayerPause,
  IconPlayerPlay,
  IconSitemap,
  IconTag,
  IconTrash,
  IconUser,
} from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import type { AutomationSummary, BulkAct, definitionDetailSchema } from '@ripen/shared';
import type { z } from 'zod';
import { useEffect, useRef, useState } from 'react';
import { archiveAutomation, pauseAutomation, resumeAutomation, unarchiveAutomation } from '../../api/automations.ts';
import { api } from '../../api/client.ts';
import { useMay } from '../../app/signed-in.ts';
import { DiscardQuestion, discardWord, useAct } from '../../drafts/index.ts';
import { ArchiveQuestion } from '../../inside/archive-question.tsx';
import { PauseQuestion } from '../../inside/pause-question.tsx';
import { downloadText } from '../../ui/download.ts';
import { sayFailed } from '../../ui/say.ts';
import type { Offered } from './automation-row.tsx';
import { DeleteDialog } from './delete-dialog.tsx';
import { newAutomationId } from './new-automation.ts';
import { FolderDialog, LabelsDialog, OwnerDialog } from './organise-dialogs.tsx';
import { ReportDialog } from './report-dialog.tsx';
import { goneOf, useActs } from './use-acts.ts';

type Asking = 'folder' | 'labels' | 'owner' | 'pause' | 'archive' | 'drop' | 'delete' | null;

interface Given {
  automation: AutomationSummary;
  offered: Offered;
}

/** What can be done to an automation from the list. The menu is made when it is first asked for: lists are long. */
export function AutomationMenu(given: Given) {
  const [asked, setAsked] = useState(false);
  if (asked) return <OpenMenu {...given} />;
  return (
    <ActionIcon aria-label={`More about ${given.automation.name}`} aria-haspopup="menu" onClick={() => setAsked(true)}>
      <IconDots size={18} />
    </ActionIcon>
  );
}

function OpenMenu({ automation, offered }: Given) {
  const navigate = useNavigate();
  const mayWrite = useMay('definitions:write');
  const [asking, setAsking] = useState<Asking>(null);
  const path = `/api/automations/${automation.id}`;
  const act = useAct(() => setAsking(null));
  const acts = useActs(() => setAsking(null));
  const organising = {
    automations: [automation],
    offered,
    busy: acts.act.isPending,
    onClose: () => setAsking(null),
    onAct: (one: BulkAct) => acts.act.mutate({ ids: [automation.id], act: one }),
  };
  const download = async (): Promise<void> => {
    try {
      const source = await api.get<z.infer<typeof definitionDetailSchema>>(path);
      const { exportText } = await import('../../document/export.ts');
      downloadText(`${automation.id}.automation.json`, exportText(source.draft?.document ?? source.document));
    } catch (error) {
      sayFailed(`“${automation.name}” could not be downloaded`, error);
    }
  };
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
  // The button that was pressed gave way to this one: the focus comes here, and comes back when the menu closes.
  const target = useRef<HTMLButtonElement>(null);
  const [opened, setOpened] = useState(false);
  useEffect(() => {
    target.current?.focus();
    setOpened(true);
  }, []);
  const live = automation.status === 'live';
  return (
    <>
      <Menu position="bottom-end" opened={opened} onChange={setOpened}>
        <Menu.Target>
          <ActionIcon ref={target} aria-label={`More about ${automation.name}`}>
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconSitemap size={16} />}
            onClick={() =>
              void navigate({ to: '/automations', search: (before) => ({ ...before, uses: automation.id }) })
            }
          >
            Used by and uses
          </Menu.Item>
          <Menu.Item leftSection={<IconDownload size={16} />} onClick={() => void download()}>
            Download as JSON
          </Menu.Item>
          {mayWrite && (
            <>
              <Menu.Item leftSection={<IconCopy size={16} />} onClick={() => void duplicate()}>
                Duplicate
              </Menu.Item>
              <Menu.Divider />
              <Menu.Item leftSection={<IconFolder size={16} />} onClick={() => setAsking('folder')}>
                Move to folder
              </Menu.Item>
              <Menu.Item leftSection={<IconTag size={16} />} onClick={() => setAsking('labels')}>
                Label
              </Menu.Item>
              <Menu.Item leftSection={<IconUser size={16} />} onClick={() => setAsking('owner')}>
                Change owner
              </Menu.Item>
              <Menu.Divider />
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
              {automation.draft && automation.version !== null && (
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
              {(automation.version === null || automation.status === 'archived') && (
                <Menu.Item color="tomato" leftSection={<IconTrash size={16} />} onClick={() => setAsking('delete')}>
                  Delete
                </Menu.Item>
              )}
            </>
          )}
        </Menu.Dropdown>
      </Menu>

      {asking === 'folder' && <FolderDialog {...organising} />}
      {asking === 'labels' && <LabelsDialog {...organising} />}
      {asking === 'owner' && <OwnerDialog {...organising} />}
      {asking === 'delete' && (
        <DeleteDialog
          automations={[automation]}
          busy={acts.act.isPending}
          onClose={() => setAsking(null)}
          onAct={async (one) => goneOf(await acts.act.mutateAsync({ ids: [automation.id], act: one }))}
        />
      )}
      {acts.report && <ReportDialog report={acts.report} onClose={acts.dismiss} />}

      {asking === 'pause' && (
        <PauseQuestion
          whom={`“${automation.name}”`}
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
          whom={`“${automation.name}”`}
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
