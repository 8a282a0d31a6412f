import type { Row } from '../row.ts';
import { readSettledMemory } from '../stack/memory.ts';
import { appliedSoFar, untilApplied, untilDispatched } from '../stack/progress.ts';

const chunk = 100_000;
const mebibyte = 2 ** 20;

/** What worker and API hold after a million events, beside what they held after 200,000, on fresh processes. */
export const memoryRow: Row = {
  name: 'memory',
  run: async ({ sizes, stack, report }) => {
    const product = await stack.product();
    await product.restart();
    let sent = 0;
    const sendUntil = async (total: number): Promise<void> => {
      while (sent < total) {
        const count = Math.min(chunk, total - sent);
        const sender = await stack.sender(product, { kind: 'events', count });
        const applied = await appliedSoFar(product.pool);
        await sender.go();
        await untilApplied(product.pool, applied + count);
        sent += count;
        report(`${sent} events`);
      }
      await untilDispatched(product.pool);
    };
    const read = async () => ({
      worker: await readSettledMemory(product.workerPid()),
      api: await readSettledMemory(product.apiPid()),
    });
    await sendUntil(sizes.memoryEvents.first);
    const first = await read();
    await sendUntil(sizes.memoryEvents.last);
    const last = await read();
    return (['worker', 'api'] as const).map((part) => ({
      figure: `${part} memory after ${sizes.memoryEvents.last.toLocaleString('en-US')} events`,
      beside: `after ${sizes.memoryEvents.first.toLocaleString('en-US')}`,
      unit: 'MB',
      measured: last[part].rss / mebibyte,
      besideMeasured: first[part].rss / mebibyte,
      aim: { atMost: 1.1 },
      details: { 'heap, MB': last[part].heapUsed / mebibyte, 'heap before, MB': first[part].heapUsed / mebibyte },
    }));
  },
};
