import { noContentSchema, presenceBodySchema, presenceSchema } from '@ripen/shared';
import { z } from 'zod';
import type { Principal } from '../../auth/principal.ts';
import type { Visitor } from '../../live/presence.ts';
import { route, type Route } from '../route.ts';

const tag = 'Definitions' as const;

const visitorOf = (principal: Principal | null): Visitor => {
  if (!principal) throw new Error('A route for those who may write definitions was let in nobody.');
  return { id: principal.id, name: principal.name };
};

export const presenceRoutes: Route[] = [
  route({
    method: 'put',
    path: '/api/presence',
    permission: 'definitions:write',
    tag,
    summary: 'Say that a window edits a definition, and hear who else does',
    description:
      'Said again every 25 seconds for as long as the window is open: after 75 seconds of silence it is forgotten. The live stream tells of who comes and goes by the topic `presence`, with ids like `automations/welcome`.',
    body: presenceBodySchema,
    response: presenceSchema,
    handle: async ({ body, principal }, { presence }) => ({
      others: await presence.enter(`${body.collection}/${body.id}`, body.window, visitorOf(principal)),
    }),
  }),
  route({
    method: 'delete',
    path: '/api/presence/:window',
    permission: 'definitions:write',
    tag,
    summary: 'Say that a window edits nothing any more',
    params: z.object({ window: z.uuid() }),
    response: noContentSchema,
    status: 204,
    handle: async ({ params, principal }, { presence }) => {
      await presence.leave(params.window, visitorOf(principal));
      return null;
    },
  }),
];
