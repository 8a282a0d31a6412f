import { beforeEach, expect, test } from 'vitest';
import { emptyDocument } from '../../document/read.ts';
import { DraftKeeper, type KeptDraft } from './draft-keeper.ts';

class Conflict extends Error {}

/** A server that keeps one draft by the editions' rule, a browser's store, and a clock moved by hand. */
const world = () => {
  const server = { edition: 1, name: 'first', reachable: true, saves: 0 };
  let kept: KeptDraft | null = null;
  let timers: { at: number; call: () => void }[] = [];
  let now = 0;
  const keeper = new DraftKeeper(
    {
      save: async (document, edition) => {
        server.saves += 1;
        if (!server.reachable) throw new Error('Nothing answers.');
        if (edition !== server.edition) throw new Conflict();
        server.edition += 1;
        server.name = document.name;
        return { edition: server.edition };
      },
      isConflict: (error) => error instanceof Conflict,
      sentenceOf: (error) => (error instanceof Error ? error.message : ''),
      keep: (draft) => (kept = draft),
      forget: () => (kept = null),
      now: () => now,
      after: (ms, call) => {
        const timer = { at: now + ms, call };
        timers.push(timer);
        return () => (timers = timers.filter((other) => other !== timer));
      },
    },
    emptyDocument('flow', 'first'),
    1,
  );
  const pass = async (ms: number): Promise<void> => {
    now += ms;
    const due = timers.filter((timer) => timer.at <= now);
    timers = timers.filter((timer) => timer.at > now);
    for (const { call } of due) call();
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
  };
  const type = (name: string): void => keeper.changed(emptyDocument('flow', name));
  return { server, keeper, pass, type, kept: () => kept };
};

let at: ReturnType<typeof world>;
beforeEach(() => {
  at = world();
});

test('what is typed in one go is saved once, after a pause', async () => {
  at.type('a');
  at.type('ab');
  await at.pass(500);
  at.type('abc');
  await at.pass(500);
  expect(at.server.saves).toBe(0);
  await at.pass(300);
  expect(at.server).toMatchObject({ saves: 1, name: 'abc', edition: 2 });
  expect(at.keeper.state()).toEqual({ kind: 'saved', at: 1_300 });
});

test('without a server it stays in the browser, and is saved when the server is back', async () => {
  at.server.reachable = false;
  at.type('offline');
  await at.pass(800);
  expect(at.keeper.state()).toEqual({ kind: 'kept', why: 'Nothing answers.' });
  expect(at.kept()).toMatchObject({ edition: 1, document: { name: 'offline' } });
  at.type('more');
  expect(at.kept()).toMatchObject({ document: { name: 'more' } });
  at.server.reachable = true;
  await at.pass(5_000);
  expect(at.server.name).toBe('more');
  expect(at.kept()).toBeNull();
});

test('somebody else saved: nothing is overwritten until a person says so', async () => {
  at.server.edition = 7;
  at.server.name = 'theirs';
  at.type('mine');
  await at.pass(800);
  expect(at.keeper.state()).toEqual({ kind: 'conflict' });
  at.type('mine, more');
  await at.pass(60_000);
  expect(at.server.name).toBe('theirs');
  expect(at.kept()).toMatchObject({ document: { name: 'mine, more' } });
  await at.keeper.keepMine(7);
  expect(at.server).toMatchObject({ name: 'mine, more', edition: 8 });
  expect(at.keeper.isBehind).toBe(false);
});

test('theirs is taken: ours is forgotten, and the next change goes on from theirs', async () => {
  at.server.edition = 7;
  at.type('mine');
  await at.pass(800);
  at.keeper.adopt(emptyDocument('flow', 'theirs'), 7);
  expect([at.keeper.state().kind, at.kept()]).toEqual(['clean', null]);
  at.type('on theirs');
  await at.pass(800);
  expect(at.server).toMatchObject({ name: 'on theirs', edition: 8 });
});

test('flush saves at once and says whether the server has it', async () => {
  at.type('now');
  expect(await at.keeper.flush()).toBe(true);
  expect(at.server.name).toBe('now');
  at.server.reachable = false;
  at.type('later');
  expect(await at.keeper.flush()).toBe(false);
});

test('what is typed while a save is under way is saved after it', async () => {
  at.type('one');
  const saving = at.pass(800);
  at.type('two');
  await saving;
  expect(at.server).toMatchObject({ name: 'one', saves: 1 });
  await at.pass(800);
  expect(at.server).toMatchObject({ name: 'two', saves: 2 });
});
