import type { Catalogue } from '@ripen/shared';
import { expect, test } from 'vitest';
import { found, thingsOf, type Show } from './things.ts';

const now = Date.UTC(2026, 5, 1);
const daysAgo = (days: number): string => new Date(now - days * 86_400_000).toISOString();
const field = (path: string, more: Partial<Catalogue['fields'][number]> = {}): Catalogue['fields'][number] => ({
  ...{
    path,
    name: null,
    description: null,
    kind: 'text',
    type: null,
    seenKind: 'text',
    declared: false,
    deleted: false,
  },
  ...{ uses: 0, lastSeenAt: daysAgo(1), ...more },
});
const catalogue: Catalogue = {
  fields: [
    field('jobTitle'),
    field('country', { name: 'Where they are', uses: 2, description: 'By their address' }),
    field('fax', { name: 'Fax', deleted: true, lastSeenAt: daysAgo(400) }),
    field('wanted', { uses: 1, lastSeenAt: null }),
  ],
  eventTypes: [
    {
      ...{ id: 'email_opened', name: 'Opened a message', description: null, declared: true, activity: true },
      ...{ scanners: true, uses: 1, lastSeenAt: daysAgo(0), properties: [] },
    },
  ],
  labels: [{ label: 'VIP', declared: false, uses: 0, lastSeenAt: null }],
};
const shown = (q: string, show: Show | null): string[] =>
  found(thingsOf(catalogue, 'fields'), { q, show, now }).map(({ name }) => name);

test('fields go by the name that they were given, else by their own made readable; deleted ones come last', () => {
  expect(shown('', null)).toEqual(['Job title', 'Wanted', 'Where they are', 'Fax']);
});

test('every word is looked for in names, ids and descriptions', () => {
  expect(shown('country address', null)).toEqual(['Where they are']);
  expect(shown('country phone', null)).toEqual([]);
});

test.each<[Show, string[]]>([
  // What only a rule names has not arrived.
  ['new', ['Job title']],
  ['unused', ['Job title']],
  ['silent', ['Wanted', 'Fax']],
  ['deleted', ['Fax']],
])('only those that are %s', (show, names) => {
  expect(shown('', show)).toEqual(names);
});

test('event types say whose act they are, labels have nothing to be described', () => {
  expect(thingsOf(catalogue, 'events')).toMatchObject([{ holds: 'Done by contacts', isNew: false, scanners: true }]);
  expect(thingsOf(catalogue, 'labels')).toMatchObject([{ id: 'VIP', isNew: false }]);
});
