import { readProgress, untilApplied, untilDispatched } from '../stack/progress.ts';
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
  const before = await readProgress(product.pool);
  let longestOutboxLagMs = 0;
  const watch = ({ outboxLagMs }: { outboxLagMs: number }): void => {
    longestOutboxLagMs = Math.max(longestOutboxLagMs, outboxLagMs);
  };
  const from = performance.now();
  const sending = sender.go();
  const applied = untilApplied(product.pool, before.applied + events, watch);
  const { refusals } = (await Promise.all([sending, applied]))[0];
  const appliedMs = performance.now() - from;
  await untilDispatched(product.pool, watch);
  const settledMs = performance.now() - from;
  return {
    events,
    appliedPerSecond: (events * 1000) / appliedMs,
    settledPerSecond: (events * 1000) / settledMs,
    longestOutboxLagMs,
    refusals,
  };
};
