import { continueAsNew, proxyActivities } from '@temporalio/workflow';
import type { LaneArgs } from '@ripen/shared/contract';
import type { LaneActivities } from '../activities/lanes.ts';
import { drainLoop } from './drain-loop.ts';
import { drainOptions } from './options.ts';

const { drainLane } = proxyActivities<LaneActivities>(drainOptions);

/** Applies what arrives for a range of contact slots, and wakes when the next of its contacts falls due. Never ends. */
export async function lane(args: LaneArgs): Promise<void> {
  await drainLoop((now) => drainLane({ lane: args.lane, now }));
  await continueAsNew<typeof lane>(args);
}
