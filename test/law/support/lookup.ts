import { readPath, type Json, type Properties, type Request } from '@ripen/shared';
import type { Receiver } from '../../workflows/support/receiver.ts';

/** What the system outside says, by the score that it is told: every third is unknown to it. Null: it refuses. */
const lookedUp = (payload: Json): { title: string } | null => {
  const points = Math.floor(Number(readPath(payload as Properties, 'message.body'))); // Payloads are objects.
  return points % 3 === 0 ? null : { title: points % 2 === 0 ? 'VP' : 'student' };
};

/** The system as the simulator takes it. `tell`: each answer's output. */
export const assumedLookup =
  (tell: (port: 'response' | 'failed') => void) =>
  (request: Request): { port: 'response' | 'failed'; detail: Json } => {
    const body = lookedUp(request.payload);
    const port = body === null ? 'failed' : 'response';
    tell(port);
    return { port, detail: { body } };
  };

/** The same system as a server: what it refuses it refuses for good, so that it is asked once. */
export const answerLookups = (receiver: Receiver): void => {
  receiver.answer = (response) => {
    const { path, body: text } = receiver.received.at(-1) ?? { path: '', body: '' };
    if (path !== lookupPath) return void response.end('ok');
    const body = lookedUp((JSON.parse(text) as { data: Properties }).data); // As webhooks are written.
    if (body === null) response.statusCode = 422;
    else response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(body));
  };
};

export const lookupPath = '/lookup';
