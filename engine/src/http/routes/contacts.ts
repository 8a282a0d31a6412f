import { randomUUID } from 'node:crypto';
import {
  acceptedInputSchema,
  contactPageSchema,
  contactSchema,
  contactScoreSchema,
  contactsQuery,
  enrolBodySchema,
  explanationSchema,
  forecastQuery,
  forecastSchema,
  internalEvents,
  lookUpQuery,
  pageOf,
  rebuildSchema,
  setStageBodySchema,
  timelineItemSchema,
  timelineQuery,
  uuidParams,
} from '@ripen/shared';
import { z } from 'zod';
import { postInternal } from '../../lanes/internal.ts';
import { listContacts } from '../../read/contact-list.ts';
import { scoresOf } from '../../read/contact-rows.ts';
import { contactOfIdentity, findContact, readContact } from '../../read/contacts.ts';
import { readForecast } from '../../read/forecast.ts';
import { readExplanation } from '../../read/explanation.ts';
import { kindsOf, readTimeline } from '../../read/timeline.ts';
import { workspaceNow } from '../../read/workspace.ts';
import { notFound, Problem } from '../problem.ts';
import { route, type Route } from '../route.ts';

const tag = 'Contacts' as const;
const read = 'contacts:read' as const;
const write = 'contacts:write' as const;

const readRoutes: Route[] = [
  route({
    method: 'get',
    path: '/api/contacts',
    permission: read,
    tag,
    summary: 'List and search contacts',
    description:
      'Those found by `q` and `label` are put in order as long as they are few (10,000); where filters fit few of very many, a page may hold less than `limit` and still have a `next`.',
    query: contactsQuery,
    response: contactPageSchema,
    handle: async ({ query, now }, deps) =>
      listContacts(deps.store, await workspaceNow(deps), query, now, deps.patience),
  }),
  route({
    method: 'get',
    path: '/api/contacts/look-up',
    permission: read,
    tag,
    summary: 'Find the contact of a userId, e-mail address or anonymousId',
    query: lookUpQuery,
    response: contactSchema,
    handle: async ({ query, now }, deps) => {
      const { userId, email, anonymousId } = query;
      const given = [
        ['user', userId],
        ['email', email?.trim().toLowerCase()],
        ['anonymous', anonymousId],
      ] as const;
      const [identity, ...more] = given.filter(([, value]) => value !== undefined && value !== '');
      if (!identity || more.length > 0)
        throw new Problem(400, 'invalid_request', 'Give exactly one of userId, email and anonymousId.');
      const id = await contactOfIdentity(deps.store.pool, identity[0], identity[1] ?? '');
      return readContact(deps.store.pool, await workspaceNow(deps), id, now);
    },
  }),
  route({
    method: 'get',
    path: '/api/contacts/:id',
    permission: read,
    tag,
    summary: 'Read a contact',
    params: uuidParams,
    response: contactSchema,
    handle: async ({ params, now }, deps) => readContact(deps.store.pool, await workspaceNow(deps), params.id, now),
  }),
  route({
    method: 'get',
    path: '/api/contacts/:id/scores',
    permission: read,
    tag,
    summary: "Read a contact's scores",
    params: uuidParams,
    response: z.object({ items: z.array(contactScoreSchema) }),
    handle: async ({ params, now }, deps) => {
      const { subject } = await findContact(deps.store.pool, params.id);
      return { items: scoresOf(await workspaceNow(deps), subject, now) };
    },
  }),
  route({
    method: 'get',
    path: '/api/contacts/:id/explanation',
    permission: read,
    tag,
    summary: 'Why a score is what it is',
    description: 'Signed lines that add up to the score, per model; of all models unless one is named.',
    params: uuidParams,
    query: z.object({ model: z.string().max(64).optional() }),
    response: z.object({ items: z.array(explanationSchema) }),
    handle: async ({ params, query, now }, deps) => {
      const workspace = await workspaceNow(deps);
      const { program } = workspace;
      const { subject } = await findContact(deps.store.pool, params.id);
      const models = program.models.filter((model) => query.model === undefined || model.id === query.model);
      if (query.model !== undefined && models.length === 0) throw notFound('score model', query.model);
      const at = Math.max(now, subject.clock);
      const items = await Promise.all(
        models.map((model) => readExplanation(deps.store.pool, workspace, { subject, model: model.id, at })),
      );
      return { items };
    },
  }),
  route({
    method: 'get',
    path: '/api/contacts/:id/forecast',
    permission: read,
    tag,
    summary: 'What becomes of a score and a stage if nothing more happens',
    description: 'Dues are followed in memory by the same code that applies them; nothing is told or asked.',
    params: uuidParams,
    query: forecastQuery,
    response: forecastSchema,
    handle: async ({ params, query, now }, deps) => {
      const workspace = await workspaceNow(deps);
      const { subject } = await findContact(deps.store.pool, params.id);
      const model = query.model ?? workspace.program.lifecycle?.model ?? workspace.program.models[0]?.id;
      if (model === undefined || !workspace.program.model.has(model)) throw notFound('score model', model ?? '');
      return readForecast(deps.store.pool, workspace, { subject, model, at: now, days: query.days });
    },
  }),
  route({
    method: 'get',
    path: '/api/contacts/:id/timeline',
    permission: read,
    tag,
    summary: 'What happened to a contact, newest first',
    params: uuidParams,
    query: timelineQuery,
    response: pageOf(timelineItemSchema),
    handle: async ({ params, query }, deps) => {
      const kinds = kindsOf(query.kinds);
      const { names } = await workspaceNow(deps);
      const { id, subject } = await findContact(deps.store.pool, params.id);
      return readTimeline(deps.store.pool, names, { id, generation: subject.generation }, { ...query, kinds });
    },
  }),
];

