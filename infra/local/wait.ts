import { setTimeout as delay } from 'node:timers/promises';

/** What to wait for: how to look, how long, and what the time-out says. */
export interface Wait {
  /** Returns true when the wait is over. A throw counts as "not yet"; its message ends up in the time-out's. */
  readonly until: () => Promise<boolean>;
  /** What was waited for, as the subject of a sentence: "Postgres". */
  readonly what: string;
  readonly timeoutMs: number;
  /** Returns a sentence when waiting longer is pointless, such as when the process is gone. */
  readonly failed?: () => string | undefined;
  readonly everyMs?: number;
}

/** Polls until the condition holds. Throws one sentence with the last reason when it does not in time. */
export async function waitUntil({ until, what, timeoutMs, failed, everyMs = 50 }: Wait): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  let reason = 'it never answered';
  for (;;) {
    try {
      if (await until()) return;
    } catch (error) {
      reason = error instanceof Error ? error.message || error.name : String(error);
    }
    const gone = failed?.();
    if (gone !== undefined) throw new Error(gone);
    if (performance.now() > deadline) {
      throw new Error(`${what} was not ready after ${Math.round(timeoutMs / 1000)} s: ${reason}.`);
    }
    await delay(everyMs);
  }
}
