import { decideRoundRobin, internalEvents, type Asking, type Definitions, type EventInput } from '@ripen/shared';

/** The arrival that answers an ask; one id per ask, so that it is recorded once. */
export const answerMessageId = (askId: string): string => `answer:${askId}`;

/**
 * What is asked in the past is answered there: the answer follows the input that asked, at the same moment, like every
 * recorded answer. That keeps a historical load in order, and equal to the simulator; an answer of today would carry the
 * contact's clock past the rest of its history. So it is for held asks, which page nobody, and for those of automations that
 * page on backfill. The lead itself is made by the dispatcher; a request goes on by its first output, and is made for automations
 * that page on backfill, whatever comes of it.
 */
export const answerToPastAsk = (
  ask: Asking,
  definitions: Pick<Definitions, 'queues'>,
  arrivedAt: number,
): EventInput => {
  const port = ask.kind === 'deliver' ? 'response' : portOfRoute(ask.queue, definitions);
  return {
    kind: 'event',
    messageId: answerMessageId(ask.id),
    type: internalEvents.answer,
    properties: { ask: ask.id, port, detail: ask.held ? { held: ask.held } : {} },
    fields: null,
    occurredAt: ask.at,
    arrivedAt,
    backfilled: true,
  };
};

const portOfRoute = (id: string, definitions: Pick<Definitions, 'queues'>): string => {
  const queue = definitions.queues.find((other) => other.id === id);
  return queue && decideRoundRobin(queue, null).chosen !== null ? 'routed' : 'no_one';
};
