import { z } from 'zod';
import { allows, problemSchema, rolePermissions, roles } from '@ripen/shared';
import { sessionCookie } from '../auth/better-auth.ts';
import { tags, type Route } from './route.ts';

type Schema = Record<string, unknown>;

/** OpenAPI 3.1, made of the schemas that requests are checked by. */
export const openApi = (routes: readonly Route[]): Schema => {
  const paths: Record<string, Record<string, Schema>> = {};
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    (paths[path] ??= {})[route.method] = operation(route);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Ripen',
      version: '1',
      description:
        'Leads ripen, and the moment one is ripe sales has it. Errors are problem+json; lists are keyset pages; writes take an Idempotency-Key.',
    },
    servers: [{ url: '/' }],
    tags: tags.map((name) => ({ name })),
    paths,
    components: {
      schemas: { Problem: schemaOf(problemSchema, 'output') },
      securitySchemes: {
        apiKey: { type: 'http', scheme: 'bearer', description: 'An API key' },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: sessionCookie,
          description:
            'The session of somebody who signed in with `POST /api/session`. Changes are taken from pages of the same origin only.',
        },
        writeKey: { type: 'http', scheme: 'basic', description: 'A write key as the user, no password' },
      },
    },
  };
};

const operation = (route: Route): Schema => ({
  operationId: `${route.method}${route.path.replace(/[/:_-]+(\w)/g, (_, letter: string) => letter.toUpperCase())}`,
  tags: [route.tag],
  summary: route.summary,
  description: [route.description, needs(route)].filter(Boolean).join('\n\n'),
  'x-permission': route.permission,
  security:
    route.permission === 'public'
      ? []
      : route.permission === 'ingest'
        ? [{ writeKey: [] }, { apiKey: [] }, { session: [] }]
        : [{ apiKey: [] }, { session: [] }],
  parameters: [
    ...parameters(route.params, 'path'),
    ...parameters(route.query, 'query'),
    ...(route.method !== 'get' && route.permission !== 'ingest' && route.permission !== 'public' && !route.secret
      ? [
          {
            name: 'Idempotency-Key',
            in: 'header',
            required: false,
            description: 'The same request with the same key is done once',
            schema: { type: 'string', minLength: 1, maxLength: 200 },
          },
        ]
      : []),
  ],
  ...(route.body
    ? {
        requestBody: {
          required: !route.body.safeParse(undefined).success,
          content: { 'application/json': { schema: schemaOf(route.body, 'input') } },
        },
      }
    : {}),
  responses: {
    [String(route.status ?? 200)]:
      route.status === 204
        ? { description: 'Done' }
        : {
            description: 'Success',
            content: {
              [(route.produces ?? 'application/json').split(';')[0] ?? '']: {
                schema: schemaOf(route.response, 'output'),
              },
            },
          },
    default: {
      description: 'What went wrong',
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
    },
  },
});

const needs = ({ permission }: Route): string => {
  if (permission === 'public') return 'Needs no key.';
  if (permission === 'signed-in') return 'For everybody who is signed in, and for every API key.';
  const having = roles.filter((role) => allows(rolePermissions[role], permission));
  return `Needs the permission \`${permission}\`; people have it as ${having.join(', ')}.`;
};

const schemaOf = (schema: z.ZodType, io: 'input' | 'output'): Schema => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Schema;
  return rest;
};

const parameters = (schema: z.ZodType | undefined, where: 'path' | 'query'): Schema[] => {
  if (!schema) return [];
  const { properties = {}, required = [] } = schemaOf(schema, 'input') as {
    properties?: Record<string, Schema>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, { description, ...rest }]) => ({
    name,
    in: where,
    required: where === 'path' || required.includes(name),
    ...(description ? { description } : {}),
    schema: rest,
  }));
};
