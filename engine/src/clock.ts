/** Where a process reads the present from: one per process, an argument everywhere else. */
export interface Clock {
  /** Whole milliseconds since 1970. */
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };
