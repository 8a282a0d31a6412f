import {
  deadLetterParams,
  deadLetterSchema,
  deadLettersQuery,
  deliveriesQuery,
  deliverySchema,
  jobSchema,
  jobsQuery,
  noContentSchema,
  pageOf,
  uuidParams,
} from '@ripen/shared';
import { discardDeadLetter, retryDeadLetter, retryDeliveries } from '../../lanes/retry.ts';
import { listDeadLetters, listDeliveries, listJobs, readDeliveryStatus, readJob } from '../../read/operations.ts';
import { notFound, Problem } from '../problem.ts';
import { route, type Route } from '../route.ts';

const tag = 'Operations' as const;
const read = 'operations:read' as const;
const write = 'operations:write' as const;

export const operationRoutes: Route[] = [
  route({
    method: 'get',
    path: '/api/dead-letters',
    permission: read,
    tag,
    summary: 'List what could not be applied, newest first',
    query: deadLettersQuery,
    response: pageOf(deadLetterSchema),
    handle: ({ query }, { store }) => listDeadLetters(store.pool, query),
  }),
  route({
    method: 'post',
    path: '/api/dead-letters/:id/retry',
    permission: write,
    tag,
    summary: 'Try to apply a dead letter again',
    status: 202,
    params: deadLetterParams,
    response: noContentSchema,
    handle: async ({ params, now }, deps) => {
      await retryDeadLetter(deps, { id: Number(params.id), now });
      return null;
    },
  }),
  route({
    method: 'post',
    path: '/api/dead-letters/:id/discard',
    permission: write,
    tag,
    summary: 'Give up on a dead letter',
    status: 204,
    params: deadLetterParams,
    response: noContentSchema,
    handle: async ({ params, principal }, deps) => {
      await discardDeadLetter(deps, Number(params.id), principal?.name ?? '');
      return null;
    },
  }),
  route({
    method: 'get',
    path: '/api/deliveries',
    permission: read,
    tag,
    summary: 'List deliveries, newest first',
    query: deliveriesQuery,
    response: pageOf(deliverySchema),
    handle: ({ query }, { store }) => listDeliveries(store.pool, query),
  }),
  route({
    method: 'post',
    path: '/api/deliveries/:id/retry',
    permission: write,
    tag,
    summary: 'Send a failed delivery again',
    status: 202,
    params: uuidParams,
    response: noContentSchema,
    handle: async ({ params }, deps) => {
      const status = await readDeliveryStatus(deps.store.pool, params.id);
      if (status === null) throw notFound('delivery', params.id);
      if (status !== 'failed')
        throw new Problem(409, 'conflict', `The delivery is ${status}; only a failed one can be sent again.`);
      await retryDeliveries(deps, [params.id]);
      return null;
    },
  }),
  route({
    method: 'get',
    path: '/api/jobs',
    permission: read,
    tag,
    summary: 'List long work, newest first',
    query: jobsQuery,
    response: pageOf(jobSchema),
    handle: ({ query }, { store }) => listJobs(store.pool, query),
  }),
  route({
    method: 'get',
    path: '/api/jobs/:id',
    permission: read,
    tag,
    summary: 'Read how far long work is',
    params: uuidParams,
    response: jobSchema,
    handle: async ({ params }, { store }) => {
      const job = await readJob(store.pool, params.id);
      if (!job) throw notFound('job', params.id);
      return job;
    },
  }),
];
