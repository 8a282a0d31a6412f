import { IconStar, IconStarFilled } from '@tabler/icons-react';
import type { AutomationSummary } from '@ripen/shared';
import { Link } from '@tanstack/react-router';
import { StatusMark, type Tone } from '../../ui/marks.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { RowFigure, rows } from '../../ui/rows.tsx';
import { Sparkline } from '../../ui/sparkline.tsx';
import { compact, count, number } from '../../ui/words.ts';
import { AutomationMenu } from './automation-menu.tsx';
import styles from './automations.module.css';
import type { Choosing } from './use-selection.ts';

const looks: Record<AutomationSummary['status'], { tone: Tone; word: string }> = {
  live: { tone: 'good', word: 'Live' },
  paused: { tone: 'warn', word: 'Paused' },
  draft: { tone: 'idle', word: 'Draft' },
  archived: { tone: 'plain', word: 'Archived' },
};

function Figure({ value, label, bad = false }: { value: number; label: string; bad?: boolean }) {
  return <RowFigure value={value} words={compact(value)} label={label} bad={bad} title={`${number(value)} ${label}`} />;
}

/** What the lists of folders and labels offer. */
export interface Offered {
  folders: readonly string[];
  labels: readonly string[];
}

/** An automation: its state, how many are inside, how many came lately, and whose it is. */
export function AutomationRow(given: {
  automation: AutomationSummary;
  offered: Offered;
  /** Whether its folder is not what it stands under. */
  showFolder: boolean;
  /** Null: this person changes nothing. */
  choosing: Choosing | null;
  onStar: (automation: AutomationSummary) => void;
}) {
  const { automation, choosing } = given;
  const { tone, word } = looks[automation.status];
  const lately = automation.enteredPerDay.reduce((sum, day) => sum + day, 0);
  const isChosen = choosing?.has(automation.id) ?? false;
  return (
    <li
      className={`${rows.row} ${styles.row}`}
      data-archived={automation.status === 'archived' || undefined}
      data-chosen={isChosen || undefined}
    >
      <div className={styles.marks}>
        {choosing && (
          <input
            type="checkbox"
            className={styles.check}
            aria-label={`Select ${automation.name}`}
            checked={isChosen}
            onChange={(event) => {
              const { nativeEvent } = event;
              choosing.toggle(automation.id, 'shiftKey' in nativeEvent && nativeEvent.shiftKey === true);
            }}
          />
        )}
        <button
          type="button"
          className={styles.star}
          aria-pressed={automation.starred}
          aria-label={`Favourite: ${automation.name}`}
          title={automation.starred ? 'Take off your favourites' : 'Make it a favourite of yours'}
          onClick={() => given.onStar(automation)}
        >
          {automation.starred ? <IconStarFilled size={16} /> : <IconStar size={16} />}
        </button>
      </div>
      <div className={styles.title}>
        <Link
          to="/automations/$id"
          params={{ id: automation.id }}
          className={rows.name}
          data-automation={automation.id}
          onKeyDown={(event) => choosing?.onKey(event, automation.id)}
        >
          {automation.name}
        </Link>
        {automation.draft && automation.status !== 'draft' && <span className={rows.draft}>Unpublished changes</span>}
        <About automation={automation} showFolder={given.showFolder} />
      </div>
      <div className={styles.state}>
        <StatusMark tone={tone}>{automation.version === null ? word : `${word} · v${automation.version}`}</StatusMark>
      </div>
      <Figure value={automation.counts.entered} label="entered" />
      <Figure value={automation.counts.waiting} label="waiting" />
      <Figure value={automation.counts.failed} label="failed" bad={automation.counts.failed > 0} />
      <div className={styles.spark} title={`${count(lately, 'contact')} entered in the last 30 days`}>
        <Sparkline
          values={automation.enteredPerDay}
          label={`${count(lately, 'contact')} entered in the last 30 days`}
        />
      </div>
      <div className={styles.when}>
        {automation.owner && <span className={styles.owner}>{automation.owner.name}</span>}
        {automation.updatedAt && (
          <span>
            edited <RelativeTime at={automation.updatedAt} />
          </span>
        )}
      </div>
      <div className={`${rows.menu} ${styles.menu}`}>
        <AutomationMenu automation={automation} offered={given.offered} />
      </div>
    </li>
  );
}

function About({ automation, showFolder }: { automation: AutomationSummary; showFolder: boolean }) {
  const { description, folder, labels } = automation;
  if (!description && labels.length === 0 && !(showFolder && folder)) return null;
  return (
    <p className={styles.about}>
      {showFolder && folder && <span>{folder}</span>}
      {labels.map((label) => (
        <span key={label} className={styles.label}>
          {label}
        </span>
      ))}
      {description && (
        <span className={styles.description} title={description}>
          {description}
        </span>
      )}
    </p>
  );
}
