import { noContentSchema, runPageSchema, runSchema, runsQuery, uuidParams } from '@ripen/shared';
import { z } from 'zod';
import { cancelRun } from '../../lanes/internal.ts';
import { retryDeliveries } from '../../lanes/retry.ts';
import { readRun } from '../../read/run.ts';
import { listRuns } from '../../read/runs.ts';
import { workspaceNow } from '../../read/workspace.ts';
import type { HttpDeps } from '../deps.ts';
import { Problem } from '../problem.ts';
import { route, type Route } from '../route.ts';

const tag = 'Runs' as const;

const runOf = async (deps: HttpDeps, id: string) =>
  readRun(deps.store.pool, (await workspaceNow(deps)).names, id, deps.temporalUi);

export const runRoutes: Route[] = [
  route({
    method: 'get',
    path: '/api/runs',
    permission: 'runs:read',
    tag,
    summary: 'List runs, newest first',
    query: runsQuery,
    response: runPageSchema,
    handle: async ({ query }, deps) => listRuns(deps.store.pool, (await workspaceNow(deps)).names, query),
  }),
  route({
    method: 'get',
    path: '/api/runs/:id',
    permission: 'runs:read',
    tag,
    summary: 'Read a run with its trail, deliveries and asks',
    params: uuidParams,
    response: runSchema,
    handle: ({ params }, deps) => runOf(deps, params.id),
  }),
  route({
    method: 'post',
    path: '/api/runs/:id/cancel',
    permission: 'runs:write',
    tag,
    summary: 'Cancel a waiting run',
    status: 202,
    params: uuidParams,
    response: noContentSchema,
    handle: async ({ params, now }, deps) => {
      const { status } = await runOf(deps, params.id);
      if (status !== 'waiting')
        throw new Problem(409, 'conflict', `The run is ${status}; only a waiting one can be cancelled.`);
      await cancelRun(deps, { runId: params.id, now });
      return null;
    },
  }),
  route({
    method: 'post',
    path: '/api/runs/:id/retry',
    permission: 'runs:write',
    tag,
    summary: 'Send the failed deliveries of a run again',
    status: 202,
    params: uuidParams,
    response: z.object({ deliveries: z.int() }),
    handle: async ({ params }, deps) => {
      const run = await runOf(deps, params.id);
      const failed = run.deliveries.filter((delivery) => delivery.status === 'failed').map((delivery) => delivery.id);
      if (failed.length === 0) throw new Problem(409, 'conflict', 'The run has no failed delivery to try again.');
      return { deliveries: await retryDeliveries(deps, failed) };
    },
  }),
];
