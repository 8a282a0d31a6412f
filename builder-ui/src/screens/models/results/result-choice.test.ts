import { expect, test } from 'vitest';
import { askedOf, firstResult, verdictOf } from './result-choice.ts';

const field = (path: string, lastSeenAt: string | null = '2026-01-01T00:00:00.000Z') => ({
  path,
  kind: 'number' as const,
  declared: false,
  lastSeenAt,
});

test('a field that says it by its name is the first choice, else leads that were won', () => {
  expect(firstResult({ fields: [field('country'), field('converted')] })).toBe('field:converted');
  expect(firstResult({ fields: [field('dealer'), field('converted', null)] })).toBe('lead:won');
});

test('addresses as the API is asked', () => {
  expect(askedOf('field:account.deal', '1; yes')).toEqual({ field: 'account.deal', is: '1; yes' });
  expect(askedOf('field:a:b', '')).toEqual({ field: 'a:b' });
  expect(askedOf('stage:mql', 'ignored')).toEqual({ stage: 'mql' });
  expect(askedOf('lead:won', undefined)).toEqual({ lead: 'won' });
  expect(askedOf('nonsense', undefined)).toBeNull();
  expect(askedOf('field:', undefined)).toBeNull();
});

const band = (name: string, contacts: number, converted: number) => ({
  id: name,
  name,
  from: 0,
  contacts,
  converted,
  unknown: 0,
  rate: contacts === 0 ? null : converted / contacts,
});

test('the sentence says how good the best band is, or which one is out of order', () => {
  const total = band('all', 200, 50);
  expect(verdictOf({ bands: [band('A', 100, 45), band('B', 100, 5)], total })).toBe(
    'A converts 1.8 times as often as all contacts do.',
  );
  expect(verdictOf({ bands: [band('A', 100, 5), band('B', 3, 3), band('C', 97, 42)], total })).toBe(
    'C converts more often than A, which scores higher: some rule counts the wrong thing.',
  );
  expect(verdictOf({ bands: [band('A', 100, 5), band('B', 3, 3)], total })).toBeNull();
  expect(verdictOf({ bands: [band('A', 100, 0), band('B', 100, 0)], total: band('all', 200, 0) })).toBeNull();
});
