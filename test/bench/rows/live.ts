import { atCheckpoint, writeAlone } from '../baselines/postgres.ts';
import { liveRound, parts, type LiveRound } from '../measure/live.ts';
import { median } from '../measure/stats.ts';
import type { Row } from '../row.ts';

/** Workflows under way at once: enough to keep Temporal busy all the time. */
const saturatingClients = 64;

/**
 * Live events a second, beside one workflow per event and beside Postgres alone, round by round. The product itself bounds the
 * lag of runs, by 429: the rounds are long enough that what it allows to wait is a small part of them.
 */
export const liveRow: Row = {
  name: 'live',
  run: async ({ sizes, stack, report }) => {
    const product = await stack.product();
    const baseline = await stack.baseline();
    const lives: LiveRound[] = [];
    const workflows: number[] = [];
    const alones = [];
    await baseline.perEvent(Math.ceil(sizes.workflowsPerRound / 10), saturatingClients);
    for (let round = 0; round < sizes.rounds; round++) {
      const alone = await writeAlone(product.pool);
      await atCheckpoint(product.pool);
      const live = await liveRound(stack, sizes.liveEventsPerRound);
      lives.push(live);
      alones.push(await alone.run(live.events));
      workflows.push(await baseline.perEvent(sizes.workflowsPerRound, saturatingClients));
      report(
        `live ${Math.round(live.appliedPerSecond)}/s, with runs started ${Math.round(live.settledPerSecond)}/s, ` +
          `outbox lag at most ${(live.longestOutboxLagMs / 1000).toFixed(1)} s, ${live.refusals} refusals, ` +
          `Postgres alone ${Math.round(alones.at(-1)?.perSecond ?? 0)}/s, workflows ${Math.round(workflows.at(-1) ?? 0)}/s`,
      );
    }
    const measured = median(lives.map((live) => live.appliedPerSecond));
    const details = {
      'until applied, events/s': median(lives.map((live) => live.appliedPerSecond)),
      'until all runs were started, events/s': median(lives.map((live) => live.settledPerSecond)),
      'longest outbox lag, ms': Math.max(...lives.map((live) => live.longestOutboxLagMs)),
      'refusals (429)': lives.reduce((sum, live) => sum + live.refusals, 0),
      ...Object.fromEntries(
        parts.map((part) => [
          `${part}, microseconds of CPU per event`,
          median(lives.map((live) => live.cpuMicros[part])),
        ]),
      ),
    };
    return [
      {
        figure: 'live events, HTTP to ledger',
        beside: 'one workflow per event',
        unit: 'events/s',
        measured,
        besideMeasured: median(workflows),
        aim: { atLeast: 200 },
        details,
      },
      {
        figure: 'live events, HTTP to ledger',
        beside: 'Postgres alone, same rows',
        unit: 'events/s',
        measured,
        besideMeasured: median(alones.map((alone) => alone.perSecond)),
        aim: { atLeast: 1 / 3 },
        details: { 'rows per event': median(alones.map((alone) => alone.rowsPerEvent)) },
      },
    ];
  },
};
