import type { MaintenanceProgram } from '@ripen/shared';
import type { JobDeps } from '../lanes/job-workflow.ts';
import { beginByHand, beginDue, type RoundInput } from '../rounds/begin.ts';
import { liveDefinitions } from '../store/definitions.ts';
import type { Queryable } from '../store/store.ts';

/** What a run of a maintenance program carries out and how far it is: the input of its job. */
export interface MaintenanceInput extends RoundInput, Pick<MaintenanceProgram, 'actions'> {
  program: string;
}

/** Null for a program that is not in force; by its schedule: not enabled either. */
const inputOf = async (db: Queryable, program: string, by: string | null): Promise<MaintenanceInput | null> => {
  for (const { version, document } of await liveDefinitions(db, 'maintenance_program')) {
    if (document.kind !== 'maintenance_program' || document.id !== program) continue;
    if (by === null && !document.enabled) return null;
    return { program, version, by, after: null, who: document.who, actions: document.actions };
  }
  return null;
};

/** Runs a program now. Returns the job's id. Throws NotFoundError, and ConflictError while another run of it is under way. */
export const runMaintenance = (deps: JobDeps, { program, by }: { program: string; by: string }): Promise<string> =>
  beginByHand(deps, {
    ...{ kind: 'maintenance', of: program, what: 'maintenance program in force' },
    input: (db) => inputOf(db, program, by),
  });

/** The same for a moment of its schedule, once. Nothing happens for a program that is no longer in force, or not enabled. */
export const maintenanceDue = (
  deps: JobDeps,
  { program, moment }: { program: string; moment: string },
): Promise<void> =>
  beginDue(deps, { kind: 'maintenance', of: program, moment, input: (db) => inputOf(db, program, null) });
