import { internalEvents, maintaining, wouldChange } from '@ripen/shared';
import { carryOutRound, type CarryOut, type RoundDeps } from '../rounds/carry-out.ts';
import type { MaintenanceInput } from './begin.ts';

/** Carries out a run of a maintenance program: whom it would leave as it is, is not told. Throws NotFoundError. */
export const carryOutMaintenance = (deps: RoundDeps, run: CarryOut): Promise<void> =>
  carryOutRound<MaintenanceInput>(deps, run, ({ program, actions }) => ({
    concerns: (workspace, subject) => wouldChange(workspace.program, subject, actions, run.now),
    arrival: (contactId) => ({
      type: internalEvents.maintain,
      properties: maintaining({ program, run: run.jobId, actions }),
      messageId: `maintain:${run.jobId}:${contactId}`,
    }),
  }));
