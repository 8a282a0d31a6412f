import type { AutomationSummary } from '@ripen/shared';
import { Link } from '@tanstack/react-router';
import { StatusMark, type Tone } from '../../ui/marks.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { RowFigure, rows } from '../../ui/rows.tsx';
import { Sparkline } from '../../ui/sparkline.tsx';
import { compact, count, number } from '../../ui/words.ts';
import { AutomationMenu } from './automation-menu.tsx';
import styles from './automations.module.css';

const looks: Record<AutomationSummary['status'], { tone: Tone; word: string }> = {
  live: { tone: 'good', word: 'Live' },
  paused: { tone: 'warn', word: 'Paused' },
  draft: { tone: 'idle', word: 'Draft' },
  archived: { tone: 'plain', word: 'Archived' },
};

function Figure({ value, label, bad = false }: { value: number; label: string; bad?: boolean }) {
  return <RowFigure value={value} words={compact(value)} label={label} bad={bad} title={`${number(value)} ${label}`} />;
}

/** An automation: its state, how many are inside, and how many came lately. */
export function AutomationRow(given: { automation: AutomationSummary; folders: readonly string[] }) {
  const { automation } = given;
  const { tone, word } = looks[automation.status];
  const lately = automation.enteredPerDay.reduce((sum, day) => sum + day, 0);
  return (
    <li className={`${rows.row} ${styles.row}`} data-archived={automation.status === 'archived' || undefined}>
      <div className={styles.title}>
        <Link to="/automations/$id" params={{ id: automation.id }} className={rows.name}>
          {automation.name}
        </Link>
        {automation.draft && automation.status !== 'draft' && <span className={rows.draft}>Unpublished changes</span>}
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
        {automation.updatedAt && (
          <>
            edited <RelativeTime at={automation.updatedAt} />
          </>
        )}
      </div>
      <div className={`${rows.menu} ${styles.menu}`}>
        <AutomationMenu {...given} />
      </div>
    </li>
  );
}
