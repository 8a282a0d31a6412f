import { ApplicationFailure, Context } from '@temporalio/activity';
import { DeliveryError } from '../delivery/failure.ts';

export interface DeliveryActivities {
  /** One attempt at telling the outside. Fails when it was not taken; not retryable when trying again cannot help. */
  deliver(args: { deliveryId: string }): Promise<void>;
}

export interface DeliveryDeps {
  /** Throws DeliveryError when the outside did not take it. */
  attemptDelivery(deliveryId: string, now: number): Promise<void>;
}

export const createDeliveryActivities = (deps: DeliveryDeps): DeliveryActivities => ({
  deliver: async ({ deliveryId }) => {
    try {
      // The server's clock, like all moments that workflows hand to activities.
      await deps.attemptDelivery(deliveryId, Context.current().info.currentAttemptScheduledTimestampMs);
    } catch (error) {
      throw error instanceof DeliveryError ? asFailure(error) : error;
    }
  },
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
