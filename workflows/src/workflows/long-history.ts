import { allHandlersFinished, condition, workflowInfo } from '@temporalio/workflow';

/**
 * Histories are replayed whole when a worker has lost its cache, so they are kept far below the server's warning at
 * 10,240 events: a replay of this many takes a moment.
 */
const longHistoryEvents = 2_000;

/** Whether it is time to continue as new. */
export const historyIsLong = (): boolean => {
  const { historyLength, continueAsNewSuggested } = workflowInfo();
  return continueAsNewSuggested || historyLength >= longHistoryEvents;
};

/** Nothing that a signal began is cut off by continuing as new. */
export const handlersDrained = (): Promise<void> => condition(allHandlersFinished);
