import { nextMoments, type MaintenanceListed, type MaintenanceRun, type maintenanceRunsQuery } from '@ripen/shared';
import type { z } from 'zod';
import type { MaintenanceInput, MaintenanceResult } from '../maintenance/begin.ts';
import { liveDefinitions } from '../store/definitions.ts';
import { scheduleProblems } from '../store/schedules.ts';
import type { Queryable } from '../store/store.ts';
import { Filters } from './filters.ts';
import { isoDate, isoOrNull } from './moments.ts';
import { pageOf, placeOf } from './page.ts';

interface RunRow {
  id: string;
  status: MaintenanceRun['status'];
  done: number;
  total: number | null;
  error: string | null;
  created_at: Date;
  updated_at: Date;
  place: number;
  input: MaintenanceInput;
  result: MaintenanceResult | null;
}

const columns = `id, status, done, total, error, created_at, updated_at, input, result,
  (extract(epoch from created_at) * 1000000)::bigint as place`;

const nothing: MaintenanceResult = { members: 0, changed: 0, held: 0 };

const runOf = ({ id, status, done, total, error, created_at, updated_at, input, result }: RunRow): MaintenanceRun => ({
  ...{ id, status, done, total, error, createdAt: isoDate(created_at), updatedAt: isoDate(updated_at) },
  ...{ program: input.program, version: input.version, by: input.by },
  ...(result ?? nothing),
});

/** The runs of a program, newest first. */
export const listMaintenanceRuns = async (
  db: Queryable,
  program: string,
  query: z.output<typeof maintenanceRunsQuery>,
): Promise<{ items: MaintenanceRun[]; next: string | null }> => {
  const filters = new Filters()
    .also("kind = 'maintenance'")
    .add("input->>'program' = ?", program)
    .afterNewest('(extract(epoch from created_at) * 1000000)::bigint', 'id', placeOf(query.after, 'number', 'uuid'));
  const { rows } = await db.query<RunRow>(
    `select ${columns} from jobs ${filters.where} order by created_at desc, id limit ${filters.parameter(query.limit + 1)}`,
    filters.values,
  );
  return pageOf(rows, query.limit, runOf, (row) => [row.place, row.id]);
};

/** The programs in force, with when their schedules run them next and what became of their last runs. */
export const listMaintenance = async (db: Queryable, now: number): Promise<{ items: MaintenanceListed[] }> => {
  const problems = await scheduleProblems(db);
  const { rows } = await db.query<RunRow>(
    `select distinct on (input->>'program') ${columns} from jobs where kind = 'maintenance'
     order by input->>'program', created_at desc, id`,
  );
  const last = new Map(rows.map((row) => [row.input.program, runOf(row)]));
  const items = (await liveDefinitions(db, 'maintenance_program')).flatMap(({ version, document }) => {
    if (document.kind !== 'maintenance_program') return [];
    const { id, name, when, enabled } = document;
    const [next = null] = when && enabled ? nextMoments(when, now, 1) : [];
    return [
      {
        ...{ id, name, version, document },
        nextAt: isoOrNull(next),
        problem: problems[id] ?? null,
        lastRun: last.get(id) ?? null,
      },
    ];
  });
  return { items };
};
