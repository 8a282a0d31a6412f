import type { UnknownReference } from '@ripen/shared';
import { expect, test } from 'vitest';
import { createdOf, keyOf, mapOf, proposed, type Choice } from './plan.ts';

const unknown = (kind: UnknownReference['kind'], id: string, ...near: string[]): UnknownReference => ({
  ...{ kind, id, needed: true, places: [] },
  suggestions: near.map((one) => ({ id: one, name: one })),
});
const queue = unknown('queue', 'saels', 'sales');
const segment = unknown('segment', 'warm');
const field = unknown('field', 'town', 'city');
const label = unknown('label', 'VIP');
const others = [{ kind: 'segment', id: 'warm', name: 'Warm' }];

test('proposed is what the file brings, else what is called nearly the same, else nothing', () => {
  expect([queue, segment, label].map((one) => proposed(one, others))).toEqual([
    { kind: 'use', id: 'sales' },
    { kind: 'create' },
    { kind: 'leave' },
  ]);
});

test('what was chosen becomes names and documents; copies are called by their new ids', () => {
  const choices = new Map<string, Choice>([
    [keyOf(queue), { kind: 'use', id: 'sales' }],
    [keyOf(segment), { kind: 'create' }],
    [keyOf(field), { kind: 'create' }],
    [keyOf(label), { kind: 'leave' }],
  ]);
  const all = [queue, segment, field, label];
  expect(mapOf(all, choices, new Map([['a', 'b']]))).toEqual([
    { kind: 'queue', from: 'saels', to: 'sales' },
    { kind: 'automation', from: 'a', to: 'b' },
  ]);
  expect(createdOf(all, choices, others)).toEqual([others[0], { kind: 'field', id: 'town', name: 'town' }]);
});
