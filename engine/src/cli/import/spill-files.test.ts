import { tmpdir } from 'node:os';
import { readdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ExternalSorter, type Sortable } from '@ripen/shared/import';
import { SpillFiles } from './spill-files.ts';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'ripen-sorter-test-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

const sortedBy = async (budget: number, items: Sortable[]): Promise<Sortable[]> => {
  const files = new SpillFiles(directory);
  const sorter = new ExternalSorter(files, budget);
  for (const item of items) await sorter.add(item);
  const out: Sortable[] = [];
  for await (const item of sorter.sorted()) out.push(item);
  await files.dispose();
  return out;
};

/** 2,000 items on 50 instants in a scrambled order that is the same every time. */
const items = Array.from({ length: 2_000 }, (_, index) => ({
  at: ((index * 7_919) % 50) - 10,
  text: `row ${index} \u2028 ü`,
}));

test.each([[1_000_000], [4_000], [100]])('sorts stably with a budget of %i bytes', async (budget) => {
  expect(await sortedBy(budget, items)).toEqual([...items].sort((a, b) => a.at - b.at));
});

test('leaves no files behind', async () => {
  await sortedBy(4_000, items);
  expect(await readdir(directory)).toEqual([]);
});
