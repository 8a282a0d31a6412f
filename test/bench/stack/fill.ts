import type { Product } from './product.ts';
import { appliedSoFar, untilApplied, untilDispatched } from './progress.ts';
import type { Stack } from './stack.ts';

/** Bodies that are in memory at once. */
const chunk = 100_000;

/** Sends so many events of the workload as fast as the API takes them, and waits until they are applied and carried out. */
export const sendEvents = async (
  stack: Stack,
  product: Product,
  count: number,
  report: (sentence: string) => void,
): Promise<void> => {
  for (let sent = 0; sent < count;) {
    const size = Math.min(chunk, count - sent);
    const sender = await stack.sender(product, { kind: 'events', count: size });
    const applied = await appliedSoFar(product.pool);
    await sender.go();
    await untilApplied(product.pool, applied + size);
    sent += size;
    report(`${sent} of ${count} events`);
  }
  await untilDispatched(product.pool);
};
