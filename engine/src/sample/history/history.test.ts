import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { sampleHistory, type Messages, type SampleOptions } from './index.ts';
import { dayMs, historyDays } from './moment.ts';

const now = Date.UTC(2026, 6, 20, 13, 20);
const options: SampleOptions = { seed: 7, contacts: 400, now };
const all = (messages: Messages): Record<string, unknown>[] => messages.slice(0, messages.count);
const digest = (given: SampleOptions): string => {
  const { past, live } = sampleHistory(given);
  return createHash('sha256')
    .update(JSON.stringify([all(past), all(live)]))
    .digest('hex');
};

const { past, live, startsAt } = sampleHistory(options);
const messages = [...all(past), ...all(live)];
const text = JSON.stringify(messages);

test('the same seed gives the same bytes, another seed or moment others', () => {
  expect(digest(options)).toBe(digest({ ...options }));
  expect(digest({ ...options, seed: 8 })).not.toBe(digest(options));
  expect(digest({ ...options, now: now + 1 })).not.toBe(digest(options));
});

test('it is in order of time, and lies between its start and the present', () => {
  const moments = messages.map(({ timestamp }) => Date.parse(String(timestamp)));
  expect(moments).toEqual([...moments].sort((a, b) => a - b));
  expect(moments.at(0)).toBeGreaterThanOrEqual(startsAt);
  expect(startsAt).toBe(now - historyDays * dayMs);
  expect(moments.at(-1)).toBeLessThanOrEqual(now);
  expect(Date.parse(String(all(live)[0]?.['timestamp']))).toBeGreaterThan(now - 3_600_000);
  expect(past.at(0)).toBe(moments[0]);
});

test('every message has an id of its own', () => {
  expect(new Set(messages.map(({ messageId }) => messageId)).size).toBe(messages.length);
});

test('addresses lead nowhere: they lie below example.com, example.org and example.net', () => {
  const addresses = text.match(/[^"\s]+@[^"\s]+/g) ?? [];
  expect(addresses.length).toBeGreaterThan(300);
  expect(addresses.filter((address) => !/^[^@]+@[a-z0-9-]+\.example\.(com|org|net)$/.test(address))).toEqual([]);
  const identified = messages.filter(({ type }) => type === 'identify');
  const byAddress = new Map<string, Set<unknown>>();
  for (const { traits, userId } of identified) {
    const { email } = traits as { email: string };
    byAddress.set(email, (byAddress.get(email) ?? new Set()).add(userId));
  }
  expect([...byAddress.values()].filter((users) => users.size > 1)).toEqual([]);
});

test('it has what there is to score: all kinds of events, contacts known late or never, much for few and little for most', () => {
  const kinds = new Set(messages.map(({ type, event }) => (type === 'track' ? event : type)));
  for (const kind of [
    'identify',
    'page',
    'Email Opened',
    'Email Clicked',
    'Email Bounced',
    'Email Unsubscribed',
    'Guide Downloaded',
    'Contact Form Submitted',
    'Webinar Registered',
    'Webinar Attended',
    'Trial Started',
    'Feature Used',
    'Teammate Invited',
    'Meeting Booked',
  ])
    expect(kinds).toContain(kind);
  expect(messages.some(({ userId, anonymousId }) => userId !== undefined && anonymousId !== undefined)).toBe(true);
  const perContact = new Map<string, number>();
  for (const { userId, anonymousId } of messages) {
    const contact = String(userId ?? anonymousId).replace(/\D/g, '');
    perContact.set(contact, (perContact.get(contact) ?? 0) + 1);
  }
  expect(perContact.size).toBe(options.contacts);
  const counts = [...perContact.values()].sort((a, b) => b - a);
  const most = counts.slice(0, counts.length / 10).reduce((sum, count) => sum + count, 0);
  expect(most / messages.length).toBeGreaterThan(0.25);
});
