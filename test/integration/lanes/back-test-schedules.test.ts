import { carryOutEnrolment, endJob, enrolmentDue, runBackTest, runScheduled, startBackTest } from '@ripen/engine';
import { automationSchema, scheduleKey, type Automation, type BackTest, type Schedule } from '@ripen/shared';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { noTemporal } from '../../helpers/no-temporal.ts';
import { createWorld, dayMs, plainModel, type World } from './support.ts';

// Four weeks in which a schedule let contacts enter every Monday at 9 in Berlin (8 UTC), and somebody said *Run now* once.
const monday = Date.UTC(2026, 0, 5, 8);
const weeks = 4;
const now = monday + weeks * 7 * dayMs - dayMs;
const days = 15;
const from = now - days * dayMs;
const byHandAt = monday + 16 * dayMs;

const schedule = (...on: ('mon' | 'thu')[]): Schedule => ({
  every: 'week',
  on,
  at: '09:00',
  zone: 'Europe/Berlin',
});
const weekly = (when = schedule('mon'), atLeast = 4): Automation =>
  automationSchema.parse({
    ...{ kind: 'automation', id: 'weekly', name: 'Weekly' },
    triggers: [{ type: 'schedule', when, who: { kind: 'score', model: 'score', atLeast } }],
    nodes: [
      { id: 'add', type: 'add_points', settings: { model: 'score', points: 3 } },
      { id: 'rest', type: 'wait_time', settings: { duration: { amount: 2, unit: 'days' } } },
      { id: 'tag', type: 'add_label', settings: { label: 'reminded' } },
    ],
    edges: [
      { from: 'start', to: 'add' },
      { from: 'add', to: 'rest' },
      { from: 'rest', to: 'tag' },
    ],
  });

let world: World;
const door = () => ({ store: world.store, workflows: noTemporal });
const carryOut = async (at: number): Promise<void> => {
  const jobs = await world.rows<{ id: string }>(`select id from jobs where kind = 'enrolment' and status = 'running'`);
  for (const { id: jobId } of jobs) {
    await carryOutEnrolment(world.deps, { jobId, now: at });
    await endJob(world.store.pool, { jobId, status: 'completed', error: null });
  }
  await world.drain(at);
};

beforeEach(async () => {
  world = await createWorld();
  await world.publish([plainModel, weekly()], monday - 3 * dayMs);
  // 2 points for a page: the first is never meant, the second from its second page on, the third from the beginning.
  const ids = await Promise.all(['one', 'some', 'many'].map((name) => world.contact(name)));
  await world.accept(
    [[0], [0, 11], [0, 1, 2]].flatMap((viewed, n) =>
      viewed.map((day) => ({ contactId: ids[n] ?? '', type: 'page_viewed', at: monday - 2 * dayMs + day * dayMs })),
    ),
  );
  for (let week = 0; week < weeks; week++) {
    const at = monday + week * 7 * dayMs;
    await world.drain(at - 1);
    await enrolmentDue(door(), { automation: 'weekly', clock: scheduleKey(schedule('mon')), moment: `monday ${week}` });
    await carryOut(at);
    if (at > byHandAt || at + 7 * dayMs <= byHandAt) continue;
    await world.drain(byHandAt - 1);
    await runScheduled(door(), { automation: 'weekly', by: 'Ada' });
    await carryOut(byHandAt);
  }
  await world.drain(now);
});
afterEach(() => world[Symbol.asyncDispose]());

const backTest = async (draft: Automation): Promise<BackTest> => {
  const jobId = await startBackTest(door(), { draft, days, sample: null, now });
  await runBackTest(world.deps, { jobId });
  const [row] = await world.rows<{ result: BackTest }>('select result from jobs where id = $1', [jobId]);
  if (!row) throw new Error('There is no such job.');
  return row.result;
};

test('the live version with its own clock differs by nothing, and is what the rounds really did', async () => {
  const found = await backTest(weekly());
  expect(found.differ).toEqual({ contacts: 0, reasons: [], most: [] });
  expect(found.draft).toEqual(found.live);
  const [real] = await world.rows<{ runs: number; entered: number }>(
    `select count(*)::int as runs, count(distinct contact_id)::int as entered from runs where started_at >= $1`,
    [from],
  );
  // Two Mondays and once by hand, two contacts each.
  expect(real).toEqual({ runs: 6, entered: 2 });
  expect(found.live).toMatchObject(real ?? {});
});

test('a draft runs on its own clock and about its own people; what was run by hand stays on both sides', async () => {
  // In the window there are two Thursdays, too.
  const twice = await backTest(weekly(schedule('mon', 'thu')));
  expect([twice.live.runs, twice.draft.runs]).toEqual([6, 10]);
  expect(twice.draft.points).toEqual([{ model: 'score', points: 30 }]);
  const nobody = await backTest(weekly(schedule('mon'), 1_000));
  // Whom *Run now* is about was asked when it was said.
  expect([nobody.live.runs, nobody.draft.runs]).toEqual([6, 2]);
  expect(nobody.differ.contacts).toBe(2);
});
