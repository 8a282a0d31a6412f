import { CancellationScope, continueAsNew, defineSignal, isCancellation, setHandler } from '@temporalio/workflow';
import { signals, type RunArgs } from '@ripen/shared/contract';
import { Bell } from './bell.ts';
import { handlersDrained, historyIsLong } from './long-history.ts';
import { RunLife } from './run-life.ts';

/**
 * Holds one run of an automation that waits or has something to say to the outside. Starts from its arguments alone, so a
 * run that only waits costs no activity until its wait is over. What the run is, Postgres says: this wakes up and looks.
 */
export async function run(args: RunArgs): Promise<void> {
  const bell = new Bell();
  setHandler(defineSignal(signals.lookAgain), () => bell.ring());
  const life = new RunLife(args, bell);
  try {
    while (!(await life.pass())) {
      if (!historyIsLong() || !life.canContinueAsNew) continue;
      await handlersDrained();
      await continueAsNew<typeof run>(life.args());
    }
  } catch (error) {
    if (!isCancellation(error)) throw error;
    // Cancelled in Temporal: the contact's books must say so too. What was already said to the outside stands.
    await CancellationScope.nonCancellable(() => life.cancel());
    throw error;
  }
}
