import { loadavg } from 'node:os';
import { figureOf, type Figure } from './measure/figure.ts';
import { rows as allRows } from './rows/index.ts';
import { sizesOf } from './sizes.ts';
import { Stack } from './stack/stack.ts';

export interface BenchOptions {
  quick: boolean;
  /** In a workspace that uses everything; default: in the fixed workload's. */
  allOn?: boolean;
  /** Names of rows; empty: all. */
  only: readonly string[];
  /** For the servers' data; it is emptied. */
  dir: string;
  profileDir?: string;
  report: (sentence: string) => void;
}

/** Runs rows one after the other. What one started is shared by the next; everything is stopped at the end. */
export const runBench = async ({
  quick,
  allOn = false,
  only,
  dir,
  profileDir,
  report,
}: BenchOptions): Promise<Figure[]> => {
  const sizes = sizesOf(quick);
  const stack = new Stack({ dir, sizes, allOn, profileDir, report });
  const figures: Figure[] = [];
  try {
    for (const row of allRows.filter(({ name }) => only.length === 0 || only.includes(name))) {
      report(`${row.name}:`);
      const measured = await row.run({ sizes, stack, allOn, report: (sentence) => report(`  ${sentence}`) });
      figures.push(...measured.map((figure) => figureOf(figure, loadavg()[0] ?? 0)));
    }
  } finally {
    await stack.stop();
  }
  return figures;
};
