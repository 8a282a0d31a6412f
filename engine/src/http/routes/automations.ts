import {
  archiveBodySchema,
  automationCountsQuery,
  automationCountsSchema,
  automationSummarySchema,
  idParams,
  inFlightBodySchema,
  inFlightSchema,
  insideJobSchema,
  pauseBodySchema,
  revisionSchema,
} from '@ripen/shared';
import { z } from 'zod';
import { archiveDefinition, pauseAutomation, resumeAutomation, unarchiveAutomation } from '../../lanes/publish.ts';
import { readAutomationCounts } from '../../read/automation-counts.ts';
import { listAutomations, readInFlight } from '../../read/automations.ts';
import { workspaceNow } from '../../read/workspace.ts';
import { tellInside, touchInBackground } from '../publishing.ts';
import { route, type Route } from '../route.ts';

const tag = 'Definitions' as const;
const read = 'definitions:read' as const;
const write = 'definitions:write' as const;

const toldSchema = revisionSchema.extend(insideJobSchema.shape);

/** What automations have beside what every definition has. */
export const automationRoutes: Route[] = [
  route({
    method: 'get',
    path: '/api/automations',
    permission: read,
    tag,
    summary: 'List every automation with what its runs came to',
    response: z.object({ items: z.array(automationSummarySchema) }),
    handle: async ({ now, principal }, { store }) => ({
      items: await listAutomations(store.pool, { now, person: principal?.is === 'person' ? principal.id : null }),
    }),
  }),
  route({
    method: 'get',
    path: '/api/automations/:id/counts',
    permission: read,
    tag,
    summary: 'What passed through each node of an automation',
    params: idParams,
    query: automationCountsQuery,
    response: automationCountsSchema,
    handle: async ({ params, query, now }, deps) =>
      readAutomationCounts(deps.store.pool, (await workspaceNow(deps)).names, {
        automation: params.id,
        version: query.version ?? null,
        period: query.period,
        now,
      }),
  }),
  route({
    method: 'get',
    path: '/api/automations/:id/in-flight',
    permission: read,
    tag,
    summary: 'Who waits inside an automation, by version and step',
    params: idParams,
    response: inFlightSchema,
    handle: async ({ params }, deps) => readInFlight(deps.store.pool, (await workspaceNow(deps)).names, params.id),
  }),
  route({
    method: 'post',
    path: '/api/automations/:id/in-flight',
    permission: write,
    tag,
    summary: 'Move those who wait inside to the live version, or cancel their runs',
    status: 202,
    description:
      'A job. Moving is by the id of the step that a run waits at; its deadline stays. Who waits at a step that is not there, or is of another kind, stays on the version that they entered. Cancelling is about other versions than the live one, and about all where none is live.',
    params: idParams,
    body: inFlightBodySchema,
    response: insideJobSchema,
    handle: async ({ params, body, now }, deps) => ({
      jobId: await deps.startInFlight({ automation: params.id, act: body.act, now }),
    }),
  }),
  route({
    method: 'post',
    path: '/api/automations/:id/pause',
    permission: write,
    tag,
    summary: 'Stop an automation from enrolling',
    params: idParams,
    description:
      'Who waits inside finishes, is held, or is cancelled: a job. Who is held is taken on by nothing until the automation goes on; deadlines stand, so that waits which would be over then are over at that moment.',
    body: pauseBodySchema,
    response: toldSchema,
    handle: async ({ params, body, now }, deps) =>
      tellInside(deps, await pauseAutomation(deps, { id: params.id, waitingRuns: body.waitingRuns, now })),
  }),
  route({
    method: 'post',
    path: '/api/automations/:id/resume',
    permission: write,
    tag,
    summary: 'Let a paused automation enrol again, at its version',
    params: idParams,
    description: 'Those who were held inside go on: a job.',
    response: toldSchema.extend({ version: z.int() }),
    handle: async ({ params, now }, deps) => {
      const resumed = await tellInside(deps, await resumeAutomation(deps, { id: params.id, now }));
      touchInBackground(deps);
      return resumed;
    },
  }),
  route({
    method: 'post',
    path: '/api/automations/:id/archive',
    permission: write,
    tag,
    summary: 'Take an automation out of force for good',
    description: 'Who waits inside is cancelled, or finishes (who was held, too): a job. Its versions stay readable.',
    params: idParams,
    body: archiveBodySchema,
    response: toldSchema,
    handle: async ({ params, body, now }, deps) => {
      const archived = await archiveDefinition(deps, { kind: 'automation', id: params.id, ...body, now });
      touchInBackground(deps);
      return tellInside(deps, archived);
    },
  }),
  route({
    method: 'post',
    path: '/api/automations/:id/unarchive',
    permission: write,
    tag,
    summary: 'Bring an automation back from the archive, paused',
    params: idParams,
    response: revisionSchema,
    handle: ({ params, now }, deps) => unarchiveAutomation(deps, { id: params.id, now }),
  }),
];
