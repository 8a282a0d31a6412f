import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { RelativeTime } from '../../ui/relative-time.tsx';
import styles from './workbench.module.css';

function Banner({ tone, children, acts }: { tone: 'warn' | 'plain'; children: ReactNode; acts?: ReactNode }) {
  return (
    <div className={styles.banner} data-tone={tone} role={tone === 'warn' ? 'alert' : 'status'}>
      <span>{children}</span>
      {acts && <span className={styles.bannerActs}>{acts}</span>}
    </div>
  );
}

/** Two people, or two windows, saved the same draft: one decides. */
export function ConflictBanner(given: { at: string | null; onTheirs: () => void; onMine: () => void }) {
  return (
    <Banner
      tone="warn"
      acts={
        <>
          <Button size="compact-sm" variant="default" onClick={given.onTheirs}>
            Load theirs
          </Button>
          <Button size="compact-sm" variant="default" onClick={given.onMine}>
            Keep mine
          </Button>
        </>
      }
    >
      {given.at === null ? (
        'This draft was published or discarded in another window.'
      ) : (
        <>
          This draft was changed in another window <RelativeTime at={given.at} />.
        </>
      )}{' '}
      What you drew is still here.
    </Banner>
  );
}

export function RecoveredBanner({ onClose }: { onClose: () => void }) {
  return (
    <Banner
      tone="plain"
      acts={
        <Button size="compact-sm" variant="subtle" onClick={onClose}>
          All right
        </Button>
      }
    >
      What could not be saved the last time is back.
    </Banner>
  );
}

export function VersionBanner({ version, onBack }: { version: number; onBack: () => void }) {
  return (
    <Banner
      tone="plain"
      acts={
        <Button size="compact-sm" variant="subtle" onClick={onBack}>
          Back to the drawing
        </Button>
      }
    >
      This is version {version} as it was published. It cannot be changed.
    </Banner>
  );
}
