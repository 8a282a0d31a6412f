import { bulk, plainArray } from './bulk.ts';
import { outboxChannel } from './dispatchers.ts';
import type { Queryable } from './store.ts';

/**
 * What Temporal (or, for held routes, the dispatcher itself) is to be told. `start`: hold this run. `signal`: look again, for
 * something else is known of it, or it is over. `route`: decide this held ask.
 */
export interface OutboxItem {
  kind: 'start' | 'signal' | 'route';
  runId: string;
  /** The ask to decide; routes only. */
  ask: string | null;
}

export interface OutboxRow extends OutboxItem {
  id: number;
  attempts: number;
  createdAt: Date;
}

const insert = bulk<OutboxItem>(
  'outbox_insert',
  {
    kind: { type: 'text', of: (item) => item.kind },
    run_id: { type: 'uuid', of: (item) => item.runId },
    ask: { type: 'uuid', of: (item) => item.ask },
  },
  'insert into outbox (kind, run_id, ask) select kind, run_id, ask from :rows',
);

/** Appends to the outbox and tells an awake dispatcher. Call `wakeDispatcher` after the transaction. */
export const writeOutbox = async (tx: Queryable, items: readonly OutboxItem[]): Promise<void> => {
  if (items.length === 0) return;
  await insert.run(tx, items);
  await tx.query({ name: 'outbox_notify', text: 'select pg_notify($1, $2)', values: [outboxChannel, ''] });
};

/** Rows that are ready, oldest first, locked until the transaction ends; rows that others hold are passed over. */
export const lockOutbox = async (tx: Queryable, limit: number): Promise<OutboxRow[]> => {
  const { rows } = await tx.query<{
    id: number;
    kind: OutboxItem['kind'];
    run_id: string;
    ask: string | null;
    attempts: number;
    created_at: Date;
  }>({
    name: 'outbox_lock',
    text: `select id, kind, run_id, ask, attempts, created_at from outbox
      where not_before <= now() order by not_before, id limit $1 for update skip locked`,
    values: [limit],
  });
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    runId: row.run_id,
    ask: row.ask,
    attempts: row.attempts,
    createdAt: row.created_at,
  }));
};

export const deleteOutbox = async (tx: Queryable, ids: readonly number[]): Promise<void> => {
  if (ids.length === 0) return;
  await tx.query({
    name: 'outbox_delete',
    text: 'delete from outbox where id = any($1::bigint[])',
    values: [plainArray(ids)],
  });
};

/** Tries rows again later: after 1 s, then twice as long each time, at most 5 minutes. */
export const postponeOutbox = async (tx: Queryable, ids: readonly number[]): Promise<void> => {
  if (ids.length === 0) return;
  await tx.query(
    `update outbox set attempts = attempts + 1, not_before = now() + least(300, power(2, least(attempts, 10))) * interval '1 second'
     where id = any($1::bigint[])`,
    [plainArray(ids)],
  );
};

/** What is waiting: the lag metric, and when to look next. */
export const outboxState = async (db: Queryable): Promise<{ ready: number; nextInMs: number | null }> => {
  const { rows } = await db.query<{ ready: number; next_in_ms: number | null }>(
    `select count(*) filter (where not_before <= now())::int as ready,
       (extract(epoch from min(not_before) filter (where not_before > now()) - now()) * 1000)::bigint as next_in_ms from outbox`,
  );
  return { ready: rows[0]?.ready ?? 0, nextInMs: rows[0]?.next_in_ms ?? null };
};

/** What waits for its first try, and how fast such rows are carried out. */
export interface OutboxPace {
  /** Rows that wait, at most. */
  waiting: number;
  /** How long the oldest of them has waited, ms. */
  oldestMs: number | null;
  /** Rows a second that the dispatcher carries out when there are plenty; null: not known yet. */
  perSecond: number | null;
  /** How long ago it last carried any out, ms. */
  carriedAgoMs: number | null;
}

/** Beyond this many, rows are not counted but estimated by their ids. */
const countLimit = 50_000;

/**
 * Reads the pace. The range of ids is never less than the number of rows, and costs two looks at an index; only when it is
 * wider than what is carried out in `enoughMs` (a backlog, or a row that somebody holds) are rows counted.
 */
export const outboxPace = async (db: Queryable, enoughMs: number): Promise<OutboxPace> => {
  const { rows } = await db.query<{
    range: number;
    oldest_ms: number | null;
    per_second: number | null;
    carried_ago_ms: number | null;
  }>({
    name: 'outbox_pace',
    text: `select per_second, (extract(epoch from now() - carried_at) * 1000)::float8 as carried_ago_ms,
        (extract(epoch from now() - (select created_at from outbox where attempts = 0 order by id limit 1)) * 1000)::float8
          as oldest_ms,
        coalesce((select max(id) from outbox where attempts = 0) - (select min(id) from outbox where attempts = 0) + 1, 0)
          as range
      from dispatchers where name = 'outbox'`,
  });
  const [row] = rows;
  const range = Number(row?.range ?? 0);
  const perSecond = row?.per_second ?? null;
  const isWide = perSecond !== null && range > (perSecond * enoughMs) / 1000;
  return {
    waiting: isWide ? Math.min(range, (await countUntried(db)) ?? range) : range,
    oldestMs: row?.oldest_ms ?? null,
    perSecond,
    carriedAgoMs: row?.carried_ago_ms ?? null,
  };
};

/** Null: more than are worth counting. */
const countUntried = async (db: Queryable): Promise<number | null> => {
  const { rows } = await db.query<{ waiting: number }>({
    name: 'outbox_depth',
    text: 'select count(*)::int as waiting from (select 1 from outbox where attempts = 0 limit $1) as few',
    values: [countLimit],
  });
  const waiting = rows[0]?.waiting ?? 0;
  return waiting < countLimit ? waiting : null;
};

/** How long the oldest row has been ready, ms; null when none is. */
export const oldestOutboxMs = async (db: Queryable): Promise<number | null> => {
  const { rows } = await db.query<{ ms: number | null }>(
    `select (extract(epoch from now() - min(not_before)) * 1000)::bigint as ms from outbox where not_before <= now()`,
  );
  return rows[0]?.ms ?? null;
};
