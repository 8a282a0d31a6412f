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
  now: number;
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
 * Records what became of a lead, and posts it to the contact, where it may start automations. The same outcome twice is
 * one. Throws NotFoundError, and ConflictError when the lead is over.
 */
export const reportLeadOutcome = async (
  deps: Pick<LaneDeps, 'store' | 'pokes'>,
  report: LeadOutcome,
): Promise<LeadRow> => {
  const { leadId, outcome, now } = report;
  const reason = report.reason ?? null;
  const value = report.value ?? null;
  const { lead, slots } = await deps.store.transaction(async (tx) => {
    const current = await lockLead(tx, leadId);
    if (!current) throw new NotFoundError('lead', leadId);
    if (current.status === outcome) return { lead: current, slots: [] };
    if (!from[outcome].includes(current.status))
      throw new ConflictError(`The lead is ${current.status}; it cannot be ${outcome} any more.`);
    await updateLead(tx, { id: leadId, contactId: current.contactId, status: outcome, reason, value });
    const properties = { lead: leadId, reason, value };
    const posted = await appendInternal(tx, [
      {
        contactId: current.contactId,
        type: eventTypes[outcome],
        properties,
        messageId: `lead:${leadId}:${outcome}`,
        now,
      },
    ]);
    return {
      lead: { ...current, status: outcome, reason, value: value === null ? null : String(value) },
      slots: posted,
    };
  });
  await wakeLanes(deps, slots);
  return lead;
};
