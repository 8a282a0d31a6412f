import { maxBatchBytes, maxBatchEvents } from '../contract/api-tracking.ts';

/** Below the server's limits, with room for what surrounds the events. */
const mostBytes = maxBatchBytes - 32_000;
const mostEvents = Math.min(2_000, maxBatchEvents);

const utf8 = new TextEncoder();

/** Whether a message would make a batch larger than it may be. */
export class BatchRoom {
  #events = 0;
  #bytes = 0;

  /** Takes a message in and says true, or leaves it for the next batch. The first always fits. */
  admits(json: string): boolean {
    const size = utf8.encode(json).length + 1;
    if (this.#events > 0 && (this.#events >= mostEvents || this.#bytes + size > mostBytes)) return false;
    this.#events++;
    this.#bytes += size;
    return true;
  }

  empty(): void {
    this.#events = 0;
    this.#bytes = 0;
  }
}
