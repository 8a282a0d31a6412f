import {
  runWorkflowId,
  searchAttributes,
  signals,
  taskQueues,
  workflowTypes,
  type RunArgs,
} from '@ripen/shared/contract';
import { WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError, type WorkflowClient } from '@temporalio/client';
import { defineSearchAttributeKey } from '@temporalio/common';

const keys = {
  automation: defineSearchAttributeKey(searchAttributes.automation, 'KEYWORD'),
  contact: defineSearchAttributeKey(searchAttributes.contact, 'KEYWORD'),
  status: defineSearchAttributeKey(searchAttributes.status, 'KEYWORD'),
};

/** The hand on run workflows. Every call may be repeated: ids are the runs' own. */
export class RunWorkflows {
  readonly #client: WorkflowClient;

  constructor(client: WorkflowClient) {
    this.#client = client;
  }

  /** Starts a run's workflow; one that is under way is left alone, one that ended may begin again: looking changes nothing. */
  async start(args: RunArgs): Promise<void> {
    try {
      await this.#client.start(workflowTypes.run, {
        workflowId: runWorkflowId(args.runId),
        taskQueue: taskQueues.runs,
        args: [args],
        typedSearchAttributes: [
          { key: keys.automation, value: args.automation },
          { key: keys.contact, value: args.contactId },
          { key: keys.status, value: args.waiting ? 'waiting' : 'completed' },
        ],
      });
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    }
  }

  /** Says that the run changed. False when no workflow of it is under way. */
  lookAgain(runId: string): Promise<boolean> {
    return this.#reach(() => this.#client.getHandle(runWorkflowId(runId)).signal(signals.lookAgain));
  }

  /** The same; where no workflow is under way, one is started if the run still waits or has something to say. */
  async signal(args: RunArgs): Promise<void> {
    if (await this.lookAgain(args.runId)) return;
    if (args.waiting || args.deliveries.length > 0 || args.asks.length > 0) await this.start(args);
  }

  /** Asks the run's workflow to cancel the run. False when no workflow of it is under way. */
  cancel(runId: string): Promise<boolean> {
    return this.#reach(() => this.#client.getHandle(runWorkflowId(runId)).cancel());
  }

  async #reach(call: () => Promise<unknown>): Promise<boolean> {
    try {
      await call();
      return true;
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return false;
      throw error;
    }
  }
}
