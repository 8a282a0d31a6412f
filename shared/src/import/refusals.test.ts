import { expect, test } from 'vitest';
import { mostRefusalsKept, mostRefusalsSent, RefusalsToKeep } from './refusals.ts';

const refusal = (line: number, original = 'x') => ({ file: 'a.csv', line, reason: 'why', original });

test('refusals are told in portions; beyond those that are kept they are counted', () => {
  const all = new RefusalsToKeep();
  for (let line = 1; line <= mostRefusalsKept + 5; line++) all.add(refusal(line));
  const sizes: number[] = [];
  for (let items = all.take(); items; items = all.take()) sizes.push(items.length);
  expect(new Set(sizes)).toEqual(new Set([mostRefusalsSent]));
  expect([sizes.length * mostRefusalsSent, all.count]).toEqual([mostRefusalsKept, mostRefusalsKept + 5]);
});

test('rows are told as requests take them: not too long, without NUL and halves of characters', () => {
  const all = new RefusalsToKeep();
  all.add(refusal(1, 'a\0b'));
  all.add(refusal(2, `${'x'.repeat(1_999)}😀`));
  expect(all.take()?.map(({ original }) => original)).toEqual(['a\uFFFDb', `${'x'.repeat(1_999)}\uFFFD`]);
});
