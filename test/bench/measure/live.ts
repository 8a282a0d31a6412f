import { cpuMsOf } from '../stack/cpu.ts';
import { appliedSoFar, untilApplied, untilDispatched, watchOutbox } from '../stack/progress.ts';
import type { Stack } from '../stack/stack.ts';

/** One round of live events. */
export interface LiveRound {
  events: number;
  /** First request to last ledger entry committed. */
  appliedPerSecond: number;
  /** First request to last run started in Temporal too. */
  settledPerSecond: number;
  longestOutboxLagMs: number;
  refusals: number;
  /** What each part took of the processors for one event, microseconds. */
  cpuMicros: Record<Part, number>;
}

export const parts = ['API', 'worker', 'Postgres', 'Temporal'] as const;
type Part = (typeof parts)[number];

/** Sends events of the workload as fast as the API takes them, and waits until they are applied and carried out. */
export const liveRound = async (stack: Stack, events: number): Promise<LiveRound> => {
  const product = await stack.product();
  const sender = await stack.sender(product, { kind: 'events', count: events });
  const before = await appliedSoFar(product.pool);
  const longestLag = watchOutbox(product.pool);
  const { pids } = await stack.servers();
  const pidOf: Record<Part, number> = {
    API: product.apiPid(),
    worker: product.workerPid(),
    Postgres: pids.postgres,
    Temporal: pids.temporal,
  };
  const cpuBefore = parts.map((part) => cpuMsOf(pidOf[part]));
  const from = performance.now();
  const [{ refusals }] = await Promise.all([sender.go(), untilApplied(product.pool, before + events)]);
  const appliedMs = performance.now() - from;
  await untilDispatched(product.pool);
  const settledMs = performance.now() - from;
  const cpu = parts.map((part, index) => [part, ((cpuMsOf(pidOf[part]) - (cpuBefore[index] ?? 0)) * 1000) / events]);
  return {
    events,
    appliedPerSecond: (events * 1000) / appliedMs,
    settledPerSecond: (events * 1000) / settledMs,
    longestOutboxLagMs: await longestLag(),
    refusals,
    cpuMicros: Object.fromEntries(cpu) as Record<Part, number>,
  };
};
