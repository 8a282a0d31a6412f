import { expect, test } from 'vitest';
import type { Follower } from '../store/listener.ts';
import type { Store } from '../store/store.ts';
import { createPresence, silenceMs } from './presence.ts';

/** Two processes at one database, whose notifications are handed on at once; what was announced, by the places named. */
const set = () => {
  const followers: Follower[] = [];
  const announced: string[][] = [];
  const clock = { now: 1_000 };
  const store = {
    listener: { follow: (_: string, next: Follower) => Promise.resolve(void followers.push(next)) },
    pool: {
      query: (_: string, [channel, payload = '']: string[]) => {
        if (channel === 'ripen_presence') for (const follower of followers) follower.heard(payload);
        else announced.push((JSON.parse(payload) as { presence: string[] }).presence);
        return Promise.resolve();
      },
    },
  } as unknown as Store; // Of a store it needs these two.
  const process = () => createPresence(store, () => clock.now);
  const loseAll = (): void => followers.splice(0).forEach((follower) => follower.lost());
  return { here: process(), there: process(), announced, clock, loseAll };
};
const ada = { id: 'a', name: 'Ada' };
const ben = { id: 'b', name: 'Ben' };
const cleo = { id: 'c', name: 'Cleo' };

test('everybody is told of the others, in whatever process they are', async () => {
  const { here, there, announced } = set();
  expect(await there.enter('automations/x', 'w2', ben)).toEqual([]);
  expect(await here.enter('automations/x', 'w1', ada)).toEqual([]);
  expect(await there.enter('automations/x', 'w2', ben)).toEqual([ada]);
  expect(await here.enter('automations/x', 'w1', ada)).toEqual([ben]);
  expect(await here.enter('automations/x', 'w3', cleo)).toEqual([ada, ben]);
  expect(await here.enter('automations/y', 'w4', ada)).toEqual([]);
  // Told once of each who came, not of each who is still there.
  expect(announced).toEqual([['automations/x'], ['automations/x'], ['automations/x'], ['automations/y']]);
});

test('who closes the window is gone at once; another window of theirs stays', async () => {
  const { here, there, announced } = set();
  await there.enter('automations/x', 'w0', cleo);
  await here.enter('automations/x', 'w1', ada);
  await here.enter('automations/x', 'w2', ada);
  announced.length = 0;
  await there.leave('w1', ada);
  expect(await there.enter('automations/x', 'w0', cleo)).toEqual([ada]);
  await here.leave('w2', ada);
  expect(await there.enter('automations/x', 'w0', cleo)).toEqual([]);
  await here.leave('w2', ada);
  expect(announced).toEqual([['automations/x'], ['automations/x']]);
});

test('a window that falls silent is forgotten', async () => {
  const { here, clock } = set();
  await here.enter('automations/x', 'w1', ada);
  clock.now += silenceMs - 1;
  expect(await here.enter('automations/x', 'w2', ben)).toEqual([ada]);
  clock.now += 1;
  expect(await here.enter('automations/x', 'w2', ben)).toEqual([]);
});

test('nobody closes or takes a window of somebody else', async () => {
  const { here } = set();
  await here.enter('automations/x', 'w1', ada);
  await here.leave('w1', ben);
  await here.enter('automations/y', 'w1', ben);
  expect(await here.enter('automations/x', 'w3', cleo)).toEqual([ada]);
});

test('one person fills no memory: the oldest of very many windows goes', async () => {
  const { here } = set();
  await here.enter('automations/x', 'first', ada);
  for (let n = 0; n < 20; n++) await here.enter('automations/y', `w${n}`, ada);
  expect(await here.enter('automations/x', 'w', ben)).toEqual([]);
  expect(await here.enter('automations/y', 'w', ben)).toEqual([ada]);
});

test('after a loss of the database it listens again', async () => {
  const { here, there, loseAll } = set();
  await here.enter('automations/x', 'w1', ada);
  loseAll();
  await here.enter('automations/x', 'w1', ada);
  await there.enter('automations/x', 'w2', ben);
  expect(await here.enter('automations/x', 'w1', ada)).toEqual([ben]);
});
