import {
  archiveDefinition,
  pauseAutomation,
  publishDefinitions,
  rebuildContact,
  resumeAutomation,
  tellInFlight,
  unarchiveAutomation,
} from '@ripen/engine';
import { definitionSchema } from '@ripen/shared';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createWorld, type World } from './support.ts';
import { flow, model, startAt } from './week-flow.ts';

const dayMs = 86_400_000;

let world: World;
let ids: string[];
beforeEach(async () => {
  world = await createWorld();
  await world.publish([model, flow(5)], startAt);
  ids = await Promise.all(['ada', 'ben'].map((name) => world.contact(name)));
  await world.accept(ids.map((contactId) => ({ contactId, type: 'asked', at: startAt })));
  await world.drain(startAt);
  await world.dispatch(startAt);
});
afterEach(() => world[Symbol.asyncDispose]());

const told = async ({ jobId }: { jobId: string | null }, now: number): Promise<void> => {
  if (jobId === null) throw new Error('Nobody had to be told.');
  await tellInFlight(world.deps, { jobId, now });
  await world.drain(now);
};
const pause = (waitingRuns: 'finish' | 'hold' | 'cancel', now: number) =>
  pauseAutomation(world.deps, { id: 'flow', waitingRuns, now });
const runs = () =>
  world.rows<{ status: string; until: number | null; held: boolean }>(
    `select distinct status, until, coalesce(waiting ? 'held', false) as held from runs`,
  );
const given = () => world.rows<{ at: number; points: number }>('select distinct at, points::int as points from ledger');
const status = async (): Promise<string | null> =>
  (
    await world.rows<{ endedBy: string | null }>(
      `select ended_by as "endedBy" from definitions where kind = 'automation' order by from_revision desc limit 1`,
    )
  )[0]?.endedBy ?? null;

test('those inside a paused automation finish, without being told', async () => {
  expect(await pause('finish', startAt + dayMs)).toMatchObject({ jobId: null });
  await world.drain(startAt + 20 * dayMs);
  expect(await given()).toEqual([{ at: startAt + 7 * dayMs, points: 5_000_000 }]);
});

test('those held wait until it goes on, and go on where they were', async () => {
  await told(await pause('hold', startAt + dayMs), startAt + dayMs);
  expect(await runs()).toEqual([{ status: 'waiting', until: null, held: true }]);
  expect((await world.dispatch(startAt + dayMs)).filter((said) => said.startsWith('signal:'))).toHaveLength(2);
  await world.drain(startAt + 30 * dayMs);
  expect(await given()).toEqual([]);

  await told(await resumeAutomation(world.deps, { id: 'flow', now: startAt + 30 * dayMs }), startAt + 30 * dayMs);
  expect(await given()).toEqual([{ at: startAt + 30 * dayMs, points: 5_000_000 }]);
  // A replay holds and releases them again.
  for (const contactId of ids) await rebuildContact(world.deps, { contactId, now: startAt + 31 * dayMs });
  expect(
    await world.rows(
      `select l.at, count(*)::int as entries from ledger l
       join contacts c on c.id = l.contact_id and l.generation = (c.state->>'generation')::int group by l.at`,
    ),
  ).toEqual([{ at: startAt + 30 * dayMs, entries: 2 }]);
  expect(await runs()).toEqual([{ status: 'completed', until: null, held: false }]);
});

test('another version that is published lets them go on, on their own version', async () => {
  await told(await pause('hold', startAt + dayMs), startAt + dayMs);
  const { jobs } = await publishDefinitions(world.deps, [definitionSchema.parse(flow(50))], startAt + 2 * dayMs);
  expect(jobs).toHaveLength(1);
  await told({ jobId: jobs[0] ?? null }, startAt + 2 * dayMs);
  await world.drain(startAt + 20 * dayMs);
  expect(await given()).toEqual([{ at: startAt + 7 * dayMs, points: 5_000_000 }]);
});

test('pausing can take them out; what was given stays', async () => {
  await told(await pause('cancel', startAt + dayMs), startAt + dayMs);
  expect(await runs()).toEqual([{ status: 'cancelled', until: null, held: false }]);
});

test('archiving lets those finish who were held, or takes them out; it comes back paused', async () => {
  await told(await pause('hold', startAt + dayMs), startAt + dayMs);
  const archive = { kind: 'automation', id: 'flow', now: startAt + 2 * dayMs } as const;
  await told(await archiveDefinition(world.deps, { ...archive, waitingRuns: 'finish' }), startAt + 2 * dayMs);
  expect(await status()).toBe('archived');
  await expect(resumeAutomation(world.deps, { id: 'flow', now: startAt })).rejects.toThrow('is archived');
  await world.drain(startAt + 20 * dayMs);
  expect(await given()).toEqual([{ at: startAt + 7 * dayMs, points: 5_000_000 }]);

  await unarchiveAutomation(world.deps, { id: 'flow', now: startAt + 21 * dayMs });
  expect(await status()).toBe('paused');
  await expect(unarchiveAutomation(world.deps, { id: 'flow', now: startAt })).rejects.toThrow('not archived');
  expect(await resumeAutomation(world.deps, { id: 'flow', now: startAt + 22 * dayMs })).toMatchObject({ version: 1 });
  await expect(unarchiveAutomation(world.deps, { id: 'none', now: startAt })).rejects.toThrow('none');
});

test('archiving takes those inside out unless asked', async () => {
  const archived = await archiveDefinition(world.deps, { kind: 'automation', id: 'flow', now: startAt + dayMs });
  await told(archived, startAt + dayMs);
  expect(await runs()).toEqual([{ status: 'cancelled', until: null, held: false }]);
});
