import { setTimeout as pause } from 'node:timers/promises';
import type { Accepted } from '@ripen/shared';

export interface Sendable {
  userId: string;
}

export interface SendersOptions {
  url: string;
  writeKey: string;
  /** An open historical load that the events belong to. */
  importId?: string;
  messages: readonly Sendable[];
  /** How many send at once; each contact has one. */
  width: number;
  batchSize: number;
}

const retryAfterMs = 50;
const patienceMs = 20_000;

/**
 * Sends messages in order, one sender per contact, as a good client does: what was not answered is sent again, the very
 * same, until it is. Only as much is sent as was released.
 */
export class Senders {
  readonly #options: SendersOptions;
  readonly #loops: Promise<void>;
  #released = 0;
  #wake: (() => void)[] = [];
  #stopped = false;
  /** Events that were answered for. */
  acknowledged = 0;
  /** Attempts that failed in passing. */
  failures = 0;

  constructor(options: SendersOptions) {
    this.#options = options;
    this.#loops = Promise.all(partition(options.messages, options.width).map((messages) => this.#send(messages))).then(
      () => undefined,
    );
    this.#loops.catch(() => undefined); // `done` tells.
  }

  /** Lets so many more events go out, over all senders. */
  release(events: number): void {
    this.#released += events;
    for (const wake of this.#wake.splice(0)) wake();
  }

  /** What is released and not answered for yet. */
  get underWay(): number {
    return Math.min(this.#released, this.#options.messages.length) - this.acknowledged;
  }

  /** Resolves when everything was answered for; rejects when an event was refused. */
  async done(): Promise<void> {
    this.release(Infinity);
    await this.#loops;
  }

  stop(): void {
    this.#stopped = true;
    this.release(0);
  }

  async #send(messages: readonly Sendable[]): Promise<void> {
    const share = messages.length / this.#options.messages.length;
    for (let start = 0; start < messages.length;) {
      while (!this.#stopped && start >= Math.ceil(this.#released * share))
        await new Promise<void>((resolve) => this.#wake.push(resolve));
      if (this.#stopped) return;
      const batch = messages.slice(start, Math.min(start + this.#options.batchSize, Math.ceil(this.#released * share)));
      await this.#untilAnswered(batch);
      start += batch.length;
      this.acknowledged += batch.length;
    }
  }

  async #untilAnswered(batch: readonly Sendable[]): Promise<void> {
    while (!this.#stopped) {
      const answer = await this.#once(batch).catch(() => null);
      if (answer) {
        if (answer.errors.length > 0)
          throw new Error(`Events were refused: ${JSON.stringify(answer.errors.slice(0, 3))}`);
        if (answer.accepted + answer.duplicates !== batch.length)
          throw new Error(`${batch.length} events were answered as ${JSON.stringify(answer)}.`);
        return;
      }
      this.failures++;
      await pause(retryAfterMs);
    }
  }

  /** Null when it should be sent again. */
  async #once(batch: readonly Sendable[]): Promise<Accepted | null> {
    const { url, writeKey, importId } = this.#options;
    const response = await fetch(`${url}/v1/batch`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Basic ${Buffer.from(`${writeKey}:`).toString('base64')}`,
      },
      body: JSON.stringify({ batch, ...(importId === undefined ? {} : { importId }) }),
      signal: AbortSignal.timeout(patienceMs),
    });
    const text = await response.text();
    if (response.status === 429 || response.status >= 500) return null;
    if (!response.ok) throw new Error(`A batch was answered ${response.status}: ${text}`);
    return JSON.parse(text) as Accepted; // The route documents its answer.
  }
}

/** By contact, so that each has one sender and keeps its order. */
const partition = (messages: readonly Sendable[], width: number): Sendable[][] => {
  const parts = Array.from({ length: width }, (): Sendable[] => []);
  const places = new Map<string, number>();
  for (const message of messages) {
    const place = places.get(message.userId) ?? places.size % width;
    places.set(message.userId, place);
    parts[place]?.push(message);
  }
  return parts.filter((part) => part.length > 0);
};
