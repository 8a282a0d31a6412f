import type { Writable } from 'node:stream';

/** Tells people how far long work is: on a terminal in place, elsewhere a line every ten seconds. Never blocks the work. */
export class Progress {
  readonly #stream: Writable;
  readonly #live: boolean;
  readonly #startedAt = performance.now();
  #saidAt = 0;

  constructor(stream: Writable) {
    this.#stream = stream;
    this.#live = 'isTTY' in stream && stream.isTTY === true;
  }

  update(what: string, done: number, total?: number): void {
    const now = performance.now();
    if (now - this.#saidAt < (this.#live ? 200 : 10_000) || (this.#saidAt === 0 && now - this.#startedAt < 200)) return;
    this.#saidAt = now;
    const share =
      total === undefined || total === 0 ? '' : ` of ${grouped(total)} (${Math.floor((done / total) * 100)} %)`;
    const text = `${what}: ${grouped(done)}${share}`;
    this.#stream.write(this.#live ? `\r\u001b[2K${text}` : `${text}\n`);
  }

  /** Clears what stands in place, so that the next line starts clean. */
  finish(): void {
    if (this.#live && this.#saidAt > 0) this.#stream.write('\r\u001b[2K');
  }
}

/** 131572 -> 131,572 */
export const grouped = (value: number): string => value.toLocaleString('en-US');

/** 1 event, 131,572 events */
export const counted = (count: number, one: string): string => `${grouped(count)} ${one}${count === 1 ? '' : 's'}`;
