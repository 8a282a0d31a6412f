import { waitUntil } from '@ripen/infra';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { admin, openHouse, type House } from './support/house.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse(inject('chromiumPath'));
  await house.setUp();
}, 180_000);
afterAll(() => house.close());

interface Sample {
  unfinished: boolean;
  job: { done: number } | null;
}
const sample = (): Promise<Sample> => house.api.get<Sample>('/api/sample');

test('a load of the sample that was stopped goes on from the home page, or is given up there', async () => {
  await house.api.post('/api/sample', { contacts: 600 });
  const stop = async (after: number): Promise<void> => {
    const until = async (): Promise<boolean> => ((await sample()).job?.done ?? 0) > after;
    await waitUntil({ what: 'More of the sample', timeoutMs: 60_000, until });
    await house.api.post('/api/sample/cancel', {});
  };
  await stop(0);
  const context = await house.open(admin);
  const page = await context.newPage();
  await page.goto('/');
  const heading = page.getByRole('heading', { name: 'Part of the sample workspace is loaded' });
  await heading.waitFor();
  const { job } = await sample();
  await page.getByRole('button', { name: 'Load the rest' }).click();
  await page.getByRole('heading', { name: 'The sample workspace is being loaded' }).waitFor();
  await stop(job?.done ?? 0);
  await heading.waitFor();
  await page.getByRole('button', { name: 'Keep it as it is' }).click();
  await page.getByRole('heading', { name: 'Hottest leads' }).waitFor();
  expect(await sample()).toMatchObject({ offered: false, unfinished: false, job: { status: 'cancelled' } });
  await context.close();
});
