import type { Duplex } from 'node:stream';
import { allows, liveTopics, type LiveChange, type LiveTopic } from '@ripen/shared';
import type { Principal } from '../auth/principal.ts';

/** What may wait for a reader who does not keep up, bytes, before the line is cut. It comes back and hears what it missed. */
const mostWaitingBytes = 64 * 1024;

export interface Change {
  topic: LiveTopic;
  ids: readonly string[] | null;
}

/** A change as it is sent. */
export const changeText = (id: string, { topic, ids }: Change): string => {
  const data: LiveChange = ids === null ? { topic } : { topic, ids: [...ids] };
  return `id: ${id}\nevent: change\ndata: ${JSON.stringify(data)}\n\n`;
};

/** Something was missed: ask for everything again. */
export const gapText = (id: string): string => `id: ${id}\nevent: gap\ndata: {}\n\n`;

/** How long a browser waits before it comes back, and where it is, without an event. */
export const welcomeText = (id: string): string => `retry: 2000\nid: ${id}\n\n`;

const heartbeatText = ': still here\n\n';

/** One open stream: who reads it, and what of it they may know. */
export class Reader {
  readonly #line: Duplex;
  readonly #again: () => Promise<Principal | null>;
  principal: Principal;

  constructor(line: Duplex, principal: Principal, again: () => Promise<Principal | null>) {
    this.#line = line;
    this.principal = principal;
    this.#again = again;
  }

  may(topic: LiveTopic): boolean {
    return allows(this.principal.permissions, liveTopics[topic]);
  }

  send(text: string): void {
    if (this.#line.destroyed || this.#line.writableEnded) return;
    this.#line.write(text);
    if (this.#line.writableLength + this.#line.readableLength > mostWaitingBytes) this.#line.destroy();
  }

  heartbeat(): void {
    this.send(heartbeatText);
  }

  /** Ends the stream of somebody who was signed out, or may read nothing any more. */
  async check(): Promise<void> {
    const found = await this.#again();
    if (found === null) this.end();
    else this.principal = found;
  }

  end(): void {
    this.#line.end();
  }
}
