import { withHeartbeats } from './attempt.ts';
import type { Drained } from './drained.ts';

export interface LaneActivities {
  /** Applies everything that waits in a lane and everything of its contacts due by `now` (ms). */
  drainLane(args: { lane: number; now: number }): Promise<Drained>;
}

export interface LaneDeps {
  /** Stops early, in good order, when the signal aborts; what is left is then due at once. */
  drainLane(args: { lane: number; now: number; signal: AbortSignal }): Promise<Drained>;
  /** After this a drain hands back, so that the next one brings the present along. */
  drainAtMostMs: number;
}

export const createLaneActivities = (deps: LaneDeps): LaneActivities => ({
  drainLane: (args) => withHeartbeats((signal) => deps.drainLane({ ...args, signal }), deps.drainAtMostMs),
});
