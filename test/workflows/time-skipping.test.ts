import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTimeSkippingEnvironment } from '../helpers/temporal.ts';

let environment: Awaited<ReturnType<typeof createTimeSkippingEnvironment>> | undefined;
beforeAll(async () => {
  environment = await createTimeSkippingEnvironment();
});
afterAll(() => environment?.teardown());

test('60 days pass on the time-skipping server in a moment', async () => {
  const days = 86_400_000;
  if (!environment) throw new Error('The server did not start.');
  const before = await environment.currentTimeMs();
  await environment.sleep(60 * days);
  expect((await environment.currentTimeMs()) - before).toBeGreaterThanOrEqual(60 * days);
});
