import { internalEvents, isInternalEventType, type Definitions, type EventInput, type Properties } from '@ripen/shared';
import { history, withHands } from '@ripen/shared/testing';
import * as fc from 'fast-check';
import { expect } from 'vitest';
import type { Books } from '../../helpers/books.ts';

/** A call of the tracking API, with when it was received: what loads say themselves, and what the clock says live. */
export interface Message extends Record<string, unknown> {
  type: string;
  messageId: string;
  userId: string;
  timestamp: string;
  receivedAt: string;
}

export interface GeneratedHistories {
  messages: Message[];
  /** After the last arrival: when one looks, ms. */
  until: number;
}

export interface HistoriesOptions {
  contacts: number;
  seed: number;
  minLength?: number;
  maxLength?: number;
  /** Arrivals are moved up to whole multiples of this, so that those of different contacts meet. Default 1 ms. */
  grainMs?: number;
  /** Whose models people adjust and undo in between, and maintenance programs read; absent: contacts act alone. */
  definitions?: Definitions;
  /** How long after the last arrival one looks. */
  lookAfterMs?: number;
}

/** Histories of many contacts in order of arrival: late, early, repeated, at one instant, after long silences. */
export const generatedMessages = ({
  contacts,
  seed,
  minLength = 15,
  maxLength = 25,
  grainMs = 1,
  definitions,
  lookAfterMs = 90 * 86_400_000,
}: HistoriesOptions): GeneratedHistories => {
  const ids = Array.from({ length: contacts }, (_, index) => `c${index}`);
  const all = ids.flatMap((id, index) => {
    const lived = history({ prefix: `${id}-`, minLength, maxLength }).chain((plain) =>
      definitions ? withHands(plain, definitions) : fc.constant(plain),
    );
    const [events = []] = fc.sample(lived, { numRuns: 1, seed: seed + index });
    return events.map((event) => ({ event: coarser(named(event, id), grainMs), id }));
  });
  // Stable: what arrives for one contact at one instant keeps its order.
  all.sort((a, b) => a.event.arrivedAt - b.event.arrivedAt);
  const until = (all.at(-1)?.event.arrivedAt ?? 0) + lookAfterMs;
  return { messages: all.map(({ event, id }) => messageOf(event, id)), until };
};

/** Hands are numbered for each contact by itself; what is undone is asked for in one way, so that something is found. */
const named = (event: EventInput, id: string): EventInput => {
  if (!isInternalEventType(event.type)) return event;
  const { causes, messages } = event.properties;
  const one: Properties | null = causes ? { causes } : messages ? { messages } : null;
  const properties = event.type === internalEvents.void ? (one ?? event.properties) : event.properties;
  return { ...event, messageId: `${id}-${event.messageId}`, properties };
};

const coarser = (event: EventInput, grainMs: number): EventInput => {
  const arrivedAt = Math.ceil(event.arrivedAt / grainMs) * grainMs;
  return { ...event, arrivedAt, occurredAt: event.occurredAt + arrivedAt - event.arrivedAt };
};

const messageOf = (event: EventInput, userId: string): Message => {
  const common = {
    messageId: event.messageId,
    userId,
    timestamp: new Date(event.occurredAt).toISOString(),
    receivedAt: new Date(event.arrivedAt).toISOString(),
  };
  return event.type === 'identify'
    ? { ...common, type: 'identify', traits: event.fields ?? {} }
    : { ...common, type: 'track', event: event.type, properties: event.properties };
};

/** The same history, with its first arrival at `start`, ms. */
export const shifted = ({ messages, until }: GeneratedHistories, start: number): GeneratedHistories => {
  const first = Date.parse(messages[0]?.receivedAt ?? '');
  const by = start - first;
  const move = (moment: string): string => new Date(Date.parse(moment) + by).toISOString();
  const traitsOf = ({ traits }: Message) =>
    isRecord(traits) && typeof traits['renewal'] === 'string'
      ? { traits: { ...traits, renewal: move(traits['renewal']) } }
      : {};
  /** A stretch of time whose points are undone. */
  const stretchOf = ({ event, properties }: Message) =>
    event === internalEvents.void && isRecord(properties)
      ? {
          properties: Object.fromEntries(
            Object.entries(properties).map(([name, value]) => [
              name,
              ['from', 'to'].includes(name) && typeof value === 'number' ? value + by : value,
            ]),
          ),
        }
      : {};
  return {
    messages: messages.map((message) => ({
      ...message,
      ...stretchOf(message),
      timestamp: move(message.timestamp),
      receivedAt: move(message.receivedAt),
      ...traitsOf(message),
    })),
    until: until + by,
  };
};

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** Fails unless scores were adjusted, points undone, runs held, maintenance done and schedules run so often, and points really went. */
export const expectHands = (messages: readonly Message[], { entries }: Books, atLeast: number): void => {
  const { adjust, void: undo, maintain, scheduled, holdRuns, releaseRuns } = internalEvents;
  for (const types of [[adjust], [undo], [maintain], [scheduled], [holdRuns, releaseRuns]])
    expect(
      messages.filter(({ event }) => types.some((type) => type === event)).length,
      types.join(' and '),
    ).toBeGreaterThanOrEqual(atLeast);
  for (const change of ['void', 'adjustment'])
    expect(entries.filter((line) => line.includes(`"change":"${change}"`)).length, change).toBeGreaterThanOrEqual(
      atLeast,
    );
};
