import type { InstallationHealth } from '@ripen/shared';
import { expect, test } from 'vitest';
import { verdictOf } from './verdict.ts';

const well: InstallationHealth = {
  at: '2026-03-01T00:00:00.000Z',
  throughput: { everyMs: 10_000, samples: [] },
  inbox: { waiting: 0, oldestAt: null, lagMs: 0 },
  outbox: { waiting: 0, oldestAt: null, lagMs: 0 },
  lanes: [],
  deadLetters: 0,
  lastDay: { runs: 0, failedRuns: 0, deliveries: 0, failedDeliveries: 0, deadLetters: 0, scanned: 0 },
  temporal: { reachable: true, url: null },
  workers: [{ queue: 'lanes', pollers: [{ identity: 'one', lastSeenAt: null }] }],
};
const backlog = { waiting: 12, oldestAt: '2026-03-01T00:00:00.000Z', lagMs: 90_000 };

test.each<[string, Partial<InstallationHealth>, boolean, RegExp]>([
  ['nothing is wrong', {}, false, /well/],
  ['a process knows no Temporal', { temporal: { reachable: null, url: null }, workers: null }, false, /well/],
  ['Temporal is away', { temporal: { reachable: false, url: null }, workers: null }, true, /Temporal/],
  ['no worker asks', { workers: [{ queue: 'lanes', pollers: [] }] }, true, /worker/],
  ['events wait long', { inbox: backlog }, true, /late/],
  ['events could not be applied', { deadLetters: 2 }, true, /2 events/],
  [
    'messages were not taken',
    { lastDay: { ...well.lastDay, deliveries: 9, failedDeliveries: 1 } },
    true,
    /1 message was not taken/,
  ],
  ['the outbox waits long', { outbox: backlog }, true, /told late/],
])('when %s', (_, change, bad, words) => {
  const verdict = verdictOf({ ...well, ...change });
  expect([verdict.bad, verdict.title]).toEqual([bad, expect.stringMatching(words)]);
});
