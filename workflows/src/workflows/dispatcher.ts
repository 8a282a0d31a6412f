import { continueAsNew, proxyActivities } from '@temporalio/workflow';
import type { DispatcherArgs } from '@ripen/shared/contract';
import type { OutboxActivities } from '../activities/outbox.ts';
import { drainLoop } from './drain-loop.ts';
import { drainOptions } from './options.ts';

const { dispatch } = proxyActivities<OutboxActivities>(drainOptions);

/** Carries the outbox to Temporal: starts, signals and cancels run workflows. Sleeps and is poked like a lane. Never ends. */
export async function dispatcher(args: DispatcherArgs): Promise<void> {
  await drainLoop((now) => dispatch({ now }));
  await continueAsNew<typeof dispatcher>(args);
}
