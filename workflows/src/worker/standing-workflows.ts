import { dispatcherStart, laneStart, laneCount } from '@ripen/shared/contract';
import { WorkflowExecutionAlreadyStartedError, type WorkflowClient } from '@temporalio/client';

/** Starts the lanes and the dispatcher where they are missing; those that are there are left alone. */
export const startStandingWorkflows = async (client: WorkflowClient): Promise<void> => {
  const lanes = Array.from({ length: laneCount }, (_, lane) => laneStart(lane));
  for (const { workflowType, ...options } of [...lanes, dispatcherStart]) {
    try {
      await client.start(workflowType, options);
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    }
  }
};

/**
 * Tells one Temporal database from another: the first of the dispatcher's chain of runs, which continuing as new does not
 * change. It is another after the database was lost, or the dispatcher ended by hand.
 */
export const temporalIdentity = async (client: WorkflowClient): Promise<string> => {
  const { raw, runId } = await client.getHandle(dispatcherStart.workflowId).describe();
  return raw.workflowExecutionInfo?.firstRunId || runId;
};
