import { describeError } from '../store/errors.ts';
import { forgetPoke, takeSleepers } from '../store/lanes.ts';
import { forgetDispatcherPoke, takeSleepingDispatcher } from '../store/dispatchers.ts';
import type { LaneDeps } from './deps.ts';

/**
 * Pokes the lanes of these slots that sleep. Call it after the transaction that gave them work has committed, never
 * inside: the drain commits *asleep* before it looks once more, so one of the two sees the other. A failed poke is logged
 * and left to the sweeper; accepting events does not depend on Temporal.
 */
export const wakeLanes = async (deps: Pick<LaneDeps, 'store' | 'pokes'>, slots: Iterable<number>): Promise<void> => {
  const lanes = await takeSleepers(deps.store.pool, slots);
  await Promise.all(
    lanes.map(async (lane) => {
      try {
        await deps.pokes.lane(lane);
      } catch (error) {
        deps.store.logger.warn({ lane, error: describeError(error) }, 'lane could not be woken');
        await forgetPoke(deps.store.pool, lane);
      }
    }),
  );
};

/** The same for the dispatcher, after a transaction that wrote outbox rows. */
export const wakeDispatcher = async (deps: Pick<LaneDeps, 'store' | 'pokes'>): Promise<void> => {
  if (!(await takeSleepingDispatcher(deps.store.pool))) return;
  try {
    await deps.pokes.dispatcher();
  } catch (error) {
    deps.store.logger.warn({ error: describeError(error) }, 'dispatcher could not be woken');
    await forgetDispatcherPoke(deps.store.pool);
  }
};
