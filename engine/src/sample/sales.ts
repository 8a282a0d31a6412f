import { eachAtMost } from '../lanes/at-most.ts';
import { reportLeadOutcome } from '../lanes/leads.ts';
import { releaseLead } from '../lanes/release-lead.ts';
import type { LaneDeps } from '../lanes/deps.ts';
import { ConflictError } from '../store/errors.ts';
import { fateOf, type Report } from './fate.ts';

/** Leads that are answered at once. */
const reps = 4;

interface LeadOfSample {
  id: string;
  at: number;
  status: 'open' | 'accepted';
  held: boolean;
}

/**
 * What sales did up to a moment of the past: it got every lead when it was made, and answered as it is the lead's fate. By
 * the product's own functions; doing it again changes nothing.
 */
export const sellUntil = async (
  deps: LaneDeps,
  { until, now, signal }: { until: number; now: number; signal: AbortSignal },
): Promise<void> => {
  const { rows } = await deps.store.pool.query<LeadOfSample>(
    "select id, at, status, held from leads where status in ('open', 'accepted') and at <= $1 order by at, id",
    [until],
  );
  await eachAtMost(rows, reps, async (lead) => {
    signal.throwIfAborted();
    if (lead.held && lead.status === 'open') await releaseLead(deps, { leadId: lead.id, now: lead.at });
    for (const report of fateOf(lead, now))
      if (report.at <= until && !(report.outcome === 'accepted' && lead.status === 'accepted'))
        await tell(deps, lead.id, report);
  });
};

const tell = async (deps: LaneDeps, leadId: string, { at, ...report }: Report): Promise<void> => {
  try {
    await reportLeadOutcome(deps, { leadId, ...report, now: at, backfilled: true });
  } catch (error) {
    // Somebody who looks at the sample while it is loaded was faster; their word stands.
    if (!(error instanceof ConflictError)) throw error;
  }
};
