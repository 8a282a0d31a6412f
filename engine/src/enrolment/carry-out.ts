import { scheduledArrival } from '@ripen/shared';
import { carryOutRound, type CarryOut, type RoundDeps } from '../rounds/carry-out.ts';
import type { EnrolmentInput } from './begin.ts';

/** Tells everybody whom a round is about to enter its automation. Whether they may is the automation's re-entry. Throws NotFoundError. */
export const carryOutEnrolment = (deps: RoundDeps, run: CarryOut): Promise<void> =>
  carryOutRound<EnrolmentInput>(deps, run, ({ automation, by }) => ({
    concerns: () => true,
    arrival: (contactId) => scheduledArrival({ automation, round: run.jobId, byHand: by !== null }, contactId),
  }));
