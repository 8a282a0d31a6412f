import type { LiveStack } from '../../helpers/live-stack.ts';
import { isOwnEvent, postOwnEvent } from '../../helpers/own-events.ts';
import type { Message } from './messages.ts';

export interface Living {
  messages: readonly Message[];
  until: number;
  /** Moments at which the outside answers: time stands still there until it has. */
  stops: readonly number[];
}

/**
 * Sends a history as it happened: time goes on to each arrival's moment, what falls due on the way happens, the arrivals are
 * sent, and what they lead to happens before the next. No contact has two arrivals under way.
 */
export const liveOut = async (stack: LiveStack, { messages, until, stops }: Living): Promise<void> => {
  const moments = new Map<number, Message[]>();
  for (const message of messages) {
    const at = Date.parse(message.receivedAt);
    const known = moments.get(at);
    if (known) known.push(message);
    else moments.set(at, [message]);
  }
  const timeline = [...new Set([...moments.keys(), ...stops.filter((stop) => stop <= until), until])].sort(
    (a, b) => a - b,
  );
  for (const moment of timeline) {
    await stack.advance(moment);
    for (const round of rounds(moments.get(moment) ?? [])) {
      const sent = round.filter((message) => !isOwnEvent(message));
      if (sent.length > 0) await stack.api.send(sent);
      for (const message of round)
        if (isOwnEvent(message)) await postOwnEvent(stack.deps, message, { backfilled: false });
      await stack.settle();
    }
  }
};

/** The first arrival of each contact, then the second, and so on. */
const rounds = (messages: readonly Message[]): Message[][] => {
  const seen = new Map<string, number>();
  const result: Message[][] = [];
  for (const message of messages) {
    const round = seen.get(message.userId) ?? 0;
    seen.set(message.userId, round + 1);
    (result[round] ??= []).push(message);
  }
  return result;
};
