import { decideRoundRobin, internalEvents, type Definitions, type Effect, type EventInput } from '@ripen/shared';

export type Ask = Extract<Effect, { kind: 'ask' }>;

/** The arrival that answers an ask; one id per ask, so that it is recorded once. */
export const answerMessageId = (askId: string): string => `answer:${askId}`;

/**
 * A held ask pages nobody, so its answer needs no waiting: it follows the input that asked, at the same moment, like every
 * recorded answer. That keeps a historical load in order, and equal to the simulator. The lead itself is made by the
 * dispatcher.
 */
export const answerToHeldAsk = (ask: Ask, definitions: Definitions, arrivedAt: number): EventInput => {
  const queue = definitions.queues.find(({ id }) => id === ask.queue);
  const rep = queue ? decideRoundRobin(queue, null).chosen : null;
  return {
    kind: 'event',
    messageId: answerMessageId(ask.id),
    type: internalEvents.answer,
    properties: { ask: ask.id, port: rep === null ? 'no_one' : 'routed', detail: { held: 'backfill' } },
    fields: null,
    occurredAt: ask.at,
    arrivedAt,
    backfilled: true,
  };
};
