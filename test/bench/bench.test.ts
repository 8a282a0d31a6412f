import { rmSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { runBench } from './bench.ts';
import { tableOf } from './measure/table.ts';

const dir = mkdtempSync(join(tmpdir(), 'ripen-bench-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

// A hundredth of the sizes on a busy machine says nothing about speed; it says that every row still measures something.
it('measures every figure of the table', async () => {
  const said: string[] = [];
  const figures = await runBench({ quick: true, only: [], dir, report: (sentence) => said.push(sentence) });
  expect(figures.map(({ figure, beside }) => `${figure} / ${beside}`)).toMatchInlineSnapshot(`
    [
      "core, one thread / JSON.parse of the same",
      "core, with a half-life / JSON.parse of the same",
      "next event after 1,000 events / after 100",
      "next event after 1,000 events / after 100",
      "explanation, 1,000 entries / 100 entries",
      "back-test of 10,000 events / the core alone, once through",
      "memory while it plays 10,000 events / 2,000",
      "list pages, 10,000 contacts, 100,000 runs, p99 / 8,000 contacts, 1,000 runs",
      "count of a segment, 12,000 contacts / count(*) of the same contacts",
      "live events, HTTP to ledger / one workflow per event",
      "live events, HTTP to ledger / Postgres alone, same rows",
      "event to score, lane awake, p50 / a workflow with an activity",
      "event to score, lane asleep, p50 / a workflow with an activity",
      "durable runs, event to workflow / bare workflow.start",
      "due lookup, 10,000 clocks / 100 clocks",
      "1,000 clocks due at once / live events",
      "worker memory after 10,000 events / after 2,000",
      "api memory after 10,000 events / after 2,000",
      "rebuild from history, beside 500 live events/s / Postgres alone, same rows",
      "worker memory at the end of a rebuild / after a fifth of it",
      "CSV of 10 MB, file to scored contacts / reading and sorting it alone",
      "command memory, CSV of 10 MB / a fifth of it",
      "worker memory, CSV of 10 MB / a fifth of it",
      "api memory, CSV of 10 MB / a fifth of it",
      "canvas of 30 steps, script and layout, p95 / 10 steps",
      "its longest task / one that is felt",
    ]
  `);
  for (const { figure, measured, besideMeasured, ratio } of figures) {
    expect({ figure, positive: measured > 0 && besideMeasured > 0 && Number.isFinite(ratio) }).toEqual({
      figure,
      positive: true,
    });
  }
  expect(tableOf(figures).split('\n').length).toBeGreaterThan(figures.length);
});

it('measures the core and live events in a workspace that uses everything', async () => {
  const figures = await runBench({ quick: true, allOn: true, only: ['core', 'live'], dir, report: () => undefined });
  expect(figures.map(({ figure, ratio }) => [figure, ratio > 0])).toEqual([
    ['core, one thread, all switched on', true],
    ['core, and seven more rules', true],
    ['live events, HTTP to ledger', true],
    ['live events, HTTP to ledger', true],
  ]);
});
