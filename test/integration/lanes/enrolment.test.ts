import { carryOutEnrolment, endJob, enrolmentDue, pauseAutomation, runScheduled } from '@ripen/engine';
import {
  definitionSchema,
  definitionsOf,
  internalEvents,
  scheduleKey,
  type DefinitionInput,
  type Schedule,
} from '@ripen/shared';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { booksOf, expectSameBooks } from '../../helpers/books.ts';
import { noTemporal } from '../../helpers/no-temporal.ts';
import { recordedArrivals } from '../../helpers/workspace.ts';
import { simulate } from '../../law/support/simulate.ts';
import { createWorld, dayMs, plainModel, startAt, visitorsOf, type World } from './support.ts';

const now = startAt + 5 * dayMs;
const when: Schedule = { every: 'week', on: ['mon'], at: '09:00', zone: 'Europe/Berlin' };
const clock = scheduleKey(when);
const weekly: DefinitionInput = {
  ...{ kind: 'automation', id: 'weekly', name: 'Weekly' },
  triggers: [{ type: 'schedule', when, who: { kind: 'score', model: 'score', atLeast: 4 } }],
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
};
const door = () => ({ store: world.store, workflows: noTemporal });

let world: World;
beforeEach(async () => {
  world = await createWorld();
  await world.publish([plainModel, weekly], startAt);
});
afterEach(() => world[Symbol.asyncDispose]());

const visitors = (views: readonly number[]) => visitorsOf(world, views, now);
const jobs = () =>
  world.rows<{ id: string; status: string; by: string | null; schedule: string | null; result: unknown }>(
    `select id, status, input->>'by' as by, input->>'schedule' as schedule, result from jobs where kind = 'enrolment' order by created_at`,
  );
const runs = () => world.rows<{ n: number }>(`select count(*)::int as n from runs where automation = 'weekly'`);
const carryOut = async (jobId: string, at = now): Promise<void> => {
  await carryOutEnrolment(world.deps, { jobId, now: at });
  await endJob(world.store.pool, { jobId, status: 'completed', error: null });
  await world.drain(at);
};

test('those whom it is about enter, once for a moment, whatever is told and tried again', async () => {
  await visitors([1, 2, 5]);
  for (let times = 0; times < 3; times++)
    await enrolmentDue(door(), { automation: 'weekly', clock, moment: 'automation.weekly-monday' });
  const [job] = await jobs();
  expect(await jobs()).toEqual([
    expect.objectContaining({ status: 'running', by: null, schedule: 'every Monday at 09:00, Europe/Berlin' }),
  ]);
  const attempts = await Promise.allSettled(
    [1, 2, 3].map(() => carryOutEnrolment(world.deps, { jobId: job?.id ?? '', now })),
  );
  expect(attempts.some(({ status }) => status === 'fulfilled')).toBe(true);
  await carryOut(job?.id ?? '');
  expect((await jobs())[0]?.result).toEqual({ members: 2, changed: 2, held: 0 });
  expect(await runs()).toEqual([{ n: 2 }]);
  expect(await world.rows(`select 1 from events where type = $1`, [internalEvents.scheduled])).toHaveLength(2);
});

test('Run now lets them enter again; the books are what the recorded arrivals simulate', async () => {
  await visitors([2, 3]);
  await carryOut(await runScheduled(door(), { automation: 'weekly', by: 'Ada' }));
  await carryOut(await runScheduled(door(), { automation: 'weekly', by: 'Ada' }), now + dayMs);
  expect(await runs()).toEqual([{ n: 4 }]);
  const until = now + 10 * dayMs;
  await world.drain(until);
  const definitions = definitionsOf([plainModel, weekly].map((document) => definitionSchema.parse(document)));
  const arrivals = await recordedArrivals(world.store.pool);
  const simulated = simulate({ definitions, messages: arrivals, until, answers: 'recorded' });
  expect(simulated.deadLetters).toEqual([]);
  expectSameBooks(await booksOf(world.store.pool), simulated.books, 'Lived and simulated');
});

test('one round at a time; a moment of a schedule that is gone, or of a paused automation, begins nothing', async () => {
  await visitors([2]);
  const first = await runScheduled(door(), { automation: 'weekly', by: 'Ada' });
  await expect(runScheduled(door(), { automation: 'weekly', by: 'Ben' })).rejects.toThrow(/under way already/);
  await enrolmentDue(door(), { automation: 'weekly', clock, moment: 'monday' });
  await endJob(world.store.pool, { jobId: first, status: 'completed', error: null });
  await enrolmentDue(door(), { automation: 'weekly', clock: 'another', moment: 'tuesday' });
  expect((await jobs()).map(({ by, status }) => [by, status])).toEqual([
    ['Ada', 'completed'],
    [null, 'cancelled'],
  ]);
  await pauseAutomation(world.deps, { id: 'weekly', waitingRuns: 'finish', now });
  await enrolmentDue(door(), { automation: 'weekly', clock, moment: 'wednesday' });
  expect(await jobs()).toHaveLength(2);
  await expect(runScheduled(door(), { automation: 'weekly', by: 'Ada' })).rejects.toThrow('live automation');
});

test('an automation without a schedule cannot be run now: it says what to do', async () => {
  await world.publish([{ ...weekly, triggers: [{ type: 'manual' }] }], now);
  await expect(runScheduled(door(), { automation: 'weekly', by: 'Ada' })).rejects.toThrow(/Add that trigger first/);
});
