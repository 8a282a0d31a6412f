import { setTimeout as pause } from 'node:timers/promises';
import { dispatchOutbox, endSample, loadSample, startSample, systemClock } from '@ripen/engine';
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
  (await rows<{ done: number }>(workspace, 'select done from jobs'))[0]?.done ?? 0;

/** Aborts once so many events were taken in, as the end of a worker does. */
const loadUpTo = async (workspace: Workspace, jobId: string, events: number): Promise<void> => {
  const stopping = new AbortController();
  const loading = load(workspace, jobId, stopping.signal).catch((error: unknown) => error);
  while ((await doneOf(workspace)) < events) await pause(5);
  stopping.abort();
  expect(await loading).toBeInstanceOf(Error);
};

/** What was loaded: live events and what follows from them depend on when they came. */
const history = async ({ deps }: Workspace) => {
  const { entries, moves } = await booksOf(deps.store.pool);
  const past = (line: string): boolean =>
    (JSON.parse(line) as { at: string }).at < new Date(now - 3_600_000).toISOString();
  return { entries: entries.filter(past), moves: moves.filter(past) };
};

test('whoever goes on with a load that was stopped ends with the same books', async () => {
  const [whole, stopped] = [await open(), await open()];
  await load(whole, await start(whole));
  const jobId = await start(stopped);
  await loadUpTo(stopped, jobId, 300);
  await loadUpTo(stopped, jobId, 1_200);
  await load(stopped, jobId);
  expect(await doneOf(stopped)).toBe(await doneOf(whole));
  const leads = 'select id, status, reason, value from leads where at < $1 order by id'.replace(
    '$1',
    String(now - 3_600_000),
  );
  expect(await rows(stopped, leads)).toEqual(await rows(whole, leads));
  expectSameBooks(await history(stopped), await history(whole), 'Stopped twice and whole');
});

test('it is loaded once at a time, and only where there are no contacts', async () => {
  const workspace = await open();
  const jobId = await start(workspace);
  await expect(start(workspace)).rejects.toThrow('is being loaded already');
  await load(workspace, jobId);
  await endSample(workspace.deps, { jobId, status: 'completed', error: null });
  await expect(start(workspace)).rejects.toThrow('The workspace has contacts');
  expect(await rows(workspace, 'select status from imports')).toEqual([{ status: 'closed' }]);
});

test('what was loaded before it was cancelled goes on living', async () => {
  const workspace = await open();
  const jobId = await start(workspace);
  await loadUpTo(workspace, jobId, 400);
  await working(workspace, () => endSample(workspace.deps, { jobId, status: 'cancelled', error: null }));
  await workspace.drain(Date.now());
  expect(await rows(workspace, 'select status, error from jobs')).toEqual([{ status: 'cancelled', error: null }]);
  expect(await rows(workspace, 'select status from imports')).toEqual([{ status: 'cancelled' }]);
  expect(await rows(workspace, 'select 1 from contacts where held_by is not null')).toEqual([]);
  await load(workspace, jobId);
  expect(await doneOf(workspace)).toBeLessThan(1_000);
});
