import { PassThrough, Readable } from 'node:stream';
import { liveTopics } from '@ripen/shared';
import { z } from 'zod';
import { Reader } from '../../live/reader.ts';
import { Problem } from '../problem.ts';
import { route, type Route } from '../route.ts';

const topics = Object.entries(liveTopics).map(([topic, permission]) => `\`${topic}\` (\`${permission}\`)`);

export const liveRoutes: Route[] = [
  route({
    method: 'get',
    path: '/api/live',
    permission: 'signed-in',
    tag: 'About',
    summary: 'What changes, as it changes, as server-sent events',
    description: `\`change\` with \`{ topic, ids? }\`: these of a topic changed, or any of them. \`gap\`: something was missed, so ask for everything again. Topics, with the permission to hear of each: ${topics.join(', ')}. A topic is told of at most four times a second. Those who come back with \`Last-Event-ID\`, as browsers do by themselves, hear what they missed.`,
    response: z.custom<Readable>((body) => body instanceof Readable).meta({ type: 'string' }),
    produces: 'text/event-stream',
    handle: async ({ principal, client }, { live }) => {
      if (!principal) throw new Error('A route for those who are signed in was let in nobody.');
      const line = new PassThrough();
      const reader = new Reader(line, principal, () => client.again());
      line.on('close', () => live.leave(reader));
      if ((await live.open(reader, client.lastEventId)) === 'too many')
        throw new Problem(429, 'too_many_streams', 'There are too many live streams open. Close some windows.', {
          headers: { 'retry-after': '10' },
        });
      return line;
    },
  }),
];
