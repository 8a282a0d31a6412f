/** Beyond this, what was seen of requests counts half: senders change. */
const rememberBytes = 8 * 1024 * 1024;

/** Requests that are let in, and how many arrivals they are likely to bring by their size: that is known only when they are read. */
export class Intake {
  /** Bytes let in whose arrivals the last look cannot have seen. */
  #unseenBytes = 0;
  #underWayBytes = 0;
  #seen = { bytes: 0, arrivals: 0 };

  letIn(bytes: number): void {
    this.#underWayBytes += bytes;
    this.#unseenBytes += bytes;
  }

  /** It is over, and its arrivals, if any, are there. */
  leave(bytes: number): void {
    this.#underWayBytes -= bytes;
    this.#seen.bytes += bytes;
    if (this.#seen.bytes < rememberBytes) return;
    this.#seen = { bytes: this.#seen.bytes / 2, arrivals: this.#seen.arrivals / 2 };
  }

  took(arrivals: number): void {
    this.#seen.arrivals += arrivals;
  }

  /** Somebody looks at what is there by now. */
  look(): void {
    this.#unseenBytes = this.#underWayBytes;
  }

  /** Whether there is room for one more with so many arrivals left to come; for the first there always is. */
  fits(bytes: number, arrivals: number): boolean {
    if (this.#unseenBytes === 0 || this.#seen.bytes === 0) return true;
    return ((this.#unseenBytes + bytes) * this.#seen.arrivals) / this.#seen.bytes <= arrivals;
  }
}
