import { CancellationScope, condition, sleep } from '@temporalio/workflow';

/** Servers accept longer timers, but nothing is lost by looking once a year. */
const longestTimerMs = 365 * 86_400_000;

interface Alarm {
  readonly at: number;
  readonly scope: CancellationScope;
}

/**
 * What a signal rings and a loop waits for. A ring while the loop works is kept until the loop answers it.
 *
 * The timer of a wait stays through rings, and is replaced only by an earlier one: a lane that is poked a hundred times before
 * its next due moment starts one timer, not a hundred, and none is cancelled just as it fires.
 */
export class Bell {
  #rung = false;
  #alarm: Alarm | null = null;

  ring(): void {
    this.#rung = true;
  }

  /** Says that the work which now begins sees everything that was rung for so far. */
  answer(): void {
    this.#rung = false;
  }

  /** Resolves when rung, or at the moment `at` (ms); null waits for a ring only. Throws when the workflow is cancelled. */
  async waitUntil(at: number | null): Promise<void> {
    while (!this.#rung && (at === null || at > Date.now())) {
      if (at !== null) this.#set(at);
      const alarm = this.#alarm;
      await condition(() => this.#rung || this.#alarm !== alarm);
    }
  }

  #set(at: number): void {
    if (this.#alarm !== null && this.#alarm.at <= at) return;
    this.#alarm?.scope.cancel();
    const alarm: Alarm = { at, scope: new CancellationScope() };
    this.#alarm = alarm;
    const over = (): void => {
      if (this.#alarm === alarm) this.#alarm = null;
    };
    // A timer that is cancelled rejects: it was replaced, or its workflow was cancelled, which waits hear by themselves.
    alarm.scope.run(() => sleep(Math.min(at - Date.now(), longestTimerMs))).then(over, over);
  }
}
