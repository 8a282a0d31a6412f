import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Exit } from '../process/child.ts';
import { SupervisedPart } from './part.ts';

/** A part whose lives the test ends itself, and whose pauses are over at once unless `hold` is true. */
function setUp({ failing = [], hold = false }: { failing?: readonly number[]; hold?: boolean } = {}) {
  const said: string[] = [];
  const pauses: number[] = [];
  const lives: { end: () => void; stopped: boolean }[] = [];
  let starts = 0;
  const start = async () => {
    if (failing.includes(++starts)) throw new Error(`Start ${starts} failed.`);
    const { promise, resolve } = Promise.withResolvers<Exit>();
    const life = { end: () => resolve({ reason: 'exited with code 1', lastLines: [] }), stopped: false };
    lives.push(life);
    const stop = async (): Promise<void> => {
      life.stopped = true;
      life.end();
    };
    return { exited: promise, stop };
  };
  const pause = async (waitMs: number, signal: AbortSignal): Promise<void> => {
    pauses.push(waitMs);
    if (hold && !signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve));
  };
  const plan = { name: 'Worker', logPath: 'worker.log', start };
  return { part: new SupervisedPart(plan, (line) => said.push(line), pause), said, pauses, lives };
}

test('a part that dies is reported in one sentence and started again', async () => {
  const { part, said, lives } = setUp();
  await part.start();
  lives[0]?.end();
  await turn();
  expect(lives).toHaveLength(2);
  expect(said).toEqual(['Worker exited with code 1; starting it again (log: worker.log).', 'Worker is back.']);
});

test('while it keeps failing, the pauses double', async () => {
  const { part, said, pauses, lives } = setUp({ failing: [2, 3, 4] });
  await part.start();
  lives[0]?.end();
  await turn();
  expect(pauses).toEqual([250, 500, 1000, 2000]);
  expect(said.filter((line) => line.includes('did not start'))).toHaveLength(3);
  expect(lives).toHaveLength(2);
});

test('one that dies again soon after a restart is given a longer pause', async () => {
  const { part, pauses, lives } = setUp();
  await part.start();
  for (let life = 0; life < 12; life++) {
    lives[life]?.end();
    await turn();
  }
  expect(pauses.slice(0, 3)).toEqual([250, 500, 1000]);
  expect(pauses.at(-1)).toBe(30_000);
});

test('a stopped part stays down, and says nothing', async () => {
  const { part, said, pauses, lives } = setUp();
  await part.start();
  await part.stop();
  expect(lives.map(({ stopped }) => stopped)).toEqual([true]);
  expect([said, pauses]).toEqual([[], []]);
});

test('a stop during the pause before a restart ends the waiting', async () => {
  const { part, lives } = setUp({ hold: true });
  await part.start();
  lives[0]?.end();
  await turn();
  await part.stop();
  expect(lives).toHaveLength(1);
});

test('a first start that fails is for the caller to tell', async () => {
  const { part, said } = setUp({ failing: [1] });
  await expect(part.start()).rejects.toThrow('Start 1 failed.');
  expect(said).toEqual([]);
});

test('one that is still on its way up is stopped too', async () => {
  const { part, lives } = setUp();
  const starting = part.start();
  await part.stop();
  await starting;
  expect(lives.map(({ stopped }) => stopped)).toEqual([true]);
});
