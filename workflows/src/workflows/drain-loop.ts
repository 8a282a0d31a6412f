import { defineSignal, setHandler } from '@temporalio/workflow';
import { signals } from '@ripen/shared/contract';
import type { Drained } from '../activities/drained.ts';
import { Bell } from './bell.ts';
import { handlersDrained, historyIsLong } from './long-history.ts';

/** A drain that did nothing although something is due (it is held back) is not repeated before this. */
const idlePauseMs = 1_000;

/**
 * Drains, sleeps until the next due moment or a poke, and drains again, until its history is long. The caller then
 * continues as new; the successor drains first, so a poke that came meanwhile is not lost.
 */
export const drainLoop = async (drain: (now: number) => Promise<Drained>): Promise<void> => {
  const bell = new Bell();
  setHandler(defineSignal(signals.poke), () => bell.ring());
  while (!historyIsLong()) {
    bell.answer();
    const { applied, nextDueAt } = await drain(Date.now());
    const earliest = applied > 0 ? 0 : Date.now() + idlePauseMs;
    await bell.waitUntil(nextDueAt === null ? null : Math.max(nextDueAt, earliest));
  }
  await handlersDrained();
};
