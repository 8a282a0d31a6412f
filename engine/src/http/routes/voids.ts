import {
  startedJobSchema,
  voidBodySchema,
  voidPreviewBodySchema,
  voidPreviewSchema,
  voidStateSchema,
} from '@ripen/shared';
import { previewVoid } from '../../lanes/void-job.ts';
import { latestJob } from '../../read/operations.ts';
import { route, type Route } from '../route.ts';

const tag = 'Contacts' as const;
const write = 'contacts:write' as const;

export const voidRoutes: Route[] = [
  route({
    method: 'post',
    path: '/api/voids/preview',
    permission: write,
    tag,
    summary: 'What undoing points would do',
    description:
      'Counts over everybody; what contacts lose and where they move is played through for the first of them.',
    body: voidPreviewBodySchema,
    response: voidPreviewSchema,
    handle: ({ body, now }, deps) => previewVoid(deps, { filter: body.filter, now }),
  }),
  route({
    method: 'post',
    path: '/api/voids',
    permission: write,
    tag,
    summary: 'Undo points by filter, with a reason',
    status: 202,
    description:
      'A job. Every entry that fits is undone by one that says which; counters are free again, stages are looked at again, leads that nobody accepted are withdrawn where the stage is lost. `POST /api/jobs/{id}/cancel` stops it.',
    body: voidBodySchema,
    response: startedJobSchema,
    handle: async ({ body, principal }, deps) => ({
      jobId: await deps.startVoid({ ...body, by: principal?.name ?? '' }),
    }),
  }),
  route({
    method: 'get',
    path: '/api/voids/latest',
    permission: write,
    tag,
    summary: 'The last undoing of points, and how far it is',
    response: voidStateSchema,
    handle: async (_, { store }) => ({ job: await latestJob(store.pool, 'void', { ofAll: false }) }),
  }),
];
