import {
  channelSecretSchema,
  definitionCollections,
  definitionDetailSchema,
  definitionSummarySchema,
  draftBodySchema,
  draftSchema,
  idParams,
  noContentSchema,
  pathSchema,
  onePublicationSchema,
  publishBodySchema,
  revisionSchema,
  validationSchema,
  versionParams,
  versionSchema,
  type Definition,
  type DefinitionCollection,
  hasErrors,
} from '@ripen/shared';
import { z } from 'zod';
import { channelSecret } from '../../auth/channel-secrets.ts';
import { archiveDefinition } from '../../lanes/publish.ts';
import { listDefinitions, listVersions, readDefinition } from '../../read/definitions.ts';
import { isoDate } from '../../read/moments.ts';
import { definitionIdOf, type DefinitionKind } from '../../store/definitions.ts';
import { deleteDraft, readDraft, saveDraft } from '../../store/drafts.ts';
import { ownIfNobodyDoes } from '../../store/organised.ts';
import type { Queryable } from '../../store/store.ts';
import { failingTests, problemsWith, readDocument } from '../documents.ts';
import { invalidDefinitions, notFound, Problem } from '../problem.ts';
import { despiteOf, publish, touchInBackground } from '../publishing.ts';
import { route, type Route } from '../route.ts';

const tag = 'Definitions' as const;
const read = 'definitions:read' as const;
const write = 'definitions:write' as const;

/** The routes of one kind. There is one lifecycle, so its id is always `lifecycle`. */
const routesOf = (collection: DefinitionCollection, kind: DefinitionKind): Route[] => {
  const base = `/api/${collection}`;
  const words = kind.replace('_', ' ');
  const list = route({
    method: 'get',
    path: base,
    permission: read,
    tag,
    summary: `List every ${words}`,
    response: z.object({ items: z.array(definitionSummarySchema) }),
    handle: async (_, { store }) => ({ items: await listDefinitions(store.pool, kind) }),
  });
  const archive = route({
    method: 'post',
    path: `${base}/:id/archive`,
    permission: write,
    tag,
    summary: `Take a ${words} out of force for good`,
    params: idParams,
    response: revisionSchema,
    handle: async ({ params, now }, deps) => {
      const { revision } = await archiveDefinition(deps, { kind, id: params.id, now });
      touchInBackground(deps);
      return { revision };
    },
  });
  return [
    // Automations are listed with what their runs came to, and archived with a choice for those inside.
    ...(kind === 'automation' ? [] : [list]),
    route({
      method: 'get',
      path: `${base}/:id`,
      permission: read,
      tag,
      summary: `Read a ${words} and its draft`,
      params: idParams,
      response: definitionDetailSchema,
      handle: ({ params }, { store }) => readDefinition(store.pool, kind, params.id),
    }),
    route({
      method: 'get',
      path: `${base}/:id/versions`,
      permission: read,
      tag,
      summary: `List the versions of a ${words}`,
      params: idParams,
      response: z.object({ items: z.array(versionSchema) }),
      handle: async ({ params }, { store }) => {
        const items = await listVersions(store.pool, kind, params.id);
        if (items.length === 0) throw notFound(`published ${words}`, params.id);
        return { items };
      },
    }),
    route({
      method: 'get',
      path: `${base}/:id/versions/:version`,
      permission: read,
      tag,
      summary: `Read one version of a ${words}`,
      params: versionParams,
      response: versionSchema,
      handle: async ({ params }, { store }) => {
        const versions = await listVersions(store.pool, kind, params.id);
        const found = versions.find(({ version }) => version === params.version);
        if (!found) throw notFound(`version ${params.version} of the ${words}`, params.id);
        return found;
      },
    }),
    route({
      method: 'put',
      path: `${base}/:id/draft`,
      permission: write,
      tag,
      summary: `Save the draft of a ${words}`,
      description: 'A draft may be invalid. `edition` names the one that was read; another answers 409.',
      params: idParams,
      body: draftBodySchema,
      response: draftSchema,
      maxBodyBytes: 5 * 1024 * 1024,
      handle: async ({ params, body, principal }, { store }) => {
        const draft = await saveDraft(store.pool, {
          kind,
          id: checkId(kind, params.id),
          document: body.document,
          edition: body.edition,
        });
        if (kind === 'automation' && draft.edition === 1 && principal?.is === 'person')
          await ownIfNobodyDoes(store.pool, draft.id, principal.id);
        return {
          kind,
          id: draft.id,
          document: body.document,
          edition: draft.edition,
          updatedAt: isoDate(draft.updatedAt),
        };
      },
    }),
    route({
      method: 'delete',
      path: `${base}/:id/draft`,
      permission: write,
      tag,
      summary: `Drop the draft of a ${words}`,
      params: idParams,
      response: noContentSchema,
      status: 204,
      handle: async ({ params }, { store }) => {
        if (!(await deleteDraft(store.pool, kind, params.id))) throw notFound(`draft of ${words}`, params.id);
        return null;
      },
    }),
    route({
      method: 'post',
      path: `${base}/:id/validate`,
      permission: read,
      tag,
      summary: `Check the draft of a ${words} among what is in force`,
      params: idParams,
      response: validationSchema,
      handle: async ({ params }, { store }) => {
        const parsed = readDocument(await draftDocument(store.pool, kind, params.id), {
          kind,
          id: params.id,
          path: '',
        });
        if ('errors' in parsed)
          return {
            valid: false,
            problems: parsed.errors.map((error) => ({
              code: 'invalid',
              severity: 'error' as const,
              document: { kind, id: params.id },
              ...error,
            })),
          };
        const documents = [checkName(parsed.document, kind, params.id)];
        const problems = [
          ...(await problemsWith(store.pool, documents)),
          ...(await failingTests(store.pool, documents)),
        ];
        return { valid: !hasErrors(problems), problems };
      },
    }),
    route({
      method: 'post',
      path: `${base}/:id/publish`,
      permission: write,
      tag,
      summary: `Publish the draft of a ${words}`,
      description:
        'Counts for inputs accepted from now on. Problems answer 422 and point at document, node and path; so do tests that go another way (`scenario_failed`), its own, or those of live automations that use a changed model, lifecycle or segment; unless `despiteTests` says why it is published all the same.',
      params: idParams,
      body: publishBodySchema,
      response: onePublicationSchema,
      handle: async ({ params, body, principal, now }, deps) => {
        const parsed = readDocument(await draftDocument(deps.store.pool, kind, params.id), {
          kind,
          id: params.id,
          path: '',
        });
        if ('errors' in parsed) throw invalidDefinitions(parsed.errors);
        const despite = despiteOf(body, principal);
        if (body.inside !== 'finish' && kind !== 'automation')
          throw new Problem(
            400,
            'invalid_request',
            `Nobody waits inside a ${words}. Leave "inside" out: it is about automations.`,
          );
        const inside = body.inside === 'finish' ? null : body.inside;
        const document = checkName(parsed.document, kind, params.id);
        const { publication, insideJobs } = await publish(deps, [document], now, { despite, inside });
        await deleteDraft(deps.store.pool, kind, params.id);
        return { ...publication, jobId: insideJobs.get(params.id) ?? null };
      },
    }),
    ...(kind === 'automation' ? [] : [archive]),
  ];
};

