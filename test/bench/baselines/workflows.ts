import { proxyActivities, sleep } from '@temporalio/workflow';

interface Activities {
  score(event: string): Promise<number>;
}

const { score } = proxyActivities<Activities>({ startToCloseTimeout: '1 minute' });

/** What a design with one workflow per event would run: one activity that does the work. */
export const perEvent = (event: string): Promise<number> => score(event);

/** A durable run at its barest: it only sleeps. */
export const sleeper = async (days: number): Promise<void> => {
  await sleep(`${days} days`);
};
