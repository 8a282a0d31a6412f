import type { RoutingDecision } from '@ripen/shared';
import { announce } from './announce.ts';
import { plainArray } from './bulk.ts';
import type { Queryable } from './store.ts';

export type LeadStatus = 'open' | 'accepted' | 'rejected' | 'won' | 'lost' | 'withdrawn';

/** A decision as it is kept: `note` says what else there is to know. */
export type LeadDecision = RoutingDecision & { note?: string };

export interface LeadRow {
  id: string;
  contactId: string;
  runId: string;
  queue: string;
  rep: string | null;
  status: LeadStatus;
  decision: LeadDecision;
  /** Scores, stage and what led here, as of the handoff. */
  why: Record<string, unknown>;
  held: boolean;
  at: number;
  answerBy: number | null;
  reason: string | null;
  value: string | null;
  /** Who brought it to its status; null while it is open, and where the product did. */
  byId: string | null;
  byName: string | null;
  updatedAt: Date;
}

const columns = `id, contact_id as "contactId", run_id as "runId", queue, rep, status, decision, why, held, at,
  answer_by as "answerBy", reason, value, by_id as "byId", by_name as "byName", updated_at as "updatedAt"`;

/** The score at the handoff: the lines of its explanation add up to it. */
const scoreOfWhy = (why: string): string =>
  `coalesce((select round(sum((line->>'points')::numeric), 6) from jsonb_array_elements(
     case when jsonb_typeof(${why}->'why') = 'array' then ${why}->'why' else '[]' end) line), 0)`;

/** Inserts a lead; false when the contact has an open one (or this one is there already). */
export const insertLead = async (
  tx: Queryable,
  lead: Pick<LeadRow, 'id' | 'contactId' | 'runId' | 'queue' | 'rep' | 'decision' | 'why' | 'held' | 'at' | 'answerBy'>,
): Promise<boolean> => {
  const { rowCount } = await tx.query(
    `insert into leads (id, contact_id, run_id, queue, rep, status, decision, why, held, at, answer_by, score)
     values ($1, $2, $3, $4, $5, 'open', $6, $7, $8, $9, $10, ${scoreOfWhy('$7::jsonb')}) on conflict do nothing`,
    [
      lead.id,
      lead.contactId,
      lead.runId,
      lead.queue,
      lead.rep,
      JSON.stringify(lead.decision),
      JSON.stringify(lead.why),
      lead.held,
      lead.at,
      lead.answerBy,
    ],
  );
  if (rowCount === 1) await announceLead(tx, lead);
  return rowCount === 1;
};

/** The page of its contact shows it too. */
export const announceLead = async (tx: Queryable, lead: Pick<LeadRow, 'id' | 'contactId'>): Promise<void> => {
  await announce(tx, { leads: [lead.id], contacts: [lead.contactId] });
};

export const readLead = async (db: Queryable, id: string): Promise<LeadRow | undefined> => {
  const { rows } = await db.query<LeadRow>(`select ${columns} from leads where id = $1`, [id]);
  return rows[0];
};

export const lockLead = async (tx: Queryable, id: string): Promise<LeadRow | undefined> => {
  const { rows } = await tx.query<LeadRow>(`select ${columns} from leads where id = $1 for no key update`, [id]);
  return rows[0];
};

export interface LeadUpdate {
  id: string;
  contactId: string;
  status: LeadStatus;
  reason: string | null;
  value: number | null;
  by: { id: string; name: string } | null;
  now: number;
}

export const updateLead = async (tx: Queryable, lead: LeadUpdate): Promise<void> => {
  await tx.query(
    `update leads set status = $2, reason = $3, value = $4, updated_at = to_timestamp($5 / 1000.0), by_id = $6, by_name = $7
     where id = $1`,
    [lead.id, lead.status, lead.reason, lead.value, lead.now, lead.by?.id ?? null, lead.by?.name ?? null],
  );
  await announceLead(tx, lead);
};

/** Leads of these contacts that nobody accepted yet, locked. */
export const openLeads = async (
  tx: Queryable,
  contactIds: readonly string[],
): Promise<{ id: string; contactId: string }[]> => {
  const { rows } = await tx.query<{ id: string; contactId: string }>(
    `select id, contact_id as "contactId" from leads where contact_id = any($1::uuid[]) and status = 'open' order by id for update`,
    [plainArray(contactIds)],
  );
  return rows;
};

/** The rep who had the last turn of a queue, locked: turns of one queue are taken one after the other. */
export const lockTurn = async (tx: Queryable, queue: string): Promise<string | null> => {
  await tx.query("insert into queue_turns (queue, last_rep) values ($1, '') on conflict do nothing", [queue]);
  const { rows } = await tx.query<{ last_rep: string }>(
    'select last_rep from queue_turns where queue = $1 for update',
    [queue],
  );
  return rows[0]?.last_rep || null;
};

export const writeTurn = async (tx: Queryable, queue: string, rep: string): Promise<void> => {
  await tx.query('update queue_turns set last_rep = $2 where queue = $1', [queue, rep]);
};
