import { bulk, plainArray } from './bulk.ts';
import { outboxChannel } from './dispatchers.ts';
import type { Queryable } from './store.ts';

/**
 * What Temporal (or, for held routes, the dispatcher itself) is to be told. `start`: hold this run. `signal`: look again.
 * `cancel`: the run ended by hand. `route`: decide this held ask.
 */
export interface OutboxItem {
  kind: 'start' | 'signal' | 'cancel' | 'route';
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
    payload: { type: 'jsonb', of: (item) => ({ ask: item.ask }) },
  },
  'insert into outbox (kind, run_id, payload) select kind, run_id, payload from :rows',
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
    payload: { ask: string | null };
    attempts: number;
    created_at: Date;
  }>({
    name: 'outbox_lock',
    text: `select id, kind, run_id, payload, attempts, created_at from outbox
      where not_before <= now() order by not_before, id limit $1 for update skip locked`,
    values: [limit],
  });
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    runId: row.run_id,
    ask: row.payload.ask ?? null,
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

/** How long the oldest row has been ready, ms; null when none is. */
export const oldestOutboxMs = async (db: Queryable): Promise<number | null> => {
  const { rows } = await db.query<{ ms: number | null }>(
    `select (extract(epoch from now() - min(not_before)) * 1000)::bigint as ms from outbox where not_before <= now()`,
  );
  return rows[0]?.ms ?? null;
};
