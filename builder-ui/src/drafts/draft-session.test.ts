import { expect, test } from 'vitest';
import { ApiProblem } from '../api/client.ts';
import { DraftSession, type DraftDeps } from './draft-session.ts';
import type { Remote } from './draft-state.ts';
import type { Copied } from './local-copy.ts';

interface Doc {
  text: string;
}

/** A server with one draft, a browser with one copy, and a clock that is wound by hand. */
const bench = (document: Doc = { text: 'published' }) => {
  const server = { published: document, draft: null as (Doc & { edition: number; updatedAt: string }) | null };
  const browser: { copied: Copied | null } = { copied: null };
  const world = { down: null as ApiProblem | null, saves: 0, gate: null as Promise<void> | null, clock: 0 };
  let timers: { work: () => void }[] = [];
  const remote = (): Remote => ({
    document: server.draft ? { text: server.draft.text } : server.published,
    draft: server.draft && { edition: server.draft.edition, updatedAt: server.draft.updatedAt },
  });
  const store = (text: string): { edition: number; updatedAt: string } => {
    server.draft = {
      text,
      edition: (server.draft?.edition ?? 0) + 1,
      updatedAt: `2030-01-01T00:00:${10 + ++world.clock}`,
    };
    return server.draft;
  };
  const deps: DraftDeps<Doc> = {
    read: (raw) =>
      typeof (raw as Doc | null)?.text === 'string'
        ? { kind: 'document', document: raw as Doc }
        : { kind: 'corrupt', why: 'no text' },
    load: async () => remote(),
    save: async ({ text }, edition) => {
      await world.gate;
      if (world.down) throw world.down;
      world.saves++;
      if (edition !== (server.draft?.edition ?? null)) throw new ApiProblem(409, 'conflict', 'changed');
      return store(text);
    },
    copy: {
      read: () => browser.copied,
      write: (copied) => void (browser.copied = structuredClone(copied)),
      clear: () => void (browser.copied = null),
    },
    after: (_, work) => {
      const timer = { work };
      timers.push(timer);
      return () => void (timers = timers.filter((other) => other !== timer));
    },
  };
  const open = (): DraftSession<Doc> => {
    const session = new DraftSession(deps);
    session.enter();
    session.remote(remote());
    return session;
  };
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 20; turn++) await Promise.resolve();
  };
  const wait = async (): Promise<void> => {
    for (const { work } of timers.splice(0)) work();
    await settle();
  };
  return { server, browser, world, remote, store, open, wait, settle };
};

const saving = (session: DraftSession<Doc>): string => {
  const state = session.state();
  return state.kind === 'open' ? state.saving.kind : state.kind;
};
const text = (session: DraftSession<Doc>): string | null => {
  const state = session.state();
  return state.kind === 'open' ? state.document.text : null;
};

test('a change is saved after a pause, and only then is the copy in the browser given up', async () => {
  const { open, wait, server, browser } = bench();
  const session = open();
  session.change({ text: 'a' });
  session.change({ text: 'ab' });
  expect([saving(session), browser.copied?.document]).toEqual(['pending', { text: 'ab' }]);
  await wait();
  expect([saving(session), server.draft?.text, server.draft?.edition, browser.copied]).toEqual([
    'saved',
    'ab',
    1,
    null,
  ]);
  session.change({ text: 'abc' });
  await wait();
  expect(server.draft?.edition).toBe(2);
});

test('what is typed while a save is under way is saved after it', async () => {
  const { open, wait, settle, world, server } = bench();
  const session = open();
  let let_go = (): void => undefined;
  world.gate = new Promise((resolve) => (let_go = resolve));
  session.change({ text: 'first' });
  await wait();
  session.change({ text: 'second' });
  let_go();
  await settle();
  expect([saving(session), server.draft?.text]).toEqual(['pending', 'first']);
  await wait();
  expect([saving(session), server.draft?.text, world.saves]).toEqual(['saved', 'second', 2]);
});

test('without a connection nothing is lost: it is tried again, and brought back after a reload', async () => {
  const { open, wait, world, server, browser } = bench();
  const session = open();
  world.down = new ApiProblem(0, 'offline', 'gone');
  session.change({ text: 'typed offline' });
  await wait();
  expect([saving(session), browser.copied]).toEqual([
    'waiting',
    { document: { text: 'typed offline' }, edition: null },
  ]);
  const again = open();
  expect([text(again), saving(again)]).toEqual(['typed offline', 'pending']);
  world.down = null;
  await wait();
  expect([saving(session), saving(again), server.draft?.text]).toEqual(['saved', 'saved', 'typed offline']);
});

