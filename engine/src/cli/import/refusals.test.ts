import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, onTestFinished, test } from 'vitest';
import { RefusalFile } from './refusals.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;
const heldBytes = (): number => {
  collectGarbage();
  return process.memoryUsage().heapUsed;
};

test('what is kept of refused rows is the rows, not the pieces of the file that they stood in', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'ripen-refusals-test-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  const refusals = new RefusalFile(join(directory, 'errors.csv'));
  const before = heldBytes();
  for (let line = 1; line <= 500; line++) {
    const piece = String(line).padStart(6, '0').repeat(10_000);
    await refusals.add({ file: 'a.csv', line, reason: 'has no timestamp', original: piece.slice(100, 300) });
  }
  // 500 pieces are 30 MB, 500 rows 100 KB.
  expect(heldBytes() - before).toBeLessThan(5_000_000);
  await refusals.close();
  expect(refusals.toKeep.take()?.[0]?.original).toHaveLength(200);
});
