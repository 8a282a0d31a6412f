import type { AutomationSummary } from '@ripen/shared';
import { expect, test } from 'vitest';
import { everything, firstOf, nobody, sectionsOf, type Filter } from './automation-list.ts';

const automation = (name: string, folder: string | null, more: Partial<AutomationSummary> = {}) =>
  ({
    ...{ kind: 'automation', id: name, name, folder, status: 'live', labels: [], owner: null, starred: false },
    ...{ description: null, ...more },
  }) as AutomationSummary; // What the list looks at.

const all = [
  automation('Webinar', null, { labels: ['Spring'], description: 'After the seminar' }),
  automation('Decay', 'Hygiene', { status: 'paused', owner: { id: 'p1', name: 'Ada Love' } }),
  automation('Clicks', 'Scoring', { labels: ['Spring', 'E-mail'] }),
  automation('Attic', 'Scoring', { status: 'archived' }),
  automation('Zeal', 'Scoring'),
];
const names = (filter: Partial<Filter>, from = all) =>
  sectionsOf(from, { ...everything, ...filter }).map(({ name, automations }) => [
    name,
    automations.map((one) => one.name),
  ]);

test('folders by name, the rest at the end, archived ones last', () => {
  expect(names({})).toEqual([
    ['Hygiene', ['Decay']],
    ['Scoring', ['Clicks', 'Zeal', 'Attic']],
    [null, ['Webinar']],
  ]);
});

test('favourites come first, and not a second time in their folders', () => {
  const starred = all.map((one) => (one.name === 'Zeal' || one.name === 'Decay' ? { ...one, starred: true } : one));
  expect(names({}, starred)).toEqual([
    [null, ['Decay', 'Zeal']],
    ['Scoring', ['Clicks', 'Attic']],
    [null, ['Webinar']],
  ]);
  expect(names({ starred: true }, starred)).toEqual([[null, ['Decay', 'Zeal']]]);
});

test('a filter leaves no empty folders, and every word must be there: in name, folder, description, label or owner', () => {
  expect(names({ status: 'paused' })).toEqual([['Hygiene', ['Decay']]]);
  expect(names({ status: 'archived' })).toEqual([['Scoring', ['Attic']]]);
  expect(names({ q: 'scoring cl' })).toEqual([['Scoring', ['Clicks']]]);
  expect(names({ q: 'SEMINAR spring' })).toEqual([[null, ['Webinar']]]);
  expect(names({ q: 'ada' })).toEqual([['Hygiene', ['Decay']]]);
  expect(names({ q: 'nothing' })).toEqual([]);
});

test('by label and by owner', () => {
  expect(names({ label: 'Spring' })).toEqual([
    ['Scoring', ['Clicks']],
    [null, ['Webinar']],
  ]);
  expect(names({ owner: 'p1' })).toEqual([['Hygiene', ['Decay']]]);
  expect(names({ owner: nobody, label: 'E-mail' })).toEqual([['Scoring', ['Clicks']]]);
});

test('a long list is drawn from its beginning', () => {
  const counted = firstOf(sectionsOf(all, everything), 2).map(({ automations }) => automations.length);
  expect(counted).toEqual([1, 1]);
});
