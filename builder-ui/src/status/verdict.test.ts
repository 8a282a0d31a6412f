import { expect, test } from 'vitest';
import type { StackStatus } from '../api/status.ts';
import { verdict } from './verdict.ts';

const well: StackStatus = { version: '1', postgres: 'ok', temporal: 'ok', lanes: [], counts: {} };
const lane = (lag: number) => ({ lane: 0, status: 'awake', lag });

test.each([
  ['nothing known yet', undefined, undefined, 'waiting', /Asking/],
  ['all is well', well, undefined, 'good', /Everything works/],
  ['one event waits', { ...well, lanes: [lane(1), lane(0)] }, undefined, 'good', /1 event to go/],
  ['many wait', { ...well, lanes: [lane(1200), lane(34)] }, undefined, 'good', /1,234 events to go/],
  ['Temporal is down', { ...well, temporal: 'unreachable' }, undefined, 'bad', /Temporal does not answer/],
  ['both are down', { ...well, temporal: 'x', postgres: 'x' }, undefined, 'bad', /Postgres and Temporal do not answer/],
  ['the API is gone', well, 'Failed to fetch', 'bad', /npm start.*Failed to fetch/],
] as const)('the page says that %s', (_case, status, problem, tone, words) => {
  const said = verdict(status, problem);
  expect(said.tone).toBe(tone);
  expect(said.words).toMatch(words);
});
