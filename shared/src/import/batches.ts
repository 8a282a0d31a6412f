import { mostAccountsAtOnce } from '../contract/api-accounts.ts';
import { maxBatchBytes, maxBatchEvents } from '../contract/api-tracking.ts';

/** Below the server's limits, with room for what surrounds the events. */
const mostBytes = maxBatchBytes - 32_000;
const mostEvents = Math.min(2_000, maxBatchEvents);

const utf8 = new TextEncoder();

/** Whether a message would make a batch larger than it may be. */
export class BatchRoom {
  readonly #most: number;
  #events = 0;
  #bytes = 0;

  constructor(most = mostEvents) {
    this.#most = most;
  }

  /** For what is said of accounts. */
  static ofAccounts(): BatchRoom {
    return new BatchRoom(mostAccountsAtOnce);
  }

  /** Takes a message in and says true, or leaves it for the next batch. The first always fits. */
  admits(json: string): boolean {
    const size = utf8.encode(json).length + 1;
    if (this.#events > 0 && (this.#events >= this.#most || this.#bytes + size > mostBytes)) return false;
    this.#events++;
    this.#bytes += size;
    return true;
  }

  empty(): void {
    this.#events = 0;
    this.#bytes = 0;
  }
}