const checkId = (kind: DefinitionKind, id: string): string => {
  const fits =
    kind === 'lifecycle'
      ? id === 'lifecycle'
      : kind === 'event_type'
        ? /^[a-z0-9][a-z0-9_.]{0,99}$/.test(id)
        : kind === 'field'
          ? pathSchema.safeParse(id).success
          : /^[a-z0-9][a-z0-9_-]{0,63}$/.test(id);
  if (!fits)
    throw new Problem(
      400,
      'invalid_request',
      kind === 'lifecycle'
        ? 'The lifecycle is called "lifecycle".'
        : `"${id.slice(0, 100)}" cannot be an id: use 1 to 64 of a-z, 0-9, _ and -.`,
    );
  return id;
};

const draftDocument = async (db: Queryable, kind: DefinitionKind, id: string): Promise<Record<string, unknown>> => {
  const draft = await readDraft(db, kind, id);
  if (!draft) throw notFound(`draft of ${kind.replace('_', ' ')}`, id);
  return draft.document as Record<string, unknown>; // Saved as an object.
};

const checkName = (document: Definition, kind: DefinitionKind, id: string): Definition => {
  if (document.kind === kind && definitionIdOf(document) === id) return document;
  throw invalidDefinitions([
    {
      path: 'id',
      code: 'other_document',
      severity: 'error',
      document: { kind, id },
      message: `The draft holds the ${document.kind} ${definitionIdOf(document)}, not the ${kind} ${id}.`,
    },
  ]);
};

const channelRoutes: Route[] = [
  route({
    method: 'get',
    path: '/api/channels/:id/secret',
    permission: 'admin',
    tag,
    summary: "Read the secret that a webhook channel's messages are signed with",
    params: idParams,
    response: channelSecretSchema,
    handle: async ({ params }, { store }) => {
      const secret = await channelSecret(store.pool, params.id);
      if (secret === null) throw notFound('published webhook channel', params.id);
      return { channel: params.id, secret };
    },
  }),
];

export const definitionRoutes: Route[] = [
  ...Object.entries(definitionCollections).flatMap(([collection, kind]) =>
    routesOf(collection as DefinitionCollection, kind),
  ), // Its own keys.
  ...channelRoutes,
];
