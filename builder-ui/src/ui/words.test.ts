import { expect, test } from 'vitest';
import { ago, compact, count, humanise, signed, span } from './words.ts';

const hour = 3_600_000;

test.each([
  [25, '+25'],
  [-8, '\u22128'],
  [0, '0'],
  [-0.01, '0'],
  [1234.56, '+1,234.6'],
])('%d points read %s', (points, text) => {
  expect(signed(points)).toBe(text);
});

test.each([
  [0, 'just now'],
  [-59_000, 'just now'],
  [-2 * 60_000, '2 minutes ago'],
  [3 * hour, 'in 3 hours'],
  [-24 * hour, 'yesterday'],
  [-15 * 24 * hour, '2 weeks ago'],
])('%d ms away reads %s', (distance, text) => {
  expect(ago(distance, 0)).toBe(text);
});

test('spans, counts and names', () => {
  expect([span(5_000), span(90 * 60_000), span(26 * hour), span(48 * hour)]).toEqual([
    '5 s',
    '1 h 30 min',
    '1 d 2 h',
    '2 d',
  ]);
  expect([count(1, 'lead'), count(2, 'lead'), count(0, 'entry', 'entries')]).toEqual([
    '1 lead',
    '2 leads',
    '0 entries',
  ]);
  expect([humanise('email_clicked'), humanise('Demo Requested'), humanise('_')]).toEqual([
    'Email clicked',
    'Demo Requested',
    '_',
  ]);
  expect([compact(999), compact(1_963), compact(12_400)]).toEqual(['999', '1,963', '12.4K']);
});
