import {
  automationScheduleSchema,
  idParams,
  pageOf,
  roundPreviewSchema,
  roundSchema,
  roundsQuery,
  startedJobSchema,
} from '@ripen/shared';
import { automationMustExist } from '../../read/automations.ts';
import { listAutomationRounds, previewRound, readAutomationSchedule } from '../../read/schedules.ts';
import { workspaceNow } from '../../read/workspace.ts';
import { route, type Route } from '../route.ts';

const tag = 'Definitions' as const;

/** Automations that the clock starts, and *Run now*. */
export const scheduleRoutes: Route[] = [
  route({
    method: 'get',
    path: '/api/automations/:id/schedule',
    permission: 'definitions:read',
    tag,
    summary: 'When the schedules of an automation let contacts enter next, and what became of the last time',
    description: 'Of the version that is live, or was last.',
    params: idParams,
    response: automationScheduleSchema,
    handle: ({ params, now }, { store }) => readAutomationSchedule(store.pool, params.id, now),
  }),
  route({
    method: 'get',
    path: '/api/automations/:id/rounds/preview',
    permission: 'contacts:read',
    tag,
    summary: 'Whom "Run now" would be about',
    description:
      'Changes nothing. Exact where no more than 10,000 contacts come into question, from a sample beyond. Who of them enters is decided by the re-entry of the automation.',
    params: idParams,
    response: roundPreviewSchema,
    handle: async ({ params, now }, deps) =>
      previewRound(deps.store, await workspaceNow(deps), params.id, now, deps.patience),
  }),
  route({
    method: 'get',
    path: '/api/automations/:id/rounds',
    permission: 'definitions:read',
    tag,
    summary: 'When schedules and "Run now" let contacts enter an automation, newest first',
    params: idParams,
    query: roundsQuery,
    response: pageOf(roundSchema),
    handle: async ({ params, query }, { store }) => {
      await automationMustExist(store.pool, params.id);
      return listAutomationRounds(store.pool, params.id, query);
    },
  }),
  route({
    method: 'post',
    path: '/api/automations/:id/rounds',
    permission: 'contacts:write',
    tag,
    summary: 'Let those whom the schedules of a live automation are about enter now',
    status: 202,
    description:
      'A job: `GET /api/jobs/{id}` says how far it is, `POST /api/jobs/{id}/cancel` stops it. One round of an automation is under way at a time: another answers 409, as an automation without a schedule does.',
    params: idParams,
    response: startedJobSchema,
    handle: async ({ params, principal }, deps) => ({
      jobId: await deps.runScheduled({ automation: params.id, by: principal?.name ?? '' }),
    }),
  }),
];
