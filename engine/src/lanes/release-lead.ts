import { liveDefinitions } from '../store/definitions.ts';
import { ConflictError, NotFoundError } from '../store/errors.ts';
import { announceLead, lockLead } from '../store/leads.ts';
import type { LaneDeps } from './deps.ts';

/**
 * Lets sales have a lead that a backfill made: the time for answering starts now. Releasing twice changes nothing. Throws
 * NotFoundError, and ConflictError when the lead is over.
 */
export const releaseLead = (
  { store }: Pick<LaneDeps, 'store'>,
  { leadId, now }: { leadId: string; now: number },
): Promise<void> =>
  store.transaction(async (tx) => {
    const lead = await lockLead(tx, leadId);
    if (!lead) throw new NotFoundError('lead', leadId);
    if (!lead.held) return;
    if (lead.status !== 'open') throw new ConflictError(`The lead is ${lead.status}.`);
    const queue = (await liveDefinitions(tx, 'queue'))
      .map(({ document }) => document)
      .find((document) => document.kind === 'queue' && document.id === lead.queue);
    const minutes = queue?.kind === 'queue' ? queue.answerWithinMinutes : undefined;
    await tx.query(
      'update leads set held = false, answer_by = $2, updated_at = to_timestamp($3 / 1000.0) where id = $1',
      [leadId, minutes === undefined ? null : now + minutes * 60_000, now],
    );
    await announceLead(tx, lead);
  });
