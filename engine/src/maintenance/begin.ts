import { randomUUID } from 'node:crypto';
import { derivedId, type MaintenanceProgram } from '@ripen/shared';
import { startJobWorkflow, type JobDeps } from '../lanes/job-workflow.ts';
import { liveDefinitions } from '../store/definitions.ts';
import { ConflictError, NotFoundError } from '../store/errors.ts';
import { insertJob } from '../store/jobs.ts';
import type { Queryable } from '../store/store.ts';

/** What a run of a maintenance program carries out and how far it is: the input of its job. */
export interface MaintenanceInput extends Pick<MaintenanceProgram, 'who' | 'actions'> {
  program: string;
  version: number;
  /** Who said *Run now*; null: its schedule. */
  by: string | null;
  /** Contacts up to this id were looked at. */
  after: string | null;
}

/** What a run came to so far. */
export interface MaintenanceResult {
  members: number;
  changed: number;
  held: number;
}

/** Null for a program that is not in force. */
const programInForce = async (
  db: Queryable,
  id: string,
): Promise<{ version: number; document: MaintenanceProgram } | null> => {
  for (const { version, document } of await liveDefinitions(db, 'maintenance_program'))
    if (document.kind === 'maintenance_program' && document.id === id) return { version, document };
  return null;
};

const inputOf = (
  { version, document }: { version: number; document: MaintenanceProgram },
  by: string | null,
): MaintenanceInput => ({
  ...{ program: document.id, version, by, after: null },
  ...{ who: document.who, actions: document.actions },
});

const isUnderWay = async (db: Queryable, program: string): Promise<boolean> => {
  const { rowCount } = await db.query(
    `select 1 from jobs where kind = 'maintenance' and status = 'running' and input->>'program' = $1`,
    [program],
  );
  return rowCount === 1;
};

/**
 * Writes down that somebody wants a program to run now, and starts the job's workflow. Returns the job's id. Throws
 * NotFoundError, and ConflictError while another run of it is under way.
 */
export const runMaintenance = async (
  deps: JobDeps,
  { program, by }: { program: string; by: string },
): Promise<string> => {
  const id = randomUUID();
  await deps.store.transaction(async (tx) => {
    const found = await programInForce(tx, program);
    if (!found) throw new NotFoundError('maintenance program in force', program);
    if (await isUnderWay(tx, program))
      throw new ConflictError('A run of this program is under way already; cancel it or let it end first.');
    await insertJob(tx, { id, kind: 'maintenance', input: inputOf(found, by), total: null });
  });
  await startJobWorkflow(deps, { kind: 'maintenance', id });
  return id;
};

/**
 * The same for a schedule, once for each of its moments (`moment` tells them apart), however often it is told. A moment that
 * finds the run before still under way is written down as skipped. Nothing happens for a program that is no longer in force,
 * or no longer enabled.
 */
export const maintenanceDue = async (
  deps: JobDeps,
  { program, moment }: { program: string; moment: string },
): Promise<void> => {
  const id = derivedId(`maintenance|${moment}`);
  const begun = await deps.store.transaction(async (tx) => {
    const { rows } = await tx.query<{ status: string }>('select status from jobs where id = $1', [id]);
    if (rows[0]) return rows[0].status === 'running';
    const found = await programInForce(tx, program);
    if (!found?.document.enabled) return false;
    const input = inputOf(found, null);
    const skipped = await isUnderWay(tx, program);
    await insertJob(tx, { id, kind: 'maintenance', input, total: null, ...(skipped && { skipped: whySkipped }) });
    return !skipped;
  });
  if (begun) await startJobWorkflow(deps, { kind: 'maintenance', id });
};

const whySkipped = 'Skipped: the run before it was still under way.';
