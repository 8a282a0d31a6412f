import { Button, CloseButton } from '@mantine/core';
import {
  IconArchive,
  IconArchiveOff,
  IconFolder,
  IconPlayerPause,
  IconPlayerPlay,
  IconTag,
  IconTrash,
  IconUser,
} from '@tabler/icons-react';
import type { AutomationSummary, BulkAct } from '@ripen/shared';
import { useState, type ReactNode } from 'react';
import { ArchiveQuestion } from '../../inside/archive-question.tsx';
import { PauseQuestion } from '../../inside/pause-question.tsx';
import { count } from '../../ui/words.ts';
import type { Offered } from './automation-row.tsx';
import styles from './automations.module.css';
import { DeleteDialog } from './delete-dialog.tsx';
import { FolderDialog, LabelsDialog, OwnerDialog } from './organise-dialogs.tsx';
import { ReportDialog } from './report-dialog.tsx';
import { goneOf, useActs } from './use-acts.ts';
import type { Choosing } from './use-selection.ts';

type Asking = 'folder' | 'labels' | 'owner' | 'pause' | 'archive' | 'delete' | null;

/** To whom an act can be done at all; the server says of each whether it was. */
const fits: Partial<Record<BulkAct['kind'], (one: AutomationSummary) => boolean>> = {
  pause: ({ status }) => status === 'live',
  resume: ({ status }) => status === 'paused',
  archive: ({ status, version }) => version !== null && status !== 'archived',
  unarchive: ({ status }) => status === 'archived',
  delete: ({ status }) => status === 'draft' || status === 'archived',
};

/** What can be done to all that are selected at once. */
export function BulkBar(given: { automations: readonly AutomationSummary[]; offered: Offered; choosing: Choosing }) {
  const { automations, offered, choosing } = given;
  const [asking, setAsking] = useState<Asking>(null);
  const acts = useActs((failed) => {
    setAsking(null);
    choosing.choose(failed);
  });
  const busy = acts.act.isPending;
  const whom = (kind: BulkAct['kind']): AutomationSummary[] => automations.filter(fits[kind] ?? (() => true));
  const run = (act: BulkAct) => acts.act.mutateAsync({ ids: whom(act.kind).map(({ id }) => id), act });
  const doIt = (act: BulkAct): void => void run(act).catch(() => undefined); // What went wrong is said by the act.
  const button = (kind: BulkAct['kind'], word: string, icon: ReactNode, onClick: () => void): ReactNode => {
    const fitting = whom(kind).length;
    if (fitting === 0) return null;
    return (
      <Button size="compact-sm" variant="default" leftSection={icon} disabled={busy} onClick={onClick}>
        {fitting === automations.length ? word : `${word} ${fitting}`}
      </Button>
    );
  };
  const organising = { automations, offered, busy, onClose: () => setAsking(null), onAct: doIt };
  const inside = (kind: BulkAct['kind']): number => whom(kind).reduce((sum, { counts }) => sum + counts.waiting, 0);
  return (
    <>
      {automations.length > 0 && (
        <div className={styles.bulk} role="toolbar" aria-label="For all that are selected">
          <CloseButton aria-label="Select none" onClick={choosing.clear} />
          <strong role="status">
            {busy && acts.tried > 0 ? `${acts.tried} of ${automations.length} …` : `${automations.length} selected`}
          </strong>
          {button('pause', 'Pause', <IconPlayerPause size={15} />, () => setAsking('pause'))}
          {button('resume', 'Resume', <IconPlayerPlay size={15} />, () => doIt({ kind: 'resume' }))}
          {button('folder', 'Move', <IconFolder size={15} />, () => setAsking('folder'))}
          {button('labels', 'Label', <IconTag size={15} />, () => setAsking('labels'))}
          {button('owner', 'Owner', <IconUser size={15} />, () => setAsking('owner'))}
          {button('archive', 'Archive', <IconArchive size={15} />, () => setAsking('archive'))}
          {button('unarchive', 'Take out of the archive', <IconArchiveOff size={15} />, () =>
            doIt({ kind: 'unarchive' }),
          )}
          {button('delete', 'Delete', <IconTrash size={15} />, () => setAsking('delete'))}
        </div>
      )}
      {asking === 'folder' && <FolderDialog {...organising} />}
      {asking === 'labels' && <LabelsDialog {...organising} />}
      {asking === 'owner' && <OwnerDialog {...organising} />}
      {asking === 'delete' && (
        <DeleteDialog
          automations={whom('delete')}
          busy={busy}
          onClose={() => setAsking(null)}
          onAct={async (act) => goneOf(await run(act))}
        />
      )}
      {asking === 'pause' && (
        <PauseQuestion
          whom={count(whom('pause').length, 'automation')}
          waiting={inside('pause')}
          busy={busy}
          onClose={() => setAsking(null)}
          onPause={(waitingRuns) => doIt({ kind: 'pause', waitingRuns })}
        />
      )}
      {asking === 'archive' && (
        <ArchiveQuestion
          whom={count(whom('archive').length, 'automation')}
          waiting={inside('archive')}
          busy={busy}
          onClose={() => setAsking(null)}
          onArchive={(waitingRuns) => doIt({ kind: 'archive', waitingRuns })}
        />
      )}
      {acts.report && <ReportDialog report={acts.report} onClose={acts.dismiss} />}
    </>
  );
}
