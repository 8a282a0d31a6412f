import { setTimeout as pause } from 'node:timers/promises';
import { closeImport, dispatchOutbox, endJob, giveUpSample, loadSample, startSample, systemClock } from '@ripen/engine';
import { afterEach, expect, test } from 'vitest';
import { booksOf, expectSameBooks } from '../../helpers/books.ts';
import { openWorkspace, type Workspace } from '../../helpers/workspace.ts';

/** Fixed, so that two loads have the same history; live events are dated by the clock, and stay the same messages. */
const now = Date.now();
const contacts = 120;
const hooksAt = 'http://127.0.0.1:9';

const opened: Workspace[] = [];
afterEach(async () => {
  for (const workspace of opened.splice(0)) await workspace.close();
});

const open = async (): Promise<Workspace> => {
  const workspace = await openWorkspace([]);
  opened.push(workspace);
  return workspace;
};

/** Starts no workflow: the tests load by themselves. */
const start = ({ deps }: Workspace): Promise<string> =>
  startSample(
    { store: deps.store, workflows: { start: () => Promise.resolve({} as never) } }, // Nobody looks at its handle.
    { contacts, hooksAt, now },
  );

/** Lanes and dispatcher work while something else is done. */
const working = async <T>(workspace: Workspace, work: () => Promise<T>): Promise<T> => {
  let over = false;
  const lanes = (async () => {
    while (!over) {
      await workspace.drain(Date.now());
      await dispatchOutbox(workspace.deps, { now: Date.now() }, nobody);
      await pause(2);
    }
  })();
  try {
    return await work();
  } finally {
    over = true;
    await lanes;
  }
};
const nobody = { start: () => Promise.resolve(), signal: () => Promise.resolve() };

const load = (workspace: Workspace, jobId: string, signal = new AbortController().signal): Promise<void> =>
  working(workspace, () => loadSample(workspace.deps, { jobId, clock: systemClock, signal }));

const rows = async <T extends object>({ deps }: Workspace, query: string): Promise<T[]> =>
  (await deps.store.pool.query<T>(query)).rows;
const doneOf = async (workspace: Workspace): Promise<number> =>
  (await rows<{ done: number }>(workspace, 'select done from jobs order by created_at desc'))[0]?.done ?? 0;

/** Aborts once so many events were taken in, as the end of a worker does. */
const loadUpTo = async (workspace: Workspace, jobId: string, events: number): Promise<void> => {
  const stopping = new AbortController();
  const loading = load(workspace, jobId, stopping.signal).catch((error: unknown) => error);
  while ((await doneOf(workspace)) < events) await pause(5);
  stopping.abort();
  expect(await loading).toBeInstanceOf(Error);
};

/** What was loaded: live events and what follows from them depend on when they came. */
const history = async (workspace: Workspace) => {
  await workspace.drain(Date.now());
  const { entries, moves } = await booksOf(workspace.deps.store.pool);
  const past = (line: string): boolean =>
    (JSON.parse(line) as { at: string }).at < new Date(now - 3_600_000).toISOString();
  return { entries: entries.filter(past), moves: moves.filter(past) };
};

const end = ({ deps }: Workspace, jobId: string, status: 'completed' | 'failed' | 'cancelled'): Promise<void> =>
  endJob(deps.store.pool, { jobId, status, error: null });

const held = 'select 1 from contacts where held_by is not null';

test('whoever goes on with a load that was stopped, cancelled or failed ends with the same books', async () => {
  const [whole, stopped] = [await open(), await open()];
  await load(whole, await start(whole));
  const first = await start(stopped);
  await loadUpTo(stopped, first, 300);
  await loadUpTo(stopped, first, 1_200);
  await end(stopped, first, 'cancelled');
  const done = await doneOf(stopped);
  const second = await start(stopped);
  expect([second === first, await doneOf(stopped)]).toEqual([false, done]);
  await loadUpTo(stopped, second, 1_500);
  await end(stopped, second, 'failed');
  await load(stopped, await start(stopped));
  expect(await doneOf(stopped)).toBe(await doneOf(whole));
  expect(await rows(stopped, 'select status from imports')).toEqual([{ status: 'closed' }]);
  const leads = 'select id, status, reason, value from leads where at < $1 order by id'.replace(
    '$1',
    String(now - 3_600_000),
  );
  expect(await rows(stopped, leads)).toEqual(await rows(whole, leads));
  expectSameBooks(await history(stopped), await history(whole), 'Stopped three times and whole');
});

test('it is loaded once at a time, and only where there are no other contacts', async () => {
  const workspace = await open();
  const jobId = await start(workspace);
  await expect(start(workspace)).rejects.toThrow('is being loaded already');
  await load(workspace, jobId);
  await end(workspace, jobId, 'completed');
  await expect(start(workspace)).rejects.toThrow('The workspace has contacts');
  expect(await rows(workspace, 'select status from imports')).toEqual([{ status: 'closed' }]);
  expect(await giveUpSample(workspace.deps)).toBe(false);
});

test('what was loaded waits for the rest, and goes on living when that is given up', async () => {
  const workspace = await open();
  const jobId = await start(workspace);
  await loadUpTo(workspace, jobId, 400);
  await end(workspace, jobId, 'cancelled');
  await workspace.drain(Date.now());
  expect(await rows(workspace, held)).not.toEqual([]);
  await working(workspace, () => giveUpSample(workspace.deps));
  await workspace.drain(Date.now());
  expect(await rows(workspace, 'select status, error from jobs')).toEqual([{ status: 'cancelled', error: null }]);
  expect(await rows(workspace, 'select status from imports')).toEqual([{ status: 'cancelled' }]);
  expect(await rows(workspace, held)).toEqual([]);
  await expect(start(workspace)).rejects.toThrow('The workspace has contacts');
  expect(await giveUpSample(workspace.deps)).toBe(false);
  await load(workspace, jobId);
  expect(await doneOf(workspace)).toBeLessThan(1_000);
});

test('where somebody closed its load half-way, the rest goes into another', async () => {
  const workspace = await open();
  const first = await start(workspace);
  await loadUpTo(workspace, first, 400);
  await end(workspace, first, 'failed');
  const [importId] = (await rows<{ id: string }>(workspace, 'select id from imports')).map(({ id }) => id);
  await working(workspace, () => closeImport(workspace.deps, { importId: importId ?? '' }));
  await load(workspace, await start(workspace));
  expect(await rows(workspace, 'select status from imports')).toEqual([{ status: 'closed' }, { status: 'closed' }]);
  expect(await rows(workspace, held)).toEqual([]);
  expect(await doneOf(workspace)).toBeGreaterThan(1_200);
});
