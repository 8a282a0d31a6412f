import {
  maintenanceScheduleId,
  nextMoments,
  type MaintenanceListed,
  type MaintenanceRun,
  type maintenanceRunsQuery,
} from '@ripen/shared';
import type { z } from 'zod';
import type { MaintenanceInput } from '../maintenance/begin.ts';
import { liveDefinitions } from '../store/definitions.ts';
import { scheduleProblems } from '../store/schedules.ts';
import type { Queryable } from '../store/store.ts';
import { isoOrNull } from './moments.ts';
import { lastRounds, listRounds, shownRound, type RoundRow } from './rounds.ts';

const runOf = (row: RoundRow<MaintenanceInput>): MaintenanceRun => {
  const { result, ...shown } = shownRound(row);
  return { ...shown, program: row.input.program, ...result };
};

/** The runs of a program, newest first. */
export const listMaintenanceRuns = (
  db: Queryable,
  program: string,
  query: z.output<typeof maintenanceRunsQuery>,
): Promise<{ items: MaintenanceRun[]; next: string | null }> =>
  listRounds(db, { kind: 'maintenance', of: program }, query, runOf);

/** The programs in force, with when their schedules run them next and what became of their last runs. */
export const listMaintenance = async (db: Queryable, now: number): Promise<{ items: MaintenanceListed[] }> => {
  const problems = await scheduleProblems(db);
  const last = await lastRounds<MaintenanceInput>(db, 'maintenance');
  const items = (await liveDefinitions(db, 'maintenance_program')).flatMap(({ version, document }) => {
    if (document.kind !== 'maintenance_program') return [];
    const { id, name, when, enabled } = document;
    const [next = null] = when && enabled ? nextMoments(when, now, 1) : [];
    const lastRun = last.get(id);
    return [
      {
        ...{ id, name, version, document },
        nextAt: isoOrNull(next),
        problem: problems[maintenanceScheduleId(id)] ?? null,
        lastRun: lastRun ? runOf(lastRun) : null,
      },
    ];
  });
  return { items };
};
