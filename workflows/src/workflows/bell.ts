import { condition } from '@temporalio/workflow';

/** Servers accept longer timers, but nothing is lost by looking once a year. */
const longestTimerMs = 365 * 86_400_000;

/** What a signal rings and a loop waits for. A ring while the loop works is kept until the loop answers it. */
export class Bell {
  #rung = false;

  ring(): void {
    this.#rung = true;
  }

  /** Says that the work which now begins sees everything that was rung for so far. */
  answer(): void {
    this.#rung = false;
  }

  /** Resolves when rung, or at the moment `at` (ms); null waits for a ring only. Throws when the workflow is cancelled. */
  async waitUntil(at: number | null): Promise<void> {
    if (at === null) return condition(() => this.#rung);
    while (!this.#rung) {
      const waitMs = at - Date.now();
      if (waitMs <= 0) return;
      await condition(() => this.#rung, Math.min(waitMs, longestTimerMs));
    }
  }
}
