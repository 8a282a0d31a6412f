import { SegmentedControl } from '@mantine/core';
import { count, exactTime, number } from '../../../ui/words.ts';
import styles from './live-bar.module.css';
import { periods, type LiveCounts } from './use-live-counts.ts';

/** Over which time and which versions the numbers on the canvas are, and what they come to. */
export function LiveBar({ live, version }: { live: LiveCounts; version: number }) {
  const { counts, period, all } = live;
  return (
    <div className={styles.bar} role="group" aria-label="What is counted">
      <SegmentedControl
        size="xs"
        aria-label="Period"
        value={period}
        data={periods.map(({ value, label, words }) => ({
          value,
          label: <span title={words}>{label}</span>,
        }))}
        onChange={live.choosePeriod}
      />
      {version > 1 && (
        <SegmentedControl
          size="xs"
          aria-label="Versions counted"
          value={all ? 'all' : 'one'}
          data={[
            { value: 'one', label: `Version ${version}` },
            { value: 'all', label: 'All versions' },
          ]}
          onChange={(next) => live.chooseAll(next === 'all')}
        />
      )}
      {counts && (
        <p className={styles.totals} role="status">
          {counts.since !== null && <span className={styles.since}>Since {exactTime(Date.parse(counts.since))}</span>}
          <span>{count(counts.counts.entered, 'run')} began</span>
          <span>{number(counts.counts.completed)} completed</span>
          <span>{number(counts.counts.waiting)} waiting now</span>
          {counts.counts.cancelled > 0 && <span>{number(counts.counts.cancelled)} cancelled</span>}
          {counts.counts.failed > 0 && <span className={styles.failed}>{number(counts.counts.failed)} failed</span>}
        </p>
      )}
    </div>
  );
}
