import { expect, test } from 'vitest';
import { namedIn, renamed, type Named } from './named.ts';
import { near } from './near.ts';

const part = {
  id: 'model',
  settings: {
    model: 'intent',
    channel: 'ops',
    body: 'Hello {{ firstName }}, {{score:intent}}, {{stage}}, {{event.url}}',
  },
  when: {
    kind: 'all',
    of: [
      { kind: 'stage', in: ['mql', null] },
      { kind: 'band', model: 'fit', in: ['high'] },
      { kind: 'field', field: 'country', is: { op: 'equals', value: 'country' } },
      { kind: 'label', label: 'VIP' },
      { kind: 'segment', segment: 'warm' },
      { kind: 'performed', event: 'email_clicked' },
    ],
  },
  next: { automation: 'other', queue: 'sales', stage: 'sql' },
  contact: { fields: { city: 'Ulm' }, points: { intent: 3 }, labels: ['VIP'], properties: { event: 'kept' } },
};

test('all that is named, once each; data, bands and ids are no names', () => {
  expect([...namedIn(part).keys()]).toEqual([
    'model intent',
    'channel ops',
    'field firstName',
    'stage mql',
    'model fit',
    'field country',
    'label VIP',
    'segment warm',
    'event_type email_clicked',
    'automation other',
    'queue sales',
    'stage sql',
    'field city',
  ]);
});

test('what is mapped is called otherwise everywhere, and nothing else changes', () => {
  const to: Record<string, string> = {
    'model intent': 'heat',
    'field firstName': 'first',
    'label VIP': 'Key',
    'stage mql': 'ripe',
  };
  const as = ({ kind, id }: Named): string => to[`${kind} ${id}`] ?? id;
  const after = renamed(part, as);
  expect(after).toEqual({
    ...part,
    settings: { model: 'heat', channel: 'ops', body: 'Hello {{first}}, {{score:heat}}, {{stage}}, {{event.url}}' },
    when: {
      kind: 'all',
      of: [
        { kind: 'stage', in: ['ripe', null] },
        ...part.when.of.slice(1, 3),
        { kind: 'label', label: 'Key' },
        ...part.when.of.slice(4),
      ],
    },
    contact: { ...part.contact, points: { heat: 3 }, labels: ['Key'] },
  });
  expect(renamed(part, ({ id }) => id)).toEqual(part);
});

test('near names: by id or name, the likest first, nothing that is not alike', () => {
  const items = [
    { id: 'intent', name: 'Intent' },
    { id: 'm2', name: 'Purchase intent' },
    { id: 'fit', name: 'Fit' },
    { id: 'email_clicked', name: 'Clicked e-mail' },
  ];
  const ids = (text: string): string[] => near(text, items).map(({ id }) => id);
  expect(ids('Intnet')).toEqual(['intent']);
  expect(ids('INTENT')).toEqual(['intent', 'm2']);
  expect(ids('Email Clicked')).toEqual(['email_clicked']);
  expect(ids('zebra')).toEqual([]);
  expect(ids('')).toEqual([]);
});
