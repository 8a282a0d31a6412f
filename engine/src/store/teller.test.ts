import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { announce, Announcement, noteWith, type Changed } from './announce.ts';
import { silentLogger } from './logger.ts';
import { Teller } from './teller.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const set = () => {
  const sent: string[] = [];
  const state = { isDown: false };
  const db = {
    query: (_text: unknown, [, payload]: unknown[] = []) => {
      if (state.isDown) return Promise.reject(new Error('There is no database.'));
      return Promise.resolve(void sent.push(String(payload)) as never); // Nothing reads the result.
    },
  };
  const teller = new Teller(db, silentLogger);
  noteWith(db, teller);
  const changed = (changes: Changed): Announcement => {
    const announcement = new Announcement();
    announcement.addAll(Object.entries(changes) as [keyof Changed, Iterable<string> | null][]); // Its own keys.
    return announcement;
  };
  /** Ends a transaction with these changes, as the store does. */
  const commit = async (changes: Changed): Promise<string | null> => {
    const saying = teller.withCommit(changed(changes), (text) => `'${text}'`);
    if (saying === null) await teller.note(changed(changes));
    return saying;
  };
  return { db, state, sent, teller, commit };
};

test('the first change goes out with its commit, those that follow soon together', async () => {
  const { sent, commit } = set();
  expect(await commit({ leads: ['a'] })).toBe(`select pg_notify('ripen_live', '{"leads":["a"]}')`);
  for (const id of ['b', 'c']) expect(await commit({ leads: [id], contacts: ['x'] })).toBeNull();
  expect(sent).toEqual([]);
  await vi.advanceTimersByTimeAsync(200);
  expect(sent).toEqual(['{"leads":["b","c"],"contacts":["x"]}']);
  expect(await commit({ leads: ['d'] })).toBeNull();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(await commit({ leads: ['e'] })).not.toBeNull();
  expect(sent).toHaveLength(2);
});

test('nothing is said of nothing', async () => {
  const { sent, commit } = set();
  expect(await commit({})).toBeNull();
  expect(await commit({ runs: [] })).toBeNull();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(sent).toEqual([]);
});

test('outside of a transaction a change is said at once, or soon', async () => {
  const { db, sent } = set();
  await announce(db, { jobs: ['a'] });
  await announce(db, { jobs: ['b'] });
  expect(sent).toEqual(['{"jobs":["a"]}']);
  await vi.advanceTimersByTimeAsync(200);
  expect(sent).toEqual(['{"jobs":["a"]}', '{"jobs":["b"]}']);
});

test('what a database that is away was not told, it is told with the next change', async () => {
  const { state, sent, commit, teller } = set();
  await commit({ leads: ['a'] });
  state.isDown = true;
  await commit({ leads: ['b'] });
  await vi.advanceTimersByTimeAsync(200);
  state.isDown = false;
  await commit({ leads: ['c'] });
  await teller.flush();
  expect(sent).toEqual(['{"leads":["b","c"]}']);
});
