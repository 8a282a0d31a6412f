import { setTimeout as pause } from 'node:timers/promises';

export interface WaitFor<T> {
  /** What is waited for, as in "Postgres at db:5432": the start of a sentence. */
  what: string;
  attempt: () => Promise<T>;
  /** Hears a sentence when it does not work at once, and again every so often. */
  tell: (sentence: string) => void;
  signal: AbortSignal;
}

const firstPauseMs = 200;
const longestPauseMs = 5_000;
const tellEveryMs = 15_000;

/** Tries until it works, ever less often. Rejects only when the signal aborts. */
export const waitFor = async <T>({ what, attempt, tell, signal }: WaitFor<T>): Promise<T> => {
  let toldAt = -Infinity;
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
    signal.throwIfAborted();
    try {
      return await attempt();
    } catch (error) {
      if (performance.now() - toldAt >= tellEveryMs) {
        toldAt = performance.now();
        tell(`${what} is not ready yet (${reasonOf(error)}). Trying again.`);
      }
    }
    await pause(pauseMs, undefined, { signal });
  }
};

const reasonOf = (error: unknown): string => {
  if (error instanceof AggregateError) return reasonOf(error.errors[0]);
  return error instanceof Error ? error.message || error.name : String(error);
};
