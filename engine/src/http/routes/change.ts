import {
  hasErrors,
  impactBodySchema,
  impactStateSchema,
  jobSchema,
  noContentSchema,
  rebuildStateSchema,
  startedJobSchema,
  uuidParams,
  type Impact,
  type JobKind,
} from '@ripen/shared';
import { latestJob, readJob } from '../../read/operations.ts';
import { readJob as readWork, reopenJob } from '../../store/jobs.ts';
import { InvalidDefinitionsError } from '../../lanes/publish.ts';
import { problemsWith } from '../documents.ts';
import { notFound, Problem } from '../problem.ts';
import { route, type Route } from '../route.ts';
import { readDocuments } from './apply.ts';

const tag = 'Definitions' as const;
const write = 'definitions:write' as const;

/** Long work that people may stop and let go on. */
const theirs: readonly string[] = [
  'rebuild',
  'impact',
  'void',
  'backtest',
  'inflight',
  'maintenance',
  'enrolment',
] satisfies JobKind[];

/** Changing models with care: what it would do, and doing it to the past. */
export const changeRoutes: Route[] = [
  route({
    method: 'post',
    path: '/api/impact',
    permission: write,
    tag,
    summary: 'Measure what publishing models, stages or models for accounts would change',
    status: 202,
    description:
      'A job that plays what arrived for contacts through the definitions to be, in memory, and scores accounts by what becomes of their contacts: from now on, and rebuilt from history. Nothing is changed by it; `GET /api/impact/{id}` says how far it is and what it found.',
    body: impactBodySchema,
    response: startedJobSchema,
    maxBodyBytes: 5 * 1024 * 1024,
    handle: async ({ body, now }, deps) => {
      const documents = readDocuments(body.documents);
      const problems = await problemsWith(deps.store.pool, documents);
      if (hasErrors(problems)) throw new InvalidDefinitionsError(problems);
      return { jobId: await deps.startImpact({ documents, sample: body.sample ?? null, now }) };
    },
  }),
  route({
    method: 'get',
    path: '/api/impact/:id',
    permission: write,
    tag,
    summary: 'What publishing would change, as far as it is known',
    params: uuidParams,
    response: impactStateSchema,
    handle: async ({ params }, { store }) => {
      const job = await readJob(store.pool, params.id);
      if (job?.kind !== 'impact') throw notFound('impact', params.id);
      const { result } = await readWork<object, Impact>(store.pool, params.id);
      return { job, impact: result };
    },
  }),
  route({
    method: 'post',
    path: '/api/rebuilds',
    permission: write,
    tag,
    summary: 'Rebuild everybody from history, under the models and stages of now',
    status: 202,
    description:
      'A job that writes a new generation of every ledger. Scores stay readable meanwhile; nobody is told anything, leads stay. From then on the past counts under these models whenever it is replayed.',
    response: startedJobSchema,
    handle: async (_, deps) => {
      const running = await latestJob(deps.store.pool, 'rebuild', { ofAll: true });
      if (running?.status === 'running')
        throw new Problem(409, 'conflict', 'A rebuild is under way already; cancel it or let it end first.');
      return { jobId: await deps.startRebuild({ contacts: null, fromHistory: true }) };
    },
  }),
  route({
    method: 'get',
    path: '/api/rebuilds/latest',
    permission: write,
    tag,
    summary: 'The last rebuild of everybody, and how far it is',
    response: rebuildStateSchema,
    handle: async (_, { store }) => ({ job: await latestJob(store.pool, 'rebuild', { ofAll: true }) }),
  }),
  route({
    method: 'post',
    path: '/api/jobs/:id/cancel',
    permission: write,
    tag: 'Operations',
    summary: 'Stop a rebuild, an impact, a back-test, an undoing of points or a run of a maintenance program',
    status: 202,
    description: 'What is done stays done; `resume` lets the rest go on.',
    params: uuidParams,
    response: noContentSchema,
    handle: async ({ params }, deps) => {
      const job = await readJob(deps.store.pool, params.id);
      if (!job || !theirs.includes(job.kind)) throw notFound('job of this kind', params.id);
      if (job.status !== 'running') throw new Problem(409, 'conflict', `The job is ${job.status} already.`);
      await deps.cancelJob(job.id);
      return null;
    },
  }),
  route({
    method: 'post',
    path: '/api/jobs/:id/resume',
    permission: write,
    tag: 'Operations',
    summary: 'Let a job that was stopped or failed go on where it was',
    status: 202,
    params: uuidParams,
    response: jobSchema,
    handle: async ({ params }, deps) => {
      const { pool } = deps.store;
      const job = await readJob(pool, params.id);
      if (!job || !theirs.includes(job.kind)) throw notFound('job of this kind', params.id);
      if (!(await reopenJob(pool, job.id))) throw new Problem(409, 'conflict', `The job is ${job.status}.`);
      await deps.startJob({ kind: job.kind as JobKind, id: job.id }); // One of `theirs`.
      return (await readJob(pool, job.id)) ?? job;
    },
  }),
];
