import { jobSchema, noContentSchema, sampleBodySchema, sampleStateSchema } from '@ripen/shared';
import { readJob } from '../../read/operations.ts';
import { readSample } from '../../read/sample.ts';
import { giveUpSample } from '../../sample/unfinished.ts';
import { notFound, Problem } from '../problem.ts';
import { route, type Route } from '../route.ts';

const tag = 'Operations' as const;

/** A workspace to look around in. Marketers may load it too: it is definitions and a historical load, which they may both do. */
export const sampleRoutes: Route[] = [
  route({
    method: 'get',
    path: '/api/sample',
    permission: 'signed-in',
    tag,
    summary: 'Whether the sample workspace is offered, and how far its load is',
    description:
      'It is offered while there are neither contacts nor definitions, and while a load that ended early can go on.',
    response: sampleStateSchema,
    handle: (_, { store }) => readSample(store.pool),
  }),
  route({
    method: 'post',
    path: '/api/sample',
    permission: 'imports:write',
    tag,
    summary: 'Load the sample workspace',
    status: 202,
    description:
      'Made-up contacts with six months of events, a score model, automations, queues and leads in every state. Only into a workspace without contacts; anything else answers 409. A load that was stopped, or failed, goes on where it was, with as many contacts as it was begun with.',
    body: sampleBodySchema,
    response: jobSchema,
    handle: async ({ body, now }, deps) => {
      const id = await deps.startSample({ contacts: body.contacts, now });
      const job = await readJob(deps.store.pool, id);
      if (!job) throw notFound('job', id);
      return job;
    },
  }),
  route({
    method: 'post',
    path: '/api/sample/cancel',
    permission: 'imports:write',
    tag,
    summary: 'Stop loading the sample workspace',
    description:
      'What was loaded stays, and nothing falls due for it: `POST /api/sample` goes on. Cancelling a load that was stopped, or failed, gives the rest up, and time goes on for what is there.',
    status: 202,
    response: noContentSchema,
    handle: async (_, deps) => {
      const { job } = await readSample(deps.store.pool);
      if (job?.status === 'running') await deps.cancelJob(job.id);
      else if (!(await giveUpSample(deps)))
        throw new Problem(409, 'conflict', 'The sample workspace is not being loaded.');
      return null;
    },
  }),
];
