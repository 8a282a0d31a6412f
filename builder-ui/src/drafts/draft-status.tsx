import { Button, Group, Text } from '@mantine/core';
import { IconAlertTriangle, IconCloudOff, IconRestore } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { sentenceOf } from '../api/client.ts';
import { StatusMark, type Tone } from '../ui/marks.tsx';
import { RelativeTime } from '../ui/relative-time.tsx';
import styles from './drafts.module.css';
import type { Draft } from './use-draft.ts';

type AnyDraft = Pick<Draft<object>, 'state' | 'detail' | 'keepMine' | 'takeTheirs' | 'retry'>;

const statusOf = ({ state, detail }: AnyDraft): { tone: Tone; words: ReactNode } | null => {
  if (state.kind !== 'open') return null;
  const { saving } = state;
  switch (saving.kind) {
    case 'saved':
      if (saving.at !== null)
        return {
          tone: 'warn',
          words: (
            <>
              Draft saved <RelativeTime at={saving.at} />
            </>
          ),
        };
      return detail?.version
        ? { tone: 'good', words: `Version ${detail.version} is live` }
        : { tone: 'idle', words: 'Not saved yet' };
    case 'pending':
    case 'saving':
      return { tone: 'plain', words: 'Saving' };
    case 'waiting':
      return { tone: 'bad', words: 'Not saved' };
    case 'refused':
      return { tone: 'bad', words: 'Not saved' };
    case 'conflict':
      return { tone: 'bad', words: 'Changed elsewhere' };
  }
};

/** How the draft stands, in a few words. */
export function DraftStatus({ draft }: { draft: AnyDraft }) {
  const status = statusOf(draft);
  return (
    <span role="status" aria-live="polite">
      {status && <StatusMark tone={status.tone}>{status.words}</StatusMark>}
    </span>
  );
}

function Notice({
  tone,
  icon,
  children,
  acts,
}: {
  tone: 'bad' | 'warn';
  icon: ReactNode;
  children: ReactNode;
  acts?: ReactNode;
}) {
  return (
    <div className={styles.notice} data-tone={tone} role="alert">
      {icon}
      <Text size="sm" className={styles.words}>
        {children}
      </Text>
      {acts && <Group gap="xs">{acts}</Group>}
    </div>
  );
}

/** What people must know or decide about the draft; nothing while all is well. */
export function DraftNotice({ draft }: { draft: AnyDraft }) {
  const [seen, setSeen] = useState(false);
  const { state } = draft;
  if (state.kind !== 'open') return null;
  const { saving } = state;
  if (saving.kind === 'conflict')
    return (
      <Notice
        tone="bad"
        icon={<IconAlertTriangle size={18} aria-hidden="true" />}
        acts={
          <>
            <Button size="compact-sm" variant="default" onClick={draft.takeTheirs}>
              Take theirs
            </Button>
            <Button size="compact-sm" variant="default" onClick={draft.keepMine}>
              Keep mine
            </Button>
          </>
        }
      >
        {saving.theirs.draft
          ? 'This draft was also changed in another tab or by somebody else. Nothing is saved until you choose which version stays.'
          : 'This draft was published or discarded elsewhere while you had changes. Choose which version stays.'}
      </Notice>
    );
  if (saving.kind === 'waiting')
    return (
      <Notice
        tone="warn"
        icon={<IconCloudOff size={18} aria-hidden="true" />}
        acts={
          <Button size="compact-sm" variant="default" onClick={draft.retry}>
            Try now
          </Button>
        }
      >
        {sentenceOf(saving.error)} Your changes are kept in this browser and saved as soon as possible.
      </Notice>
    );
  if (saving.kind === 'refused')
    return (
      <Notice
        tone="bad"
        icon={<IconAlertTriangle size={18} aria-hidden="true" />}
        acts={
          <Button size="compact-sm" variant="default" onClick={draft.retry}>
            Try again
          </Button>
        }
      >
        The draft cannot be saved as it is: {sentenceOf(saving.error)} Your changes are kept in this browser.
      </Notice>
    );
  if (state.recovered && !seen)
    return (
      <Notice
        tone="warn"
        icon={<IconRestore size={18} aria-hidden="true" />}
        acts={
          <Button size="compact-sm" variant="default" onClick={() => setSeen(true)}>
            Good
          </Button>
        }
      >
        Changes that could not be saved the last time were brought back.
      </Notice>
    );
  return null;
}
