import type { Browser } from 'playwright-core';

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds, by the clock and of the processor. */
  readonly dur?: number;
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/** Starts looking at what pages do. */
export const watchTasks = (browser: Browser): Promise<void> =>
  browser.startTracing(undefined, { categories: ['-*', 'disabled-by-default-devtools.timeline', '__metadata'] });

/** The longest task of any page's main thread since then, ms of the processor: other work on the machine does not count. */
export const longestTask = async (browser: Browser): Promise<number> => {
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString('utf8')) as { traceEvents: TraceEvent[] }; // Chromium's format.
  const key = ({ pid, tid }: TraceEvent): string => `${pid}/${tid}`;
  const mains = new Set(
    traceEvents.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain').map(key),
  );
  const tasks = traceEvents.filter((event) => event.ph === 'X' && event.name === 'RunTask' && mains.has(key(event)));
  if (tasks.length === 0) throw new Error('The trace holds no tasks of a page.');
  return tasks.reduce((longest, { dur = 0, tdur = dur }) => Math.max(longest, tdur / 1_000), 0);
};
