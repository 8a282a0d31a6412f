import { ApplicationFailure } from '@temporalio/activity';
import type { RunLook } from '@ripen/shared/contract';
import { DeliveryError } from '../delivery/failure.ts';

export interface RunActivities {
  /** Resolves the run's wait through its contact's lane if it is over, and says what the run is now. */
  lookAgain(args: { runId: string; now: number }): Promise<RunLook>;
  /** Decides what the run asked; the answer comes back as a recorded event. */
  ask(args: { askId: string; now: number }): Promise<void>;
  /** One attempt at telling the outside. Fails when it was not taken; not retryable when trying again cannot help. */
  deliver(args: { deliveryId: string }): Promise<void>;
  /** Records that no more attempts will be made. */
  giveUpDelivery(args: { deliveryId: string; error: string }): Promise<void>;
  /** Asks the run's contact to end it; nothing when it has ended. */
  cancelRun(args: { runId: string; now: number }): Promise<void>;
}

export interface RunDeps extends Omit<RunActivities, 'deliver' | 'giveUpDelivery'> {
  attemptDelivery(deliveryId: string): Promise<void>;
  giveUpDelivery(deliveryId: string, error: string): Promise<void>;
}

export const createRunActivities = (deps: RunDeps): RunActivities => ({
  lookAgain: (args) => deps.lookAgain(args),
  ask: (args) => deps.ask(args),
  cancelRun: (args) => deps.cancelRun(args),
  deliver: async ({ deliveryId }) => {
    try {
      await deps.attemptDelivery(deliveryId);
    } catch (error) {
      throw error instanceof DeliveryError ? asFailure(error) : error;
    }
  },
  giveUpDelivery: ({ deliveryId, error }) => deps.giveUpDelivery(deliveryId, error),
});

const asFailure = (error: DeliveryError): ApplicationFailure =>
  ApplicationFailure.create({
    message: error.message,
    type: error.name,
    nonRetryable: error.permanent,
    // The receiver is what is broken: no stack trace in the log for each attempt.
    category: 'BENIGN',
    ...(error.retryAfterMs === null ? {} : { nextRetryDelay: error.retryAfterMs }),
  });
