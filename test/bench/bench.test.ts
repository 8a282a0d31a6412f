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
  expect(figures.map(({ figure, beside }) => `${figure} / ${beside}`)).toMatchInlineSnapshot();
  for (const { figure, measured, besideMeasured, ratio } of figures) {
    expect({ figure, positive: measured > 0 && besideMeasured > 0 && Number.isFinite(ratio) }).toEqual({
      figure,
      positive: true,
    });
  }
  expect(tableOf(figures).split('\n').length).toBeGreaterThan(figures.length);
});
