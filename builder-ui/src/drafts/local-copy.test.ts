import { expect, test, vi } from 'vitest';
import { createLocalCopy, type LocalCopy } from './local-copy.ts';

const browser = () => {
  const kept = new Map<string, string>();
  const storage: Storage = {
    get length() {
      return kept.size;
    },
    key: (index) => [...kept.keys()][index] ?? null,
    getItem: (name) => kept.get(name) ?? null,
    setItem: (name, text) => void kept.set(name, text),
    removeItem: (name) => void kept.delete(name),
    clear: () => kept.clear(),
  };
  return { kept, tab: (tab: string): LocalCopy => createLocalCopy('draft', { storage, tab }), storage };
};

const one = { document: { text: 'one' }, edition: 1 };
const two = { document: { text: 'two' }, edition: 1 };

test('two tabs keep what was typed in each, over a reload', () => {
  const { tab } = browser();
  tab('a').write(one);
  tab('b').write(two);
  expect(tab('a').read()).toMatchObject(one);
  expect(tab('b').read()).toMatchObject(two);
  tab('a').clear();
  expect(tab('b').read()).toMatchObject(two);
});

test('what a closed tab left is found by the next, the newest first, and gone once that is done with it', () => {
  const { tab, kept } = browser();
  vi.useFakeTimers({ now: 1_000 });
  tab('closed').write(one);
  vi.setSystemTime(2_000);
  tab('closed later').write(two);
  vi.useRealTimers();
  const next = tab('next');
  expect(next.read()).toMatchObject(two);
  next.write({ ...two, edition: 2 });
  next.clear();
  expect([...kept.keys()]).toEqual(['draft@closed']);
  expect(next.read()).toMatchObject(one);
});

test('a tab that goes on typing keeps its copy, whoever read it', () => {
  const { tab } = browser();
  const typing = tab('typing');
  typing.write(one);
  const other = tab('other');
  expect(other.read()).toMatchObject(one);
  typing.write(two);
  other.clear();
  expect(typing.read()).toMatchObject(two);
});

test('what cannot be read is none, and a storage that refuses is no error', () => {
  const { tab, kept, storage } = browser();
  kept.set('draft@a', '{');
  kept.set('draft@b', '"text"');
  kept.set('drafts@c', JSON.stringify(one));
  expect(tab('a').read()).toBeNull();
  const refusing = createLocalCopy('draft', {
    storage: {
      ...storage,
      setItem: () => {
        throw new Error('full');
      },
      getItem: () => {
        throw new Error('forbidden');
      },
    },
    tab: 'a',
  });
  refusing.write(one);
  expect(refusing.read()).toBeNull();
  refusing.clear();
});
