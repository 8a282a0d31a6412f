import { decideRoundRobin, type Queue } from '@ripen/shared';
import { liveDefinitions } from '../store/definitions.ts';
import { lockAsk, type AskRow } from '../store/effects.ts';
import { NotFoundError } from '../store/errors.ts';
import { insertLead, lockTurn, readLead, writeTurn, type LeadDecision } from '../store/leads.ts';
import type { Transaction } from '../store/store.ts';
import type { LaneDeps } from './deps.ts';
import { appendAnswer } from './internal.ts';
import { wakeLanes } from './wake.ts';

/**
 * Decides who gets a contact: the next available rep of the queue in turn, under a lock on the queue's turns, by the queue
 * as it is now. Makes the lead, with the decision, and records the answer that the run waits for. The lead has the id of
 * the ask, and an ask is answered once, so deciding again changes nothing. For an ask of the past, which the batch that asked
 * has answered, only the lead is made; if the ask is held, nobody is told and its time for answering does not start. Throws
 * NotFoundError.
 */
export const decideRoute = async (
  deps: LaneDeps,
  { askId, now, past = false }: { askId: string; now: number; past?: boolean },
): Promise<void> => {
  const slots = await deps.store.transaction(async (tx) => {
    const ask = await lockAsk(tx, askId);
    if (!ask) throw new NotFoundError('ask', askId);
    const leadOnly = ask.held || (past && ask.answered);
    if (ask.answered && !leadOnly) return [];
    // A run that came by again after a merge asks again for what it has got.
    const known = await readLead(tx, askId);
    const decision = known ? known.decision : await decide(tx, ask, now, leadOnly);
    if (leadOnly) return [];
    const { chosen, note } = decision;
    const port = chosen === null && note === undefined ? 'no_one' : 'routed';
    const detail = { rep: chosen, lead: chosen === null ? null : askId, note: note ?? null };
    return appendAnswer(tx, ask, { askId, port, detail, now });
  });
  await wakeLanes(deps, slots);
};

const decide = async (tx: Transaction, ask: AskRow, now: number, leadOnly: boolean): Promise<LeadDecision> => {
  const queue = await liveQueue(tx, ask.queue);
  const lastRep = await lockTurn(tx, ask.queue);
  const decision: LeadDecision = queue
    ? decideRoundRobin(queue, lastRep)
    : { strategy: 'round_robin', considered: [], excluded: [], chosen: null };
  // An ask of the past was answered by the queue of its time; its lead is made even if nobody is left to take it.
  if (decision.chosen === null && !leadOnly) return decision;
  const { id, contactId, runId, held, at } = ask;
  const answerBy = held || queue?.answerWithinMinutes === undefined ? null : now + queue.answerWithinMinutes * 60_000;
  const why = ask.payload;
  const made = await insertLead(tx, {
    id,
    contactId,
    runId,
    queue: ask.queue,
    rep: decision.chosen,
    decision,
    why,
    held,
    at,
    answerBy,
  });
  if (!made) return { ...decision, chosen: null, note: 'sales already has this contact' };
  if (decision.chosen !== null) await writeTurn(tx, ask.queue, decision.chosen);
  return decision;
};

const liveQueue = async (tx: Transaction, id: string): Promise<Queue | undefined> => {
  const queues = await liveDefinitions(tx, 'queue');
  // Rows of this kind hold queues.
  return queues.map((row) => row.document as Queue).find((queue) => queue.id === id);
};
