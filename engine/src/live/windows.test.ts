import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Windows } from './windows.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const recorded = (): { windows: Windows; said: [string, string[] | null][] } => {
  const said: [string, string[] | null][] = [];
  const windows = new Windows(250, (topic, ids) => void said.push([topic, ids === null ? null : [...ids]]));
  return { windows, said };
};

test('the first change goes through at once, those that follow together at the end of each window', () => {
  const { windows, said } = recorded();
  for (let n = 0; n < 10; n++) {
    windows.add('contacts', new Set([`c${n}`]));
    vi.advanceTimersByTime(50);
  }
  expect(said).toEqual([
    ['contacts', ['c0']],
    ['contacts', ['c1', 'c2', 'c3', 'c4']],
    ['contacts', ['c5', 'c6', 'c7', 'c8', 'c9']],
  ]);
});

test('after a quiet window the next change goes through at once again', () => {
  const { windows, said } = recorded();
  windows.add('leads', new Set(['a']));
  vi.advanceTimersByTime(1_000);
  expect(vi.getTimerCount()).toBe(0);
  windows.add('leads', null);
  windows.add('runs', new Set(['r']));
  expect(said).toEqual([
    ['leads', ['a']],
    ['leads', null],
    ['runs', ['r']],
  ]);
});

test('what was gathered can be forgotten', () => {
  const { windows, said } = recorded();
  windows.add('leads', null);
  windows.add('leads', null);
  windows.clear();
  vi.advanceTimersByTime(1_000);
  expect(said).toHaveLength(1);
});
