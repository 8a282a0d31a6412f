import {
  backTestBodySchema,
  backTestContactParams,
  backTestContactSchema,
  backTestStateSchema,
  hasErrors,
  latestBackTestQuerySchema,
  latestBackTestSchema,
  startedJobSchema,
  uuidParams,
  type BackTest,
} from '@ripen/shared';
import { backTestContact } from '../../lanes/back-test.ts';
import { InvalidDefinitionsError } from '../../lanes/publish.ts';
import { latestBackTest, readJob } from '../../read/operations.ts';
import { readJob as readWork } from '../../store/jobs.ts';
import { problemsWith } from '../documents.ts';
import { notFound, Problem } from '../problem.ts';
import { route, type Route } from '../route.ts';
import { readDocuments } from './apply.ts';

const tag = 'Definitions' as const;
const write = 'definitions:write' as const;

/** Publishing with foresight: a draft over what really arrived, beside the version that was live. */
export const backTestRoutes: Route[] = [
  route({
    method: 'post',
    path: '/api/back-tests',
    permission: write,
    tag,
    summary: 'Play a draft of an automation over the last days, beside its live version',
    status: 202,
    description:
      'A job that plays what arrived for contacts twice, in memory. Nothing is changed and nobody is told by it; `GET /api/back-tests/{id}` says how far it is and what it found, `POST /api/jobs/{id}/cancel` stops it.',
    body: backTestBodySchema,
    response: startedJobSchema,
    maxBodyBytes: 5 * 1024 * 1024,
    handle: async ({ body, now }, deps) => {
      const documents = readDocuments([body.document]);
      const [draft] = documents;
      if (draft?.kind !== 'automation')
        throw new Problem(
          422,
          'invalid_request',
          'Only automations are back-tested: send a document of kind "automation".',
        );
      const problems = await problemsWith(deps.store.pool, documents);
      if (hasErrors(problems)) throw new InvalidDefinitionsError(problems);
      return { jobId: await deps.startBackTest({ draft, days: body.days, sample: body.sample ?? null, now }) };
    },
  }),
  route({
    method: 'get',
    path: '/api/back-tests/latest',
    permission: write,
    tag,
    summary: 'The last back-test of an automation',
    query: latestBackTestQuerySchema,
    response: latestBackTestSchema,
    handle: async ({ query }, { store }) => {
      const job = await latestBackTest(store.pool, query.automation);
      if (!job) return { job: null, backTest: null };
      return { job, backTest: (await readWork<object, BackTest>(store.pool, job.id)).result };
    },
  }),
  route({
    method: 'get',
    path: '/api/back-tests/:id',
    permission: write,
    tag,
    summary: 'What a back-test found, as far as it is',
    params: uuidParams,
    response: backTestStateSchema,
    handle: async ({ params }, { store }) => {
      const job = await readJob(store.pool, params.id);
      if (job?.kind !== 'backtest') throw notFound('back-test', params.id);
      return { job, backTest: (await readWork<object, BackTest>(store.pool, params.id)).result };
    },
  }),
  route({
    method: 'get',
    path: '/api/back-tests/:id/contacts/:contact',
    permission: write,
    tag,
    summary: 'One contact of a back-test: what happened on both sides, and where they part',
    params: backTestContactParams,
    response: backTestContactSchema,
    handle: async ({ params }, deps) => {
      const job = await readJob(deps.store.pool, params.id);
      if (job?.kind !== 'backtest') throw notFound('back-test', params.id);
      return backTestContact(deps, { jobId: params.id, contactId: params.contact });
    },
  }),
];
