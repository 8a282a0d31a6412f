import type { RunChange, RunLook, RunStatus, TrailStep } from '@ripen/shared';
import { announce } from './announce.ts';
import { bulk, plainArray } from './bulk.ts';
import type { CountedRun } from './run-counts.ts';
import type { Queryable } from './store.ts';

/** A run as it is written down, with whether Temporal is to hold it. */
export interface RunWrite {
  contactId: string;
  change: RunChange;
  hasWorkflow: boolean;
}

const columns = {
  id: { type: 'uuid', of: ({ change }: RunWrite) => change.id },
  contact_id: { type: 'uuid', of: (run: RunWrite) => run.contactId },
  automation: { type: 'text', of: ({ change }: RunWrite) => change.automation },
  version: { type: 'integer', of: ({ change }: RunWrite) => change.version },
  status: { type: 'text', of: ({ change }: RunWrite) => change.status },
  node: { type: 'text', of: ({ change }: RunWrite) => change.node },
  until: { type: 'bigint', of: ({ change }: RunWrite) => change.until },
  waiting: { type: 'jsonb', of: ({ change }: RunWrite) => change.waiting },
  message_id: { type: 'text', of: ({ change }: RunWrite) => change.messageId },
  started_at: { type: 'bigint', of: ({ change }: RunWrite) => change.startedAt },
  updated_at: { type: 'bigint', of: ({ change }: RunWrite) => change.at },
  trail: { type: 'jsonb', of: ({ change }: RunWrite) => change.steps },
  error: { type: 'text', of: ({ change }: RunWrite) => change.error },
  backfilled: { type: 'boolean', of: ({ change }: RunWrite) => change.backfilled },
  has_workflow: { type: 'boolean', of: (run: RunWrite) => run.hasWorkflow },
} as const;

const names = Object.keys(columns).join(', ');
const upsert = (name: string, trail: string, also = '') =>
  bulk<RunWrite>(
    name,
    columns,
    `insert into runs (${names}) select ${names} from :rows
     on conflict (id) do update set contact_id = excluded.contact_id, status = excluded.status, node = excluded.node,
       until = excluded.until, waiting = excluded.waiting, updated_at = excluded.updated_at, trail = ${trail},
       error = excluded.error, has_workflow = runs.has_workflow or excluded.has_workflow${also}`,
  );
const append = upsert('runs_append', 'runs.trail || excluded.trail', ', version = excluded.version');
const replace = upsert('runs_replace', 'excluded.trail');

/** Inserts runs that started and brings the others up to date; their trails grow. */
export const writeRuns = async (tx: Queryable, runs: readonly RunWrite[]): Promise<void> => {
  if (runs.length === 0) return;
  await append.run(tx, runs);
  await announceRuns(tx, runs);
};

/** The same for runs that were replayed from their start: their trails are replaced. */
export const rewriteRuns = async (tx: Queryable, runs: readonly RunWrite[]): Promise<void> => {
  if (runs.length === 0) return;
  await replace.run(tx, runs);
  await announceRuns(tx, runs);
};

const announceRuns = (tx: Queryable, runs: readonly RunWrite[]): Promise<void> =>
  announce(tx, { runs: runs.map(({ change }) => change.id) });

/** Which of these runs Temporal was asked to hold. */
export const runsWithWorkflow = async (db: Queryable, ids: readonly string[]): Promise<Set<string>> => {
  if (ids.length === 0) return new Set();
  const { rows } = await db.query<{ id: string }>({
    name: 'runs_with_workflow',
    text: 'select id from runs where id = any($1::uuid[]) and has_workflow',
    values: [plainArray(ids)],
  });
  return new Set(rows.map((row) => row.id));
};

/** A run as its workflow and the dispatcher see it. */
export interface RunOverview extends RunLook {
  id: string;
  contactId: string;
  automation: string;
}

/** Runs with what they have to say (pending deliveries) and to ask (unanswered asks that are not held). */
export const readRuns = async (db: Queryable, ids: readonly string[]): Promise<Map<string, RunOverview>> => {
  const { rows } = await db.query<{
    id: string;
    contact_id: string;
    automation: string;
    status: RunStatus;
    until: number | null;
    deliveries: string[];
    asks: string[];
  }>({
    name: 'runs_look',
    text: `select r.id, r.contact_id, r.automation, r.status, r.until,
        array(select d.id::text from deliveries d where d.run_id = r.id and d.status = 'pending' order by d.at, d.id) as deliveries,
        array(select a.id::text from asks a where a.run_id = r.id and a.answered_at is null and not a.held order by a.at, a.id) as asks
      from runs r where r.id = any($1::uuid[])`,
    values: [plainArray(ids)],
  });
  return new Map(
    rows.map((row) => [
      row.id,
      {
        id: row.id,
        contactId: row.contact_id,
        automation: row.automation,
        status: row.status,
        until: row.until,
        deliveries: row.deliveries,
        asks: row.asks,
      },
    ]),
  );
};

/** A run as it is written down. */
export interface WrittenRun extends CountedRun {
  id: string;
  contactId: string;
  until: number | null;
  waiting: RunChange['waiting'];
  updatedAt: number;
  error: string | null;
  hasWorkflow: boolean;
}

/** All runs of contacts. */
export const runsOf = async (db: Queryable, contactIds: readonly string[]): Promise<Map<string, WrittenRun>> => {
  const { rows } = await db.query<WrittenRun>({
    name: 'runs_of',
    text: `select id, contact_id as "contactId", automation, version, status, node, until, waiting, started_at as "startedAt",
        updated_at as "updatedAt", trail, error, has_workflow as "hasWorkflow" from runs where contact_id = any($1::uuid[])`,
    values: [plainArray(contactIds)],
  });
  return new Map(rows.map((run) => [run.id, run]));
};

/** Ends runs outside the core: those that a replay did not bring back. */
export const cancelRuns = async (tx: Queryable, ids: readonly string[], step: TrailStep): Promise<void> => {
  if (ids.length === 0) return;
  await tx.query(
    `update runs set status = 'cancelled', until = null, waiting = null, updated_at = greatest(updated_at, $2), trail = trail || $3::jsonb
     where id = any($1::uuid[])`,
    [plainArray(ids), step.at, JSON.stringify([step])],
  );
  await announce(tx, { runs: ids });
};

/** Marks waiting runs of these contacts that Temporal does not hold yet; returns them. */
export const takeUnheldRuns = async (tx: Queryable, contactIds: readonly string[]): Promise<string[]> => {
  const { rows } = await tx.query<{ id: string }>(
    `update runs set has_workflow = true where contact_id = any($1::uuid[]) and status = 'waiting' and not has_workflow
     and waiting->>'for' <> 'answer' returning id`,
    [plainArray(contactIds)],
  );
  return rows.map((row) => row.id);
};

/** Runs that should have moved on long ago: a wait that is over, a delivery or an ask that nobody has dealt with. */
export const overdueRuns = async (
  db: Queryable,
  { before, limit }: { before: number; limit: number },
): Promise<string[]> => {
  const { rows } = await db.query<{ id: string }>(
    `select distinct id from (
       (select r.id from runs r join contacts c on c.id = r.contact_id
        where r.status = 'waiting' and r.until < $1 and c.held_by is null order by r.until limit $2)
       union all (select run_id from deliveries where status = 'pending' and at < $1 limit $2)
       union all (select run_id from asks where answered_at is null and not held and at < $1 limit $2)
     ) late (id) where not exists (select 1 from outbox o where o.run_id = late.id) limit $2`,
    [before, limit],
  );
  return rows.map((row) => row.id);
};
