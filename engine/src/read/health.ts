import type { installationHealthSchema } from '@ripen/shared';
import type { z } from 'zod';
import { oldestArrivalMs } from '../store/lanes.ts';
import type { Queryable } from '../store/store.ts';
import { iso, isoDateOrNull } from './moments.ts';
import type { ThroughputLog } from './throughput.ts';

type Health = z.output<typeof installationHealthSchema>;

/** Who asks Temporal's task queues for work. */
export type Workers = NonNullable<Health['workers']>;

export interface HealthRequest {
  throughput: ThroughputLog;
  temporal: Health['temporal'];
  workers: Workers | null;
  now: number;
}

const dayMs = 86_400_000;
/** Backlogs are counted up to this. */
const countLimit = 100_000;

interface LaneRow {
  lane: number;
  first_slot: number;
  last_slot: number;
  asleep: boolean;
  applied: number;
  drained_at: Date | null;
  waiting: number;
}

interface BacklogRow {
  waiting: number;
  oldest: Date | null;
  lag: number | null;
}

/** As the index says it. */
const byScanners = "(notes[1] like 'looks like a scanner%' or notes[2] like 'looks like a scanner%')";
const counted = (query: string): string => `(select count(*)::int from (${query} limit ${countLimit}) as few)`;
/** Read from the end where the oldest is: a backlog is not walked through to find it. */
const oldest = (table: string) =>
  `(select created_at as oldest, (extract(epoch from clock_timestamp() - created_at) * 1000)::bigint as lag from ${table} order by id limit 1) o`;

const backlog = (row: BacklogRow | undefined, waiting: number): Health['inbox'] => ({
  waiting,
  oldestAt: isoDateOrNull(row?.oldest ?? null),
  lagMs: Math.max(0, row?.lag ?? 0),
});

/** How the installation works, and what went wrong in the last day. */
export const readHealth = async (
  db: Queryable,
  { throughput, temporal, workers, now }: HealthRequest,
): Promise<Health> => {
  const since = now - dayMs;
  const [lanes, inbox, outbox, day] = await Promise.all([
    db.query<LaneRow & Record<string, unknown>>(
      `select lane, first_slot, last_slot, asleep, applied, drained_at,
         ${counted('select 1 from inbox where slot between first_slot and last_slot')} as waiting
       from lanes order by lane`,
    ),
    db.query<BacklogRow & Record<string, unknown>>(`select 0 as waiting, o.* from ${oldest('inbox')}`),
    db.query<BacklogRow & Record<string, unknown>>(
      `select ${counted('select 1 from outbox')} as waiting, o.* from ${oldest('outbox')}`,
    ),
    db.query<
      Record<'dead' | 'runs' | 'failed_runs' | 'deliveries' | 'failed_deliveries' | 'dead_today' | 'scanned', number>
    >(
      `select ${counted('select 1 from dead_letters where retried_at is null')} as dead,
         ${counted(`select 1 from dead_letters where retried_at is null and created_at > now() - interval '1 day'`)} as dead_today,
         coalesce((select sum(n) from unnest(array['waiting', 'completed', 'failed', 'cancelled']) s(status)
           cross join lateral (select count(*) as n from (
             select from runs r where r.status = s.status and r.started_at > $1 limit ${countLimit}) few) c), 0)::int as runs,
         ${counted(`select 1 from runs where status = 'failed' and updated_at > $1`)} as failed_runs,
         ${counted('select 1 from deliveries where at > $1')} as deliveries,
         ${counted(`select 1 from deliveries where status = 'failed' and at > $1`)} as failed_deliveries,
         ${counted(`select 1 from events where ${byScanners} and arrived_at > $1`)} as scanned`,
      [since],
    ),
  ]);
  const lags = await Promise.all(
    lanes.rows.map(({ lane, first_slot, last_slot, waiting }) =>
      waiting === 0 ? Promise.resolve(0) : oldestArrivalMs(db, { lane, firstSlot: first_slot, lastSlot: last_slot }),
    ),
  );
  const found = day.rows[0];
  return {
    at: iso(now),
    throughput: throughput.read(),
    inbox: backlog(
      inbox.rows[0],
      lanes.rows.reduce((sum, { waiting }) => sum + waiting, 0),
    ),
    outbox: backlog(outbox.rows[0], outbox.rows[0]?.waiting ?? 0),
    lanes: lanes.rows.map(({ lane, asleep, waiting, applied, drained_at }, index) => ({
      lane,
      status: asleep ? 'asleep' : 'awake',
      waiting,
      lagMs: Math.max(0, lags[index] ?? 0),
      applied,
      drainedAt: isoDateOrNull(drained_at),
    })),
    deadLetters: found?.dead ?? 0,
    lastDay: {
      runs: found?.runs ?? 0,
      failedRuns: found?.failed_runs ?? 0,
      deliveries: found?.deliveries ?? 0,
      failedDeliveries: found?.failed_deliveries ?? 0,
      deadLetters: found?.dead_today ?? 0,
      scanned: found?.scanned ?? 0,
    },
    temporal,
    workers,
  };
};
