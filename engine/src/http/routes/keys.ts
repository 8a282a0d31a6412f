import { apiKeyBodySchema, apiKeySchema, newApiKeySchema, uuidParams } from '@ripen/shared';
import { z } from 'zod';
import { createKey, listKeys, revokeKey, type ApiKey } from '../../auth/keys.ts';
import { isoDate, isoDateOrNull } from '../../read/moments.ts';
import { notFound } from '../problem.ts';
import { route, type Route } from '../route.ts';

const tag = 'Keys' as const;

const shown = (key: ApiKey): z.output<typeof apiKeySchema> => ({
  ...key,
  createdAt: isoDate(key.createdAt),
  revokedAt: isoDateOrNull(key.revokedAt),
});

export const keyRoutes: Route[] = [
  route({
    method: 'post',
    path: '/api/keys',
    permission: 'admin',
    tag,
    summary: 'Make a key',
    status: 201,
    description:
      'The answer is the only place where the key itself is shown, so this route keeps no answer for an Idempotency-Key.',
    body: apiKeyBodySchema,
    response: newApiKeySchema,
    secret: true,
    handle: async ({ body }, { store }) => {
      const { apiKey, key } = await createKey(store.pool, body);
      return { ...shown(apiKey), key };
    },
  }),
  route({
    method: 'get',
    path: '/api/keys',
    permission: 'admin',
    tag,
    summary: 'List keys',
    response: z.object({ items: z.array(apiKeySchema) }),
    handle: async (_, { store }) => ({ items: (await listKeys(store.pool)).map(shown) }),
  }),
  route({
    method: 'delete',
    path: '/api/keys/:id',
    permission: 'admin',
    tag,
    summary: 'Revoke a key',
    description: 'Counts within five seconds.',
    params: uuidParams,
    response: apiKeySchema,
    handle: async ({ params }, { store }) => {
      const key = await revokeKey(store.pool, params.id);
      if (!key) throw notFound('key', params.id);
      return shown(key);
    },
  }),
];
