import { dispatcherStart, laneStart, signals } from '@ripen/shared';
import type { WorkflowClient } from '@temporalio/client';
import type { Pokes } from '../lanes/deps.ts';

/** Pokes by signal-with-start: a lane or dispatcher that Temporal lost, or never had, is there again after one. */
export const createPokes = (client: WorkflowClient): Pokes => {
  const poke = async (start: typeof dispatcherStart | ReturnType<typeof laneStart>): Promise<void> => {
    const { workflowType, workflowId, taskQueue, args } = start;
    await client.signalWithStart(workflowType, { workflowId, taskQueue, args, signal: signals.poke });
  };
  return { lane: (lane) => poke(laneStart(lane)), dispatcher: () => poke(dispatcherStart) };
};
