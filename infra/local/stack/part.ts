import { setTimeout as delay } from 'node:timers/promises';
import type { Report } from '../home.ts';
import type { Exit } from '../process/child.ts';

/** Something running that can end by itself or be stopped. */
export interface Running {
  readonly exited: Promise<Exit>;
  stop(): Promise<void>;
}

/** One part of the stack: what it is called and how one life of it is started (ready when the promise resolves). */
export interface PartPlan {
  readonly name: string;
  readonly logPath: string;
  start(): Promise<Running>;
}

const firstPauseMs = 250;
const longestPauseMs = 30_000;
/** A part that lived this long starts over with the shortest pause. */
const settledMs = 60_000;

/** Waits, or ends at once when the signal comes; an argument so that tests need not wait. */
export type Pause = (waitMs: number, signal: AbortSignal) => Promise<void>;

const realPause: Pause = (waitMs, signal) => delay(waitMs, undefined, { signal }).catch(() => undefined);

/**
 * Keeps a part alive: when it ends without being asked, says so in one sentence and starts it again, with pauses that
 * double from 0.25 s to 30 s while it keeps failing.
 */
export class SupervisedPart {
  readonly #plan: PartPlan;
  readonly #report: Report;
  readonly #pause: Pause;
  readonly #stopping = new AbortController();
  #starting: Promise<Running> | undefined;
  #running: Running | undefined;
  #loop: Promise<void> = Promise.resolve();

  constructor(plan: PartPlan, report: Report, pause: Pause = realPause) {
    this.#plan = plan;
    this.#report = report;
    this.#pause = pause;
  }

  /** The first start. Rejects when it fails: a stack that never worked is not restarted for ever. */
  async start(): Promise<void> {
    this.#starting = this.#plan.start();
    this.#running = await this.#starting;
    this.#loop = this.#keepAlive(this.#running);
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    // A part that is still on its way up would be left behind; one that failed to start has told its caller.
    const first = await this.#starting?.catch(() => undefined);
    await (this.#running ?? first)?.stop();
    await this.#loop;
  }

  async #keepAlive(first: Running): Promise<void> {
    const { name, logPath } = this.#plan;
    let running = first;
    let pauseMs = firstPauseMs;
    for (;;) {
      const startedAt = performance.now();
      const exit = await running.exited;
      if (this.#stopping.signal.aborted) return;
      if (performance.now() - startedAt > settledMs) pauseMs = firstPauseMs;
      this.#report(`${name} ${exit.reason}; starting it again (log: ${logPath}).`);
      const next = await this.#startAgain(pauseMs);
      if (next === undefined) return;
      this.#report(`${name} is back.`);
      running = next;
      pauseMs = Math.min(pauseMs * 2, longestPauseMs);
    }
  }

  async #startAgain(firstPause: number): Promise<Running | undefined> {
    const { signal } = this.#stopping;
    for (let pauseMs = firstPause; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
      await this.#pause(pauseMs, signal);
      if (signal.aborted) return undefined;
      try {
        const running = await this.#plan.start();
        this.#running = running;
        // A stop that came during the start did not see it.
        if (signal.aborted) await running.stop();
        return running;
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        this.#report(`${this.#plan.name} did not start: ${reason} Trying again.`);
      }
    }
  }
}
