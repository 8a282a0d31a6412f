import type { LanesDone } from '../store/lanes.ts';

/** How many outbox rows an arrival asks for lately, as one process sees it. */
export interface Asking {
  /** What the lanes had done at the last look. */
  seen: LanesDone;
  perArrival: number;
}

/** Before the first look, which takes in all that lanes have ever done. */
export const firstAsking: Asking = { seen: { applied: 0, asked: 0 }, perArrival: 0 };

/** Lately: so many arrivals. Enough to see that one in a hundred starts a run, few enough to follow what senders send now. */
const latelyArrivals = 3_000;

/** Takes in what the lanes have done since. */
export const learnAsking = ({ seen, perArrival }: Asking, done: LanesDone): Asking => {
  const arrivals = done.applied - seen.applied;
  if (arrivals <= 0) return { seen: done, perArrival };
  const lately = Math.max(0, done.asked - seen.asked) / arrivals;
  return { seen: done, perArrival: lately + (perArrival - lately) * Math.exp(-arrivals / latelyArrivals) };
};
