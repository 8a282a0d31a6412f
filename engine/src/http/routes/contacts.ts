import { randomUUID } from 'node:crypto';
import {
  acceptedInputSchema,
  contactSchema,
  contactScoreSchema,
  contactsQuery,
  contactSummarySchema,
  enrolBodySchema,
  explain,
  explanationSchema,
  internalEvents,
  lookUpQuery,
  pageOf,
  rebuildSchema,
  setStageBodySchema,
  timelineItemSchema,
  timelineQuery,
  uuidParams,
  type Program,
} from '@ripen/shared';
import { z } from 'zod';
import { postInternal } from '../../lanes/internal.ts';
import { contactOfIdentity, listContacts, readContact, readContactRow, scoresOf } from '../../read/contacts.ts';
import { iso } from '../../read/moments.ts';
import { kindsOf, readTimeline } from '../../read/timeline.ts';
import { headRevision } from '../../store/definitions.ts';
import type { HttpDeps } from '../deps.ts';
import { notFound, Problem } from '../problem.ts';
import { route, type Route } from '../route.ts';

const tag = 'Contacts' as const;
const read = 'contacts:read' as const;
const write = 'contacts:write' as const;

const programOf = async ({ store, programs }: HttpDeps): Promise<Program> =>
  (await programs.at(store.pool, await headRevision(store.pool))).program;

const readRoutes: Route[] = [
  route({
    method: 'get',
    path: '/api/contacts',
    permission: read,
    tag,
    summary: 'List contacts',
    query: contactsQuery,
    response: pageOf(contactSummarySchema),
    handle: ({ query }, { store }) => listContacts(store.pool, query),
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
      return readContact(deps.store.pool, await programOf(deps), id, now);
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
    handle: async ({ params, now }, deps) => readContact(deps.store.pool, await programOf(deps), params.id, now),
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
      const { subject } = await readContactRow(deps.store.pool, params.id);
      return { items: scoresOf(await programOf(deps), subject, now) };
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
      const program = await programOf(deps);
      const { subject } = await readContactRow(deps.store.pool, params.id);
      const models = program.models.filter((model) => query.model === undefined || model.id === query.model);
      if (query.model !== undefined && models.length === 0) throw notFound('score model', query.model);
      const at = Math.max(now, subject.clock);
      return { items: models.map((model) => ({ ...explain(program, subject, model.id, at), at: iso(at) })) };
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
    handle: async ({ params, query }, { store }) => {
      const kinds = kindsOf(query.kinds);
      const { row, subject } = await readContactRow(store.pool, params.id);
      return readTimeline(store.pool, { id: row.id, generation: subject.generation }, { ...query, kinds });
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
      const { row } = await readContactRow(deps.store.pool, params.id);
      const stages = (await programOf(deps)).lifecycle?.stages ?? [];
      if (body.stage !== null && !stages.some((stage) => stage.id === body.stage)) throw notFound('stage', body.stage);
      const messageId = `set_stage:${randomUUID()}`;
      await postInternal(deps, {
        contactId: row.id,
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
      const { row } = await readContactRow(deps.store.pool, params.id);
      const live = (await programOf(deps)).live.get(body.automation);
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
        contactId: row.id,
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
      const { row } = await readContactRow(deps.store.pool, params.id);
      return { jobId: await deps.startRebuild([row.id]) };
    },
  }),
];

export const contactRoutes: Route[] = [...readRoutes, ...writeRoutes];
