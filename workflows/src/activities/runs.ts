import { Context } from '@temporalio/activity';
import type { RunLook } from '@ripen/shared/contract';

export interface RunActivities {
  /** Resolves the run's wait through its contact's lane if it is over, and says what the run is now. */
  lookAgain(args: { runId: string; now: number }): Promise<RunLook>;
  /** Decides what the run asked; the answer comes back as a recorded event. */
  ask(args: { askId: string; now: number }): Promise<void>;
  /** Records that no more attempts at a delivery will be made. */
  giveUpDelivery(args: { deliveryId: string; error: string }): Promise<void>;
  /** Asks the run's contact to end it; nothing when it has ended. */
  cancelRun(args: { runId: string; now: number }): Promise<void>;
}

export interface RunDeps extends Omit<RunActivities, 'giveUpDelivery'> {
  /** One attempt; throws DeliveryError when the outside did not take it. */
  attemptDelivery(deliveryId: string, now: number): Promise<void>;
  giveUpDelivery(deliveryId: string, error: string, now: number): Promise<void>;
}

export const createRunActivities = (deps: Omit<RunDeps, 'attemptDelivery'>): RunActivities => ({
  lookAgain: (args) => deps.lookAgain(args),
  ask: (args) => deps.ask(args),
  cancelRun: (args) => deps.cancelRun(args),
  giveUpDelivery: ({ deliveryId, error }) =>
    deps.giveUpDelivery(deliveryId, error, Context.current().info.scheduledTimestampMs),
});
