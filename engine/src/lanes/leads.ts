import { internalEvents } from '@ripen/shared';
import { ConflictError, NotFoundError } from '../store/errors.ts';
import { lockLead, updateLead, type LeadRow, type LeadStatus } from '../store/leads.ts';
import type { LaneDeps } from './deps.ts';
import { appendInternal } from './internal.ts';
import { wakeLanes } from './wake.ts';

/** What sales reports about a lead. */
export interface LeadOutcome {
  leadId: string;
  outcome: 'accepted' | 'rejected' | 'won' | 'lost' | 'withdrawn';
  /** Of a rejection or a loss. */
  reason?: string;
  /** What was won. */
  value?: number;
  /** Who says so: two people cannot both take a lead. Absent where the product itself does. */
  by?: { id: string; name: string };
  /** When it was reported, ms. */
  now: number;
  /** Whether it is reported of the past: then it pages nobody. */
  backfilled?: boolean;
}

/** From where each outcome may come: a lead that is over stays over. */
const from: Record<LeadOutcome['outcome'], readonly LeadStatus[]> = {
  accepted: ['open'],
  rejected: ['open', 'accepted'],
  won: ['open', 'accepted'],
  lost: ['open', 'accepted'],
  withdrawn: ['open', 'accepted'],
};

const eventTypes = {
  accepted: internalEvents.leadAccepted,
  rejected: internalEvents.leadRejected,
  won: internalEvents.leadWon,
  lost: internalEvents.leadLost,
  withdrawn: internalEvents.leadWithdrawn,
} as const;

/**
 * Records what became of a lead, and posts it to the contact, where it may start automations. The same outcome twice from one
 * hand is one; who comes second learns who was first. Throws NotFoundError, and ConflictError when the lead is over or
 * somebody else was faster.
 */
export const reportLeadOutcome = async (
  deps: Pick<LaneDeps, 'store' | 'pokes'>,
  report: LeadOutcome,
): Promise<LeadRow> => {
  const { leadId, outcome, now, backfilled = false } = report;
  const reason = report.reason ?? null;
  const value = report.value ?? null;
  const { lead, slots } = await deps.store.transaction(async (tx) => {
    const current = await lockLead(tx, leadId);
    if (!current) throw new NotFoundError('lead', leadId);
    if (current.status === outcome) {
      if (report.by && current.byId !== null && current.byId !== report.by.id)
        throw new ConflictError(`${current.byName ?? 'Somebody'} was faster: the lead is ${outcome} already.`);
      return { lead: current, slots: [] };
    }
    if (!from[outcome].includes(current.status))
      throw new ConflictError(`The lead is ${current.status}; it cannot be ${outcome} any more.`);
    const { contactId } = current;
    const by = report.by ?? null;
    await updateLead(tx, { id: leadId, contactId, status: outcome, reason, value, by, now });
    const properties = { lead: leadId, reason, value };
    const posted = await appendInternal(tx, [
      {
        contactId,
        type: eventTypes[outcome],
        properties,
        messageId: `lead:${leadId}:${outcome}`,
        now,
        backfilled,
      },
    ]);
    return {
      lead: {
        ...current,
        status: outcome,
        reason,
        value: value === null ? null : String(value),
        byId: by?.id ?? null,
        byName: by?.name ?? null,
      },
      slots: posted,
    };
  });
  await wakeLanes(deps, slots);
  return lead;
};
