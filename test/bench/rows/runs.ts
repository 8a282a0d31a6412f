import { median } from '../measure/stats.ts';
import type { Row } from '../row.ts';
import { appliedSoFar, untilApplied, untilDispatched } from '../stack/progress.ts';

const saturatingClients = 64;

/** Durable runs started a second, from the event that starts them to the workflow in Temporal, beside bare starts. */
export const runsRow: Row = {
  name: 'runs',
  run: async ({ sizes, stack, report }) => {
    const product = await stack.product();
    const baseline = await stack.baseline();
    const count = sizes.durableRunsPerRound;
    const runs: number[] = [];
    const starts: number[] = [];
    await baseline.startSleepers(Math.ceil(count / 10), saturatingClients);
    for (let round = 0; round < sizes.rounds; round++) {
      const sender = await stack.sender(product, { kind: 'trials', count, first: round * count });
      const applied = await appliedSoFar(product.pool);
      const from = performance.now();
      await sender.go();
      await untilApplied(product.pool, applied + count);
      await untilDispatched(product.pool);
      runs.push((count * 1000) / (performance.now() - from));
      starts.push(await baseline.startSleepers(count, saturatingClients));
      report(`runs ${Math.round(runs.at(-1) ?? 0)}/s, bare starts ${Math.round(starts.at(-1) ?? 0)}/s`);
    }
    return [
      {
        figure: 'durable runs, event to workflow',
        beside: 'bare workflow.start',
        unit: 'starts/s',
        measured: median(runs),
        besideMeasured: median(starts),
        aim: { atLeast: 0.7 },
      },
    ];
  },
};
