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
}

/** Sends events of the workload as fast as the API takes them, and waits until they are applied and carried out. */
export const liveRound = async (stack: Stack, events: number): Promise<LiveRound> => {
  const product = await stack.product();
  const sender = await stack.sender(product, { kind: 'events', count: events });
  const before = await appliedSoFar(product.pool);
  const longestLag = watchOutbox(product.pool);
  const from = performance.now();
  const [{ refusals }] = await Promise.all([sender.go(), untilApplied(product.pool, before + events)]);
  const appliedMs = performance.now() - from;
  await untilDispatched(product.pool);
  const settledMs = performance.now() - from;
  return {
    events,
    appliedPerSecond: (events * 1000) / appliedMs,
    settledPerSecond: (events * 1000) / settledMs,
    longestOutboxLagMs: await longestLag(),
    refusals,
  };
};
