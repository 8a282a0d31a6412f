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

/** Longer is not waited for at once: the workflow wakes up and waits on. */
const longestDelayMs = 365 * 86_400_000;

const saysSomething = ({ deliveries, asks }: RunArgs): boolean => deliveries.length > 0 || asks.length > 0;

/** How a run's workflow is started, whoever starts it. */
const runStart = (args: RunArgs) => ({
  workflowId: runWorkflowId(args.runId),
  taskQueue: taskQueues.runs,
  args: [args] as [RunArgs],
  typedSearchAttributes: [
    { key: keys.automation, value: args.automation },
    { key: keys.contact, value: args.contactId },
    { key: keys.status, value: args.waiting ? 'waiting' : 'completed' },
  ],
});

/** The hand on run workflows. Every call may be repeated: ids are the runs' own. */
export class RunWorkflows {
  readonly #client: WorkflowClient;

  constructor(client: WorkflowClient) {
    this.#client = client;
  }

  /**
   * Starts a run's workflow; one that is under way is left alone, one that ended may begin again: looking changes nothing. Where
   * all that there is to do is to wait, the server itself waits and the workflow's first step is the look when the wait is over:
   * half the work of one that starts only to set a timer. `now`: the present, ms.
   */
  async start(args: RunArgs, now: number): Promise<void> {
    const waitMs = args.waiting && !saysSomething(args) && args.until !== null ? args.until - now : 0;
    await unlessThere(() =>
      this.#client.start(workflowTypes.run, {
        ...runStart(args),
        ...(waitMs > 0 && { startDelay: Math.min(waitMs, longestDelayMs) }),
      }),
    );
  }

  /**
   * Says that the run changed. Where no workflow is under way, one is started if the run still waits or has something to say.
   * Only a signal that may start it wakes a workflow whose start the server still delays.
   */
  async signal(args: RunArgs): Promise<void> {
    const lives = args.waiting || saysSomething(args);
    await unlessThere(() =>
      this.#client.signalWithStart(workflowTypes.run, {
        ...runStart(args),
        signal: signals.lookAgain,
        workflowIdReusePolicy: lives ? 'ALLOW_DUPLICATE' : 'REJECT_DUPLICATE',
      }),
    );
  }

  /** Asks the run's workflow to cancel the run. False when no workflow of it is under way. */
  async cancel(runId: string): Promise<boolean> {
    try {
      await this.#client.getHandle(runWorkflowId(runId)).cancel();
      return true;
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return false;
      throw error;
    }
  }
}

const unlessThere = async (start: () => Promise<unknown>): Promise<void> => {
  try {
    await start();
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
};
