import { allows, documentSchema, healthSchema, publicStatusSchema, statusSchema } from '@ripen/shared';
import { z } from 'zod';
import { describeError } from '../../store/errors.ts';
import { databaseAnswers, readStatus } from '../../read/status.ts';
import { docsPage } from '../docs.ts';
import { openApi } from '../openapi.ts';
import { notFound, Problem } from '../problem.ts';
import { route, type Route } from '../route.ts';
import { definitionJsonSchema, schemaNames } from '../definition-schemas.ts';

const tag = 'About' as const;

export const aboutRoutes: Route[] = [
  route({
    method: 'get',
    path: '/health',
    permission: 'public',
    tag,
    summary: 'Whether this process can work',
    response: healthSchema,
    handle: async (_, { store }) => {
      if (!(await databaseAnswers(store.pool)))
        throw new Problem(503, 'database_unreachable', 'The database does not answer.', {
          headers: { 'retry-after': '5' },
        });
      return { status: 'ok' as const, database: true };
    },
  }),
  route({
    method: 'get',
    path: '/api/status',
    permission: 'public',
    tag,
    summary: 'How the installation is doing',
    description:
      'Figures are shown to keys with `operations:read`, and to everybody where only this machine reaches the API.',
    response: z.union([statusSchema, publicStatusSchema]),
    handle: async ({ now, principal }, deps) => {
      const { pressure, version } = deps;
      const temporal = await deps.temporalReachable();
      const mayKnow = deps.openStatus || (principal !== null && allows(principal.permissions, 'operations:read'));
      const whole = await readStatus(deps.store.pool, { pressure, temporal, version, now });
      return mayKnow ? whole : publicStatusSchema.parse(whole);
    },
  }),
  route({
    method: 'get',
    path: '/metrics',
    permission: 'operations:read',
    tag,
    summary: "This process's figures, for Prometheus",
    response: z.string(),
    produces: 'text/plain; version=0.0.4; charset=utf-8',
    handle: async (_, { metrics, pressure, logger }) => {
      // A database that is away takes its figures along, not those of the process.
      const state = await pressure.state().catch((error: unknown) => {
        logger.warn({ error: describeError(error) }, 'metrics come without what waits in the database');
        return null;
      });
      metrics.showPressure(state);
      return metrics.registry.metrics();
    },
  }),
  route({
    method: 'get',
    path: '/api/openapi.json',
    permission: 'public',
    tag,
    summary: 'This description, as OpenAPI 3.1',
    response: documentSchema,
    handle: (_, { routes }) => Promise.resolve(openApi(routes)),
  }),
  route({
    method: 'get',
    path: '/api/docs',
    permission: 'public',
    tag,
    summary: 'This description, for reading',
    response: z.string(),
    produces: 'text/html; charset=utf-8',
    handle: () => Promise.resolve(docsPage),
  }),
  route({
    method: 'get',
    path: '/api/schemas',
    permission: 'public',
    tag,
    summary: 'List the JSON Schemas of definitions',
    response: z.object({ items: z.array(z.string()) }),
    handle: () => Promise.resolve({ items: schemaNames.map((name) => `/api/schemas/${name}.json`) }),
  }),
  route({
    method: 'get',
    path: '/api/schemas/:name',
    permission: 'public',
    tag,
    summary: 'The JSON Schema of a kind of definition',
    description: `${schemaNames.map((name) => `\`${name}.json\``).join(', ')}`,
    params: z.object({ name: z.string().max(50) }),
    response: documentSchema,
    handle: ({ params }) => {
      const schema = definitionJsonSchema(params.name.replace(/\.json$/, ''));
      if (!schema) throw notFound('schema', params.name);
      return Promise.resolve(schema);
    },
  }),
];
