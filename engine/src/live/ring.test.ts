import { expect, test } from 'vitest';
import { Ring } from './ring.ts';

test('tells what came after a place, each topic once', () => {
  const ring = new Ring(10);
  const start = ring.latest;
  const { id } = ring.append('contacts', ['a']);
  ring.append('runs', null);
  ring.append('contacts', ['b']);
  expect(ring.since(id)).toEqual([
    { topic: 'runs', ids: null },
    { topic: 'contacts', ids: ['b'] },
  ]);
  expect(ring.since(start)).toEqual([
    { topic: 'contacts', ids: ['a', 'b'] },
    { topic: 'runs', ids: null },
  ]);
  expect(ring.since(ring.latest)).toEqual([]);
});

test('what it no longer holds, or never held, is not known', () => {
  const ring = new Ring(5);
  const places = Array.from({ length: 23 }, (_, n) => ring.append('contacts', [String(n)]).id);
  expect(ring.since(places.at(-6) ?? '')).toEqual([{ topic: 'contacts', ids: ['18', '19', '20', '21', '22'] }]);
  expect(ring.since(places.at(-7) ?? '')).toBeNull();
  const epoch = ring.latest.split('-')[0] ?? '';
  for (const other of ['', 'nonsense', `${epoch}-24`, `${epoch}--1`, `${epoch}-1e3`, '0-1'])
    expect([other, ring.since(other)]).toEqual([other, null]);
  const before = ring.latest;
  ring.reset();
  expect(ring.since(before)).toBeNull();
  expect(ring.since(ring.latest)).toEqual([]);
});
