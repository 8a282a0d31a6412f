import type { AutomationSummary } from '@ripen/shared';
import { expect, test } from 'vitest';
import { foldersOf } from './automation-list.ts';

const automation = (name: string, folder: string | null, status: AutomationSummary['status'] = 'live') =>
  ({ kind: 'automation', id: name, name, folder, status }) as AutomationSummary; // What the list looks at.

const all = [
  automation('Webinar', null),
  automation('Decay', 'Hygiene', 'paused'),
  automation('Clicks', 'Scoring'),
  automation('Attic', 'Scoring', 'archived'),
  automation('Zeal', 'Scoring'),
];
const names = (q: string, status: 'all' | 'live' | 'paused' | 'draft') =>
  foldersOf(all, { q, status }).map(({ name, automations }) => [name, automations.map((one) => one.name)]);

test('folders by name, the rest at the end, archived ones last', () => {
  expect(names('', 'all')).toEqual([
    ['Hygiene', ['Decay']],
    ['Scoring', ['Clicks', 'Zeal', 'Attic']],
    [null, ['Webinar']],
  ]);
});

test('a filter leaves no empty folders, and every word must be there, in name or folder', () => {
  expect(names('', 'paused')).toEqual([['Hygiene', ['Decay']]]);
  expect(names('scoring cl', 'all')).toEqual([['Scoring', ['Clicks']]]);
  expect(names('nothing', 'all')).toEqual([]);
});
