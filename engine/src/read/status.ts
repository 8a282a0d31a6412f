import type { statusSchema } from '@ripen/shared';
import type { z } from 'zod';
import type { Pressure } from '../ingest/pressure.ts';
import type { Queryable } from '../store/store.ts';
import { iso, isoDateOrNull } from './moments.ts';

/** Counted up to this; beyond, tables say what the last analysis found, and backlogs say this. */
const countLimit = 100_000;

interface LaneRow {
  lane: number;
  asleep: boolean;
  applied: number;
  drained_at: Date | null;
  lag: number;
}

interface QueueRow {
  waiting: number;
  oldest: Date | null;
}

/** Whether the database answers. */
export const databaseAnswers = async (db: Queryable): Promise<boolean> => {
  try {
    await db.query('select 1');
    return true;
  } catch {
    // The caller says so; why is in the pool's log.
    return false;
  }
};

export interface StatusRequest {
  pressure: Pressure;
  /** Null where the process knows no Temporal. */
  temporal: boolean | null;
  version: string;
  now: number;
}

/** How the installation is doing. */
export const readStatus = async (
  db: Queryable,
  { pressure, temporal, version, now }: StatusRequest,
): Promise<z.output<typeof statusSchema>> => {
  const [lanes, inbox, outbox, other, pressed, counts] = await Promise.all([
    db.query<LaneRow>(
      `select lane, asleep, applied, drained_at,
         (select count(*)::int from (select 1 from inbox where slot between first_slot and last_slot limit ${countLimit}) as few) as lag
       from lanes order by lane`,
    ),
    db.query<QueueRow>('select created_at as oldest, 0 as waiting from inbox order by id limit 1'),
    db.query<QueueRow>(
      `select count(*)::int as waiting, min(created_at) as oldest from (select created_at from outbox limit ${countLimit}) as few`,
    ),
    db.query<{ revision: number; dead: number; failed: number }>(
      `select (select revision from definitions_head) as revision,
         (select count(*)::int from (select 1 from dead_letters where retried_at is null limit ${countLimit}) as few) as dead,
         (select count(*)::int from (select 1 from deliveries where status = 'failed' limit ${countLimit}) as few) as failed`,
    ),
    pressure.state(),
    countThings(db),
  ]);
  const out = outbox.rows[0];
  const rest = other.rows[0];
  return {
    status: pressed.accepting && pressed.outbox.state !== 'stalled' && temporal !== false ? 'ok' : 'degraded',
    version,
    now: iso(now),
    postgres: 'ok',
    temporal: temporal === null ? 'not known' : temporal ? 'ok' : 'does not answer',
    revision: rest?.revision ?? 0,
    inbox: {
      waiting: lanes.rows.reduce((sum, lane) => sum + lane.lag, 0),
      oldestAt: isoDateOrNull(inbox.rows[0]?.oldest ?? null),
      accepting: pressed.accepting,
    },
    outbox: {
      waiting: out?.waiting ?? 0,
      oldestAt: isoDateOrNull(out?.oldest ?? null),
      state: pressed.outbox.state,
      perSecond: pressed.outbox.perSecond,
    },
    lanes: lanes.rows.map(({ lane, asleep, lag, applied, drained_at }) => ({
      lane,
      status: asleep ? 'asleep' : 'awake',
      lag,
      applied,
      drainedAt: isoDateOrNull(drained_at),
    })),
    deadLetters: rest?.dead ?? 0,
    failedDeliveries: rest?.failed ?? 0,
    counts,
  };
};

/** What is counted, and where. A contact that was merged into another has no card any more. */
const things = { contacts: 'contact_cards', events: 'events', runs: 'runs', leads: 'leads' } as const;

/** Exact while small, which is when people look at every one. */
const countThings = async (db: Queryable): Promise<Record<string, number>> => {
  const counted = Object.entries(things).map(
    ([
      name,
      table,
    ]) => `select '${name}' as name, (select count(*) from (select 1 from ${table} limit ${countLimit + 1}) as few)::bigint as counted,
      (select reltuples from pg_class where oid = '${table}'::regclass)::bigint as estimated`,
  );
  const { rows } = await db.query<{ name: string; counted: number; estimated: number }>(counted.join(' union all '));
  return Object.fromEntries(
    rows.map((row) => [row.name, row.counted > countLimit ? Math.max(row.counted, row.estimated) : row.counted]),
  );
};
