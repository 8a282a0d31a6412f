import { Button, Group, Text } from '@mantine/core';
import { IconAlertTriangle, IconCloudOff, IconRestore, type Icon } from '@tabler/icons-react';
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

function Notice(given: { tone: 'bad' | 'warn'; icon: Icon; acts: ReactNode; children: ReactNode }) {
  return (
    <div className={styles.notice} data-tone={given.tone} role="alert">
      <given.icon size={18} aria-hidden="true" />
      <Text size="sm" className={styles.words}>
        {given.children}
      </Text>
      <Group gap="xs">{given.acts}</Group>
    </div>
  );
}

/** A way out of what a notice tells. */
const Way = ({ label, onTake }: { label: string; onTake: () => void }) => (
  <Button size="compact-sm" variant="default" onClick={onTake}>
    {label}
  </Button>
);

/** What people must know or decide about the draft; nothing while all is well. */
export function DraftNotice({ draft }: { draft: AnyDraft }) {
  const [seen, setSeen] = useState(false);
  const { state } = draft;
  if (state.kind !== 'open') return null;
  const { saving } = state;
  switch (saving.kind) {
    case 'conflict':
      return (
        <Notice
          tone="bad"
          icon={IconAlertTriangle}
          acts={
            <>
              <Way label="Take theirs" onTake={draft.takeTheirs} />
              <Way label="Keep mine" onTake={draft.keepMine} />
            </>
          }
        >
          {saving.theirs.draft
            ? 'This draft was also changed in another tab or by somebody else. Nothing is saved until you choose which version stays.'
            : 'This draft was published or discarded elsewhere while you had changes. Choose which version stays.'}
        </Notice>
      );
    case 'waiting':
      return (
        <Notice tone="warn" icon={IconCloudOff} acts={<Way label="Try now" onTake={draft.retry} />}>
          {sentenceOf(saving.error)} Your changes are kept in this browser and saved as soon as possible.
        </Notice>
      );
    case 'refused':
      return (
        <Notice tone="bad" icon={IconAlertTriangle} acts={<Way label="Try again" onTake={draft.retry} />}>
          The draft cannot be saved as it is: {sentenceOf(saving.error)} Your changes are kept in this browser.
        </Notice>
      );
    case 'saved':
    case 'pending':
    case 'saving':
      return state.recovered && !seen ? (
        <Notice tone="warn" icon={IconRestore} acts={<Way label="Good" onTake={() => setSeen(true)} />}>
          Changes that could not be saved the last time were brought back.
        </Notice>
      ) : null;
  }
}
