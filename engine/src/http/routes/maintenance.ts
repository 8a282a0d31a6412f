import {
  idParams,
  maintenanceListSchema,
  maintenancePreviewBodySchema,
  maintenancePreviewSchema,
  maintenanceRunSchema,
  maintenanceRunsQuery,
  pageOf,
  startedJobSchema,
} from '@ripen/shared';
import { InvalidDefinitionsError } from '../../lanes/publish.ts';
import { previewMaintenance } from '../../maintenance/preview.ts';
import { listMaintenance, listMaintenanceRuns } from '../../read/maintenance.ts';
import { workspaceNow } from '../../read/workspace.ts';
import { problemsWith, readDocument } from '../documents.ts';
import { invalidDefinitions } from '../problem.ts';
import { route, type Route } from '../route.ts';

const tag = 'Contacts' as const;

/** What a preview is read as. */
const previewed = { kind: 'maintenance_program', id: 'preview', name: 'Preview' };

/** What maintenance programs have beside what every definition has. */
export const maintenanceRoutes: Route[] = [
  route({
    method: 'get',
    path: '/api/maintenance',
    permission: 'definitions:read',
    tag,
    summary: 'The maintenance programs in force, when they run next and what became of their last runs',
    response: maintenanceListSchema,
    handle: ({ now }, { store }) => listMaintenance(store.pool, now),
  }),
  route({
    method: 'post',
    path: '/api/maintenance/preview',
    permission: 'contacts:read',
    tag,
    summary: 'Whom a run would be about, and how many of them it would change',
    description: 'Changes nothing. Exact where no more than 10,000 contacts come into question, from a sample beyond.',
    body: maintenancePreviewBodySchema,
    response: maintenancePreviewSchema,
    handle: async ({ body, now }, deps) => {
      const parsed = readDocument({ ...previewed, ...body }, { path: '' });
      if ('errors' in parsed) throw invalidDefinitions(parsed.errors);
      const { document } = parsed;
      if (document.kind !== 'maintenance_program') throw new Error('A program was read as another document.');
      const errors = (await problemsWith(deps.store.pool, [document])).filter(({ severity }) => severity === 'error');
      if (errors.length > 0) throw new InvalidDefinitionsError(errors);
      return previewMaintenance(deps.store, await workspaceNow(deps), document, now, deps.patience);
    },
  }),
  route({
    method: 'get',
    path: '/api/maintenance-programs/:id/runs',
    permission: 'definitions:read',
    tag,
    summary: 'The runs of a maintenance program, newest first',
    params: idParams,
    query: maintenanceRunsQuery,
    response: pageOf(maintenanceRunSchema),
    handle: ({ params, query }, { store }) => listMaintenanceRuns(store.pool, params.id, query),
  }),
  route({
    method: 'post',
    path: '/api/maintenance-programs/:id/runs',
    permission: 'contacts:write',
    tag,
    summary: 'Run a maintenance program now',
    status: 202,
    description:
      'A job: `GET /api/jobs/{id}` says how far it is, `POST /api/jobs/{id}/cancel` stops it. One run of a program is under way at a time: another answers 409.',
    params: idParams,
    response: startedJobSchema,
    handle: async ({ params, principal }, deps) => ({
      jobId: await deps.runMaintenance({ program: params.id, by: principal?.name ?? '' }),
    }),
  }),
];