const writeRoutes: Route[] = [
  route({
    method: 'post',
    path: '/api/contacts/:id/stage',
    permission: write,
    tag,
    summary: 'Set the stage of a contact by hand',
    status: 202,
    description: 'Stands until a crossing goes beyond it. Applied like an event, within moments.',
    params: uuidParams,
    body: setStageBodySchema,
    response: acceptedInputSchema,
    handle: async ({ params, body, principal, now }, deps) => {
      const { id: contactId } = await findContact(deps.store.pool, params.id);
      const stages = (await workspaceNow(deps)).program.lifecycle?.stages ?? [];
      if (body.stage !== null && !stages.some((stage) => stage.id === body.stage)) throw notFound('stage', body.stage);
      const messageId = `set_stage:${randomUUID()}`;
      await postInternal(deps, {
        contactId,
        type: internalEvents.setStage,
        properties: { stage: body.stage, by: principal?.name ?? '' },
        messageId,
        now,
      });
      return { messageId };
    },
  }),
  route({
    method: 'post',
    path: '/api/contacts/:id/enrol',
    permission: 'runs:write',
    tag: 'Runs',
    summary: 'Start an automation for a contact',
    status: 202,
    description: 'The automation must be live and have a manual trigger.',
    params: uuidParams,
    body: enrolBodySchema,
    response: acceptedInputSchema,
    handle: async ({ params, body, now }, deps) => {
      const { id: contactId } = await findContact(deps.store.pool, params.id);
      const live = (await workspaceNow(deps)).program.live.get(body.automation);
      if (!live) throw notFound('live automation', body.automation);
      if (!live.graph.triggers.some((trigger) => trigger.type === 'manual')) {
        throw new Problem(
          409,
          'conflict',
          `The automation ${body.automation} has no manual trigger, so it cannot be started by hand.`,
        );
      }
      const messageId = `enrol:${randomUUID()}`;
      await postInternal(deps, {
        contactId,
        type: internalEvents.enrol,
        properties: { automation: body.automation },
        messageId,
        now,
      });
      return { messageId };
    },
  }),
  route({
    method: 'post',
    path: '/api/contacts/:id/rebuild',
    permission: write,
    tag,
    summary: "Rebuild a contact's ledger from its arrivals",
    status: 202,
    description: 'A job that writes a new generation of the ledger beside the old one. Nothing is told or asked again.',
    params: uuidParams,
    response: rebuildSchema,
    handle: async ({ params }, deps) => {
      const { id: contactId } = await findContact(deps.store.pool, params.id);
      return { jobId: await deps.startRebuild({ contacts: [contactId] }) };
    },
  }),
];

export const contactRoutes: Route[] = [...readRoutes, ...writeRoutes];
