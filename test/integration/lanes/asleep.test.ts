import { drainLane, readLanes, type Pokes } from '@ripen/engine';
import { expect, test } from 'vitest';
import { createWorld, plainModel, startAt, type World } from './support.ts';

/** Pokes as Temporal keeps them: a lane drains one at a time, and a poke that comes meanwhile makes it drain once more. */
const laneWorkflows = (world: () => World, lingerMs: number) => {
  const rung = new Map<number, boolean>();
  const running: Promise<void>[] = [];
  let pokes = 0;
  const run = async (lane: number): Promise<void> => {
    for (; rung.get(lane);) {
      rung.set(lane, false);
      await drainLane(world().deps, { lane, now: startAt + 1, batchSize: 5, lingerMs });
    }
    rung.delete(lane);
  };
  const lane = (n: number): Promise<void> => {
    pokes++;
    const idle = !rung.has(n);
    rung.set(n, true);
    if (idle) running.push(run(n));
    return Promise.resolve();
  };
  const settled = async (): Promise<void> => {
    for (let done = 0; done < running.length; done++) await running[done];
  };
  return { pokes: { lane, dispatcher: () => Promise.resolve() } satisfies Pokes, settled, count: () => pokes };
};

test.each([{ lingerMs: 0 }, { lingerMs: 3 }])(
  'no wake-up is lost between ingest and lanes that go to sleep ($lingerMs ms linger)',
  async ({ lingerMs }) => {
    let workflows: ReturnType<typeof laneWorkflows> | undefined;
    await using world = await createWorld((self) => (workflows = laneWorkflows(self, lingerMs)).pokes);
    await world.publish([plainModel], startAt);
    const contacts = await Promise.all(Array.from({ length: 16 }, (_, n) => world.contact(`c${n}`)));
    const sender = async (contactId: string): Promise<void> => {
      for (let sent = 0; sent < 30; sent++) await world.accept([{ contactId, type: 'page_viewed', at: startAt }]);
    };
    await Promise.all(contacts.map(sender));
    await workflows?.settled();
    // No sweeper, no later poke: everything was applied because every wake-up got through.
    expect(await world.rows('select 1 from inbox')).toEqual([]);
    expect(await world.rows('select count(*)::int as entries from ledger')).toEqual([{ entries: 480 }]);
    expect(await world.rows('select 1 from lanes where not asleep')).toEqual([]);
  },
);

test('one poke is outstanding per lane', async () => {
  const poked: number[] = [];
  await using world = await createWorld(() => ({
    lane: async (lane) => void poked.push(lane),
    dispatcher: () => Promise.resolve(),
  }));
  await world.publish([plainModel], startAt);
  const contactId = await world.contact('c');
  for (let sent = 0; sent < 5; sent++) await world.accept([{ contactId, type: 'page_viewed', at: startAt }]);
  expect(poked).toHaveLength(1);
  await world.drain(startAt);
  await world.accept([{ contactId, type: 'page_viewed', at: startAt }]);
  expect(poked).toHaveLength(2);
});

test('a poke that fails is forgotten, so that the next arrival pokes again', async () => {
  let tries = 0;
  await using world = await createWorld(() => ({
    lane: () => Promise.reject(new Error(`down ${++tries}`)),
    dispatcher: () => Promise.resolve(),
  }));
  await world.publish([plainModel], startAt);
  const contactId = await world.contact('c');
  for (let sent = 0; sent < 2; sent++) await world.accept([{ contactId, type: 'page_viewed', at: startAt }]);
  expect(tries).toBe(2);
  expect(world.said).toContain('lane could not be woken');
});

test('an awake lane hears of new arrivals at once', async () => {
  await using world = await createWorld();
  await world.publish([plainModel], startAt);
  const contactId = await world.contact('c');
  const [first] = (await readLanes(world.store.pool)).filter(() => true);
  if (!first) throw new Error('There are lanes.');
  const stop = new AbortController();
  const lanes = await readLanes(world.store.pool);
  const applied = new Promise<void>((resolve) => {
    for (const { lane } of lanes) {
      void drainLane(world.deps, {
        lane,
        now: startAt,
        lingerMs: 60_000,
        signal: stop.signal,
        onProgress: () => resolve(),
      });
    }
  });
  await expect.poll(() => world.rows('select 1 from lanes where asleep')).toEqual([]);
  const began = performance.now();
  await world.accept([{ contactId, type: 'page_viewed', at: startAt }]);
  await applied;
  expect(performance.now() - began).toBeLessThan(5_000);
  stop.abort();
  await expect
    .poll(() => world.rows('select count(*)::int as n from lanes where asleep'))
    .toEqual([{ n: lanes.length }]);
});