test('what the server refuses stays on the screen and is not tried again by itself', async () => {
  const { open, wait, world } = bench();
  const session = open();
  world.down = new ApiProblem(413, 'too_large', 'too large');
  session.change({ text: 'huge' });
  await wait();
  world.down = null;
  await wait();
  expect([saving(session), text(session), world.saves]).toEqual(['refused', 'huge', 0]);
  await expect(session.flush()).resolves.toBeUndefined();
  expect(saving(session)).toBe('saved');
});

test('two people: a save upon an older edition is a conflict that people settle', async () => {
  const { open, wait, store, server } = bench();
  const [mine, theirs] = [open(), open()];
  theirs.change({ text: 'theirs' });
  await wait();
  mine.change({ text: 'mine' });
  await wait();
  expect([saving(mine), text(mine), server.draft?.text]).toEqual(['conflict', 'mine', 'theirs']);
  await expect(mine.flush()).rejects.toThrow('Somebody else changed this draft');
  mine.keepMine();
  await wait();
  expect([saving(mine), server.draft?.text]).toEqual(['saved', 'mine']);
  store('theirs again');
  mine.change({ text: 'mine again' });
  await wait();
  mine.takeTheirs();
  expect([saving(mine), text(mine)]).toEqual(['saved', 'theirs again']);
});

test('what others save is shown when nothing is typed here, and asked about when something is', async () => {
  const { open, store, remote, wait } = bench();
  const session = open();
  store('theirs');
  session.remote(remote());
  expect([text(session), saving(session)]).toEqual(['theirs', 'saved']);
  expect(session.state()).toMatchObject({ takeovers: 1 });
  session.change({ text: 'mine' });
  store('theirs 2');
  session.remote(remote());
  expect([text(session), saving(session)]).toEqual(['mine', 'conflict']);
  await wait();
  expect(saving(session)).toBe('conflict');
});

test('an answer that is older than the last save changes nothing', async () => {
  const { open, remote, wait } = bench();
  const session = open();
  session.change({ text: 'one' });
  await wait();
  const old = remote();
  session.change({ text: 'two' });
  await wait();
  session.remote(old);
  expect([text(session), saving(session)]).toEqual(['two', 'saved']);
});

test('saving into an edition that says the same is no conflict', async () => {
  const { open, store, wait } = bench();
  const session = open();
  store('same');
  session.change({ text: 'same' });
  await wait();
  expect(saving(session)).toBe('saved');
});

test('a copy of an older edition is a conflict after a reload, a corrupt one is dropped', () => {
  const { open, store, browser } = bench();
  store('theirs');
  browser.copied = { document: { text: 'mine' }, edition: null };
  expect(saving(open())).toBe('conflict');
  browser.copied = { document: { words: 1 }, edition: 1 };
  const session = open();
  expect([text(session), saving(session), browser.copied]).toEqual(['theirs', 'saved', null]);
});

test('a corrupt draft is said to be one, and going back to what is published opens it', () => {
  const { open, server } = bench(null as unknown as Doc);
  const session = open();
  expect(saving(session)).toBe('corrupt');
  server.published = { text: 'published' };
  session.restart({ document: server.published, draft: null }, 'drop');
  expect([text(session), saving(session)]).toEqual(['published', 'saved']);
});

test('after publishing the screen stays as it is, and what was typed meanwhile becomes a new draft', async () => {
  const { open, server, wait } = bench();
  const session = open();
  session.change({ text: 'new' });
  await session.flush();
  server.published = { text: 'new' };
  server.draft = null;
  session.restart({ document: { text: 'new' }, draft: null }, 'keep');
  expect([text(session), session.state()]).toMatchObject([
    'new',
    { takeovers: 0, saving: { kind: 'saved', at: null } },
  ]);
  session.change({ text: 'newer' });
  await session.flush();
  session.change({ text: 'newest' });
  server.published = { text: 'newer' };
  server.draft = null;
  session.restart({ document: { text: 'newer' }, draft: null }, 'keep');
  expect(text(session)).toBe('newest');
  await wait();
  expect(server.draft).toMatchObject({ text: 'newest', edition: 1 });
});

test('leaving saves at once and then rests', async () => {
  const { open, wait, settle, server, world } = bench();
  const session = open();
  session.change({ text: 'left' });
  session.leave();
  await settle();
  expect(server.draft?.text).toBe('left');
  session.enter();
  world.down = new ApiProblem(0, 'offline', 'gone');
  session.change({ text: 'left offline' });
  session.leave();
  await settle();
  world.down = null;
  await wait();
  expect(server.draft?.text).toBe('left');
});
