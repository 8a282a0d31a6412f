import {
  automationTemplateSchema,
  idParams,
  templateBodySchema,
  templatePublicationSchema,
  templateSchema,
} from '@ripen/shared';
import { z } from 'zod';
import { compareWithLive, nameOfDocument } from '../../templates/compare.ts';
import { readAutomationTemplates, readTemplates } from '../../templates/read.ts';
import { notFound, Problem } from '../problem.ts';
import { publish } from '../publishing.ts';
import { route, type Route } from '../route.ts';

const tag = 'Definitions' as const;

export const templateRoutes: Route[] = [
  route({
    method: 'get',
    path: '/api/templates',
    permission: 'definitions:read',
    tag,
    summary: 'List the systems to start from, with what of each collides with definitions in force',
    response: z.object({ items: z.array(templateSchema) }),
    handle: async (_, { store }) => ({
      items: await Promise.all(
        (await readTemplates()).map(async ({ documents, ...template }) => {
          const { same, colliding } = await compareWithLive(store.pool, documents);
          return {
            ...template,
            documents: documents.map((document) => ({ ...document })),
            collisions: colliding.map(nameOfDocument),
            applied: same.length === documents.length,
          };
        }),
      ),
    }),
  }),
  route({
    method: 'get',
    path: '/api/automation-templates',
    permission: 'definitions:read',
    tag,
    summary: 'List the automations to begin with, each with the definitions that it needs',
    description:
      'Nothing is published: whoever uses one maps what it needs to what there is, publishes the rest, and saves a draft.',
    response: z.object({ items: z.array(automationTemplateSchema) }),
    handle: async () => ({
      items: (await readAutomationTemplates()).map(({ documents, ...template }) => ({
        ...template,
        documents: documents.map((document) => ({ ...document })),
      })),
    }),
  }),
  route({
    method: 'post',
    path: '/api/templates/:id',
    permission: 'definitions:write',
    tag,
    summary: 'Publish a system to start from: all of it, or nothing',
    description:
      'Documents that say the same as those in force are left alone. Where others are in force under their names, `existing` decides.',
    params: idParams,
    body: templateBodySchema,
    response: templatePublicationSchema,
    handle: async ({ params, body, now }, deps) => {
      const template = (await readTemplates()).find(({ id }) => id === params.id);
      if (!template) throw notFound('template', params.id);
      const { colliding } = await compareWithLive(deps.store.pool, template.documents);
      if (colliding.length > 0 && body.existing === 'refuse')
        throw new Problem(
          409,
          'conflict',
          `Others are in force under these names: ${colliding
            .map(nameOfDocument)
            .map(({ kind, id }) => (kind === 'lifecycle' ? kind : `${kind} ${id}`))
            .join(', ')}. Say whether to keep or to replace them.`,
        );
      const kept = body.existing === 'keep' ? colliding : [];
      const documents = template.documents.filter((document) => !kept.includes(document));
      return { ...(await publish(deps, documents, now)).publication, kept: kept.map(nameOfDocument) };
    },
  }),
];
