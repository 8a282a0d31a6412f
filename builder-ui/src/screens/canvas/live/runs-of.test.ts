import { expect, test } from 'vitest';
import { runsOf } from './runs-of.ts';

const since = '2026-03-01T00:00:00.000Z';
const week = { automation: 'a', version: 2, since };

test('each number leads to those whom it counts', () => {
  expect(runsOf(week, { node: 'wait', what: 'waiting' })).toEqual({
    automation: 'a',
    version: '2',
    node: 'wait',
    status: 'waiting',
  });
  expect(runsOf(week, { node: 'tell', what: 'failed' })).toMatchObject({ node: 'tell', status: 'failed', since });
  expect(runsOf(week, { node: 'wait', what: 'entered' })).toMatchObject({ passed: 'wait', since });
  for (const [what, passing] of [
    ['done', 'through'],
    ['undelivered', 'undelivered'],
  ] as const)
    expect(runsOf(week, { node: 'wait', what })).toEqual({
      ...{ automation: 'a', version: '2', since },
      ...{ passed: 'wait', passing },
    });
  expect(runsOf(week, { node: 'wait', port: 'happened', what: 'took' })).toMatchObject({
    passed: 'wait',
    port: 'happened',
    since,
  });
});

test('the start is no step of a trail: runs that began since then', () => {
  expect(runsOf(week, { node: 'start', what: 'entered' })).toMatchObject({ from: since });
  expect(runsOf(week, { node: 'start', port: 'next', what: 'took' })).toMatchObject({ from: since });
});

test('all versions and all time leave the filter open', () => {
  const all = { automation: 'a', version: null, since: null };
  expect(runsOf(all, { node: 'wait', what: 'entered' })).toEqual({ automation: 'a', passed: 'wait' });
});
