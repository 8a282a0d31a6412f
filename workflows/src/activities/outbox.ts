import { withHeartbeats } from './attempt.ts';
import type { Drained } from './drained.ts';

export interface OutboxActivities {
  /** Carries out what stands in the outbox. */
  dispatch(args: { now: number }): Promise<Drained>;
}

export interface OutboxDeps {
  dispatch(args: { now: number; signal: AbortSignal }): Promise<Drained>;
  drainAtMostMs: number;
}

export const createOutboxActivities = (deps: OutboxDeps): OutboxActivities => ({
  dispatch: (args) => withHeartbeats((signal) => deps.dispatch({ ...args, signal }), deps.drainAtMostMs),
});
