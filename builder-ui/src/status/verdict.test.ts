import { expect, test } from 'vitest';
import type { Status } from '../api/status.ts';
import { verdict } from './verdict.ts';

const status: Status = { status: 'ok', version: '1', now: '2026-03-01T00:00:00.000Z', postgres: 'ok', temporal: 'ok' };
const inbox = (waiting: number, accepting = true): Status => ({
  ...status,
  inbox: { waiting, oldestAt: null, accepting },
});

test.each([
  ['nothing is known yet', {}, 'waiting', /Asking/],
  ['all is well, as far as anybody may know', { status }, 'good', /is running\.$/],
  ['all is well', { status: inbox(0) }, 'good', /is running\.$/],
  ['one event waits', { status: inbox(1) }, 'good', /1 event to go/],
  ['many wait', { status: inbox(1234) }, 'good', /1,234 events to go/],
  ['Postgres is down', { status: { ...status, postgres: 'unreachable' } }, 'bad', /Postgres does not answer/],
  ['Temporal is down', { status: { ...status, temporal: 'unreachable' } }, 'bad', /Temporal does not answer/],
  ['events are turned away', { status: inbox(9, false) }, 'bad', /turned away/],
  ['something else is wrong', { status: { ...status, status: 'degraded' } }, 'bad', /slow or away/],
  ['the API is gone', { status, problem: 'Failed to fetch' }, 'bad', /npm start.*Failed to fetch/],
] as const)('the page says that %s', (_case, known, tone, words) => {
  const said = verdict(known);
  expect(said.tone).toBe(tone);
  expect(said.words).toMatch(words);
});
