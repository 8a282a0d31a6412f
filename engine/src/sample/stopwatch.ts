/** Where the time of long work went, ms by part. */
export class Stopwatch {
  readonly laps: Record<string, number> = {};
  #since = performance.now();

  /** Adds the time since the last lap to a part. */
  lap(part: string): void {
    const now = performance.now();
    this.laps[part] = Math.round((this.laps[part] ?? 0) + now - this.#since);
    this.#since = now;
  }
}
