import { decideRoundRobin, internalEvents, type Definitions, type Effect, type EventInput } from '@ripen/shared';

export type Ask = Extract<Effect, { kind: 'ask' }>;

/** The arrival that answers an ask; one id per ask, so that it is recorded once. */
export const answerMessageId = (askId: string): string => `answer:${askId}`;

/**
 * What is asked in the past is answered there: the answer follows the input that asked, at the same moment, like every
 * recorded answer. That keeps a historical load in order, and equal to the simulator; an answer of today would carry the
 * contact's clock past the rest of its history. So it is for held asks, which page nobody, and for those of automations that
 * page on backfill. The lead itself is made by the dispatcher.
 */
export const answerToPastAsk = (ask: Ask, definitions: Pick<Definitions, 'queues'>, arrivedAt: number): EventInput => {
  const queue = definitions.queues.find(({ id }) => id === ask.queue);
  const rep = queue ? decideRoundRobin(queue, null).chosen : null;
  return {
    kind: 'event',
    messageId: answerMessageId(ask.id),
    type: internalEvents.answer,
    properties: { ask: ask.id, port: rep === null ? 'no_one' : 'routed', detail: ask.held ? { held: ask.held } : {} },
    fields: null,
    occurredAt: ask.at,
    arrivedAt,
    backfilled: true,
  };
};
