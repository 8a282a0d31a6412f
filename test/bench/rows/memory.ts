import type { Row } from '../row.ts';
import { sendEvents } from '../stack/fill.ts';
import { readSettledMemory } from '../stack/memory.ts';

const mebibyte = 2 ** 20;

/** What worker and API hold after a million events, beside what they held after 200,000, on fresh processes. */
export const memoryRow: Row = {
  name: 'memory',
  run: async ({ sizes, stack, report }) => {
    const product = await stack.product();
    await product.restart();
    const read = async () => ({
      worker: await readSettledMemory(product.workerPid()),
      api: await readSettledMemory(product.apiPid()),
    });
    const { first: few, last: many } = sizes.memoryEvents;
    await sendEvents(stack, product, few, report);
    const first = await read();
    await sendEvents(stack, product, many - few, report);
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
