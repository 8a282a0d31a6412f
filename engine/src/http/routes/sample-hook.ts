import { documentSchema, noContentSchema } from '@ripen/shared';
import { route, type Route } from '../route.ts';

/** Where the examples' webhook channel points, so that a first lead's message has somewhere to go. It keeps nothing. */
export const sampleHookRoutes: Route[] = [
  route({
    method: 'post',
    path: '/hooks/sample',
    permission: 'public',
    tag: 'About',
    summary: "Receives the examples' webhook messages and only logs that they came",
    status: 204,
    body: documentSchema,
    response: noContentSchema,
    maxBodyBytes: 64 * 1024,
    handle: (_, { logger }) => {
      logger.info({}, 'the sample webhook was called');
      return Promise.resolve(null);
    },
  }),
];
