import { PassThrough } from 'node:stream';
import type { Permission } from '@ripen/shared';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Principal } from '../auth/principal.ts';
import type { Follower, Listener } from '../store/listener.ts';
import { silentLogger } from '../store/logger.ts';
import { createHub, type HubOptions } from './hub.ts';
import { Reader } from './reader.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A hub whose notifications are made by the test, and readers whose lines it reads. */
const set = (options: HubOptions = {}) => {
  let follower: Follower | undefined;
  let isDown = false;
  const listener: Pick<Listener, 'follow'> = {
    follow: (_channel, next) => {
      if (isDown) return Promise.reject(new Error('There is no database.'));
      follower = next;
      return Promise.resolve();
    },
  };
  // Of a listener, a hub only follows.
  const hub = createHub({ listener: listener as Listener, logger: silentLogger }, options);
  const announce = (changes: object): void => follower?.heard(JSON.stringify(changes));
  const open = async (id: string, permissions: Permission[], lastEventId: string | null = null) => {
    const line = new PassThrough();
    const who = { now: { is: 'key', id, name: id, permissions } as Principal | null };
    const reader = new Reader(line, who.now as Principal, () => Promise.resolve(who.now)); // Set just above.
    line.on('close', () => hub.leave(reader));
    const opened = await hub.open(reader, lastEventId);
    let text = '';
    const read = (): string => {
      text += String(line.read() ?? '');
      return text;
    };
    const events = (): string[] => [...read().matchAll(/event: (\w+)\ndata: (.*)\n/g)].map(([, a, b]) => `${a} ${b}`);
    const place = (): string => [...read().matchAll(/id: (.*)\n/g)].at(-1)?.[1] ?? '';
    return { opened, line, who, read, events, place };
  };
  return { hub, announce, open, lose: () => follower?.lost(), setDown: (down: boolean) => void (isDown = down) };
};

test('everybody hears what they may know', async () => {
  const { announce, open } = set();
  const sales = await open('sales', ['leads:read']);
  const admin = await open('admin', ['admin']);
  announce({ leads: ['l'], people: ['p'] });
  expect(sales.events()).toEqual(['change {"topic":"leads","ids":["l"]}']);
  expect(admin.events()).toEqual(['change {"topic":"leads","ids":["l"]}', 'change {"topic":"people","ids":["p"]}']);
});

test('who comes back hears what was missed, or that it cannot be known', async () => {
  const { announce, open } = set({ kept: 3 });
  const first = await open('a', ['admin']);
  const place = first.place();
  first.line.destroy();
  announce({ contacts: ['c'] });
  announce({ runs: null });
  expect((await open('a', ['admin'], place)).events()).toEqual([
    'change {"topic":"contacts","ids":["c"]}',
    'change {"topic":"runs"}',
  ]);
  expect((await open('a', ['runs:read'], place)).events()).toEqual(['change {"topic":"runs"}']);
  for (const topic of ['leads', 'jobs']) announce({ [topic]: null });
  expect((await open('a', ['admin'], place)).events()).toEqual(['gap {}']);
});

test('after a loss of the database everybody hears of the gap once there is something to ask again', async () => {
  const { announce, open, lose, setDown } = set({ retryMs: 100 });
  const reader = await open('a', ['admin']);
  const place = reader.place();
  setDown(true);
  lose();
  await vi.advanceTimersByTimeAsync(350);
  expect(reader.events()).toEqual([]);
  await expect(open('b', ['admin'])).rejects.toThrow('There is no database.');
  setDown(false);
  await vi.advanceTimersByTimeAsync(100);
  expect(reader.events()).toEqual(['gap {}']);
  announce({ leads: null });
  expect(reader.events()).toEqual(['gap {}', 'change {"topic":"leads"}']);
  expect((await open('a', ['admin'], place)).events()).toEqual(['gap {}']);
});

test('a quiet stream shows that it is there', async () => {
  const { open } = set({ heartbeatMs: 15_000 });
  const reader = await open('a', ['admin']);
  await vi.advanceTimersByTimeAsync(30_000);
  expect(reader.read().match(/^: /gm)).toHaveLength(2);
});

test('the stream of somebody who was signed out ends, and another role counts', async () => {
  const forgotten = vi.fn();
  const { announce, open } = set({ onSessions: forgotten });
  const leaver = await open('leaver', ['admin']);
  const mover = await open('mover', ['admin']);
  leaver.who.now = null;
  mover.who.now = { is: 'key', id: 'mover', name: 'mover', permissions: ['leads:read'] };
  announce({ sessions: null });
  await vi.advanceTimersByTimeAsync(0);
  expect(forgotten).toHaveBeenCalledOnce();
  announce({ contacts: ['c'], leads: ['l'] });
  leaver.read();
  expect(leaver.line.writableEnded).toBe(true);
  expect(leaver.events()).toEqual([]);
  expect(mover.events()).toEqual(['change {"topic":"leads","ids":["l"]}']);
});

test('a reader who does not keep up is cut off, without the others', async () => {
  const { announce, open } = set();
  const slow = await open('slow', ['admin']);
  const quick = await open('quick', ['admin']);
  const ids = Array.from({ length: 50 }, () => crypto.randomUUID());
  let told = 0;
  while (!slow.line.destroyed && told < 1_000) {
    announce({ contacts: ids });
    quick.read();
    told++;
    await vi.advanceTimersByTimeAsync(250);
  }
  expect(told).toBeLessThan(100);
  expect(quick.line.destroyed).toBe(false);
  expect(quick.events()).toHaveLength(told);
});

test('streams are bounded, each one and all', async () => {
  const { open } = set({ mostPerPrincipal: 2, most: 3 });
  const first = await open('a', ['admin']);
  expect((await open('a', ['admin'])).opened).toBe('open');
  expect((await open('a', ['admin'])).opened).toBe('too many');
  expect((await open('b', ['admin'])).opened).toBe('open');
  expect((await open('c', ['admin'])).opened).toBe('too many');
  first.line.destroy();
  await vi.advanceTimersByTimeAsync(0);
  expect((await open('c', ['admin'])).opened).toBe('open');
});

test('closing ends every stream', async () => {
  const { hub, open } = set();
  const reader = await open('a', ['admin']);
  hub.close();
  expect(reader.line.writableEnded).toBe(true);
  expect(vi.getTimerCount()).toBe(0);
  expect((await open('a', ['admin'])).opened).toBe('too many');
});
