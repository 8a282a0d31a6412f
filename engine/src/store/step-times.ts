import { bulk } from './bulk.ts';
import type { Queryable } from './store.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/**
 * The stretches of time in which steps are counted, and for how long each is kept: somewhat longer than the longest period
 * that is read from it, so that no two clocks can disagree about what is still there.
 */
export const stretches = [
  { minutes: 5, keptMs: 2 * hourMs },
  { minutes: 60, keptMs: 26 * hourMs },
  { minutes: 1_440, keptMs: 32 * 24 * hourMs },
] as const;
export type StretchMinutes = (typeof stretches)[number]['minutes'];

/** The node that stands for a run itself: by which status it ended. */
export const ofRun = '';

/** Which stretch of so many minutes a moment is in, counted since 1970. */
export const stretchOf = (at: number, minutes: number): number => Math.floor(at / (minutes * minuteMs));

/** When a stretch begins, ms. */
export const beginOf = (stretch: number, minutes: number): number => stretch * minutes * minuteMs;

/** As a step's count, in one stretch of time. */
export interface TimeChange {
  automation: string;
  minutes: number;
  stretch: number;
  version: number;
  node: string;
  port: string;
  shard: number;
  passed: number;
}

const times = bulk<TimeChange>(
  'step_times',
  {
    automation: { type: 'text', of: (row) => row.automation },
    minutes: { type: 'smallint', of: (row) => row.minutes },
    stretch: { type: 'integer', of: (row) => row.stretch },
    version: { type: 'integer', of: (row) => row.version },
    node: { type: 'text', of: (row) => row.node },
    port: { type: 'text', of: (row) => row.port },
    shard: { type: 'smallint', of: (row) => row.shard },
    passed: { type: 'bigint', of: (row) => row.passed },
  },
  `insert into step_times as s (automation, minutes, stretch, version, node, port, shard, passed)
   select automation, minutes, stretch, version, node, port, shard, passed from :rows
   on conflict (automation, minutes, stretch, version, node, port, shard) do update set passed = s.passed + excluded.passed`,
);

/** Adds to what is counted by time. */
export const addTimes = async (tx: Queryable, rows: readonly TimeChange[]): Promise<void> => {
  if (rows.length > 0) await times.run(tx, rows);
};

/** Removes the stretches that no period reaches any more; returns how many rows that were. */
export const removeOldTimes = async (db: Queryable, now: number): Promise<number> => {
  let removed = 0;
  for (const { minutes, keptMs } of stretches) {
    const { rowCount } = await db.query('delete from step_times where minutes = $1 and stretch < $2', [
      minutes,
      stretchOf(now - keptMs, minutes),
    ]);
    removed += rowCount ?? 0;
  }
  return removed;
};

/** How often each output was taken since a stretch began, and what else `stepPorts` names. */
export const readTimes = async (
  db: Queryable,
  asked: { automation: string; version: number | null; minutes: StretchMinutes; from: number },
): Promise<{ version: number; node: string; port: string; passed: number }[]> => {
  const { automation, version, minutes, from } = asked;
  const { rows } = await db.query<{ version: number; node: string; port: string; passed: number }>(
    `select version, node, port, sum(passed)::bigint as passed from step_times
     where automation = $1 and minutes = $2 and stretch >= $3 and ($4::int is null or version = $4)
     group by version, node, port having sum(passed) <> 0 order by node, port, version`,
    [automation, minutes, from, version],
  );
  return rows;
};
