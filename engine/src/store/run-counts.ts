import type { RunStatus, TrailStep } from '@ripen/shared';
import { bulk } from './bulk.ts';
import { addTimes, type TimeChange } from './step-times.ts';
import type { Queryable } from './store.ts';

/** What became of the runs of one version, more or less than before. */
export interface TotalsChange {
  automation: string;
  version: number;
  shard: number;
  entered: number;
  completed: number;
  failed: number;
  cancelled: number;
  firstAt: number;
  lastAt: number;
}

const totals = bulk<TotalsChange>(
  'run_totals',
  {
    automation: { type: 'text', of: (row) => row.automation },
    version: { type: 'integer', of: (row) => row.version },
    shard: { type: 'smallint', of: (row) => row.shard },
    entered: { type: 'bigint', of: (row) => row.entered },
    completed: { type: 'bigint', of: (row) => row.completed },
    failed: { type: 'bigint', of: (row) => row.failed },
    cancelled: { type: 'bigint', of: (row) => row.cancelled },
    first_at: { type: 'bigint', of: (row) => row.firstAt },
    last_at: { type: 'bigint', of: (row) => row.lastAt },
  },
  `insert into run_totals as t (automation, version, shard, entered, completed, failed, cancelled, first_at, last_at)
   select automation, version, shard, entered, completed, failed, cancelled, first_at, last_at from :rows
   on conflict (automation, version, shard) do update set entered = t.entered + excluded.entered,
     completed = t.completed + excluded.completed, failed = t.failed + excluded.failed,
     cancelled = t.cancelled + excluded.cancelled, first_at = least(t.first_at, excluded.first_at),
     last_at = greatest(t.last_at, excluded.last_at)`,
);

/** Runs that started on a day (of UTC, counted since 1970), more or less than before. */
export interface DayChange {
  day: number;
  automation: string;
  shard: number;
  entered: number;
}

const days = bulk<DayChange>(
  'run_days',
  {
    day: { type: 'integer', of: (row) => row.day },
    automation: { type: 'text', of: (row) => row.automation },
    shard: { type: 'smallint', of: (row) => row.shard },
    entered: { type: 'bigint', of: (row) => row.entered },
  },
  `insert into run_days as d (day, automation, shard, entered) select day, automation, shard, entered from :rows
   on conflict (day, automation, shard) do update set entered = d.entered + excluded.entered`,
);

/** What is counted of a node beside its outputs; no output is called so. */
export const stepPorts = {
  /** Runs came to it. */
  came: '',
  /** Runs ended at it without taking an output. What came and neither left nor ended waits. */
  ended: '.ended',
  /** Runs failed at it. */
  failed: '.failed',
} as const;

/** How often runs left a node by an output, or what else `stepPorts` names, more or less than before. */
export interface StepChange {
  automation: string;
  version: number;
  node: string;
  port: string;
  shard: number;
  passed: number;
}

const steps = bulk<StepChange>(
  'step_counts',
  {
    automation: { type: 'text', of: (row) => row.automation },
    version: { type: 'integer', of: (row) => row.version },
    node: { type: 'text', of: (row) => row.node },
    port: { type: 'text', of: (row) => row.port },
    shard: { type: 'smallint', of: (row) => row.shard },
    passed: { type: 'bigint', of: (row) => row.passed },
  },
  `insert into step_counts as s (automation, version, node, port, shard, passed)
   select automation, version, node, port, shard, passed from :rows
   on conflict (automation, version, node, port, shard) do update set passed = s.passed + excluded.passed`,
);

export interface CountChanges {
  totals: readonly TotalsChange[];
  days: readonly DayChange[];
  steps: readonly StepChange[];
  times: readonly TimeChange[];
}

/** Adds to the counters. Shards belong to one lane each, so nobody waits here for another lane. */
export const addCounts = async (tx: Queryable, changes: CountChanges): Promise<void> => {
  if (changes.totals.length > 0) await totals.run(tx, changes.totals);
  if (changes.days.length > 0) await days.run(tx, changes.days);
  if (changes.steps.length > 0) await steps.run(tx, changes.steps);
  await addTimes(tx, changes.times);
};

/** A run as counters see it. */
export interface CountedRun {
  automation: string;
  version: number;
  startedAt: number;
  updatedAt: number;
  status: RunStatus;
  node: string | null;
  trail: TrailStep[];
}
