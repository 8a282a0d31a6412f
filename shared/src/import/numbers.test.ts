import { expect, test } from 'vitest';
import { numberReader, type Decimal } from './numbers.ts';

const cases: [Decimal | undefined, string, number | null][] = [
  [undefined, '12.5', 12.5],
  [undefined, '-1e3', -1000],
  [undefined, '1,5', null],
  [undefined, '1,234', null],
  [undefined, '0x10', null],
  [undefined, 'Infinity', null],
  ['.', '1,234.5', 1234.5],
  ['.', '1,234,567', 1234567],
  ['.', '1,23', null],
  ['.', '1.234,5', null],
  [',', '1,5', 1.5],
  [',', '1.234,56', 1234.56],
  [',', '1.234', 1234],
  [',', '1.23', null],
  [',', '1 234,5', 1234.5],
  [',', '1\u00A0234\u00A0567,89', 1234567.89],
  [',', "12'345,6", 12345.6],
  [',', '-0,25', -0.25],
  [',', '1,2,3', null],
  [',', 'eins', null],
];
test.each(cases)('with the decimal %s, "%s" is %s', (decimal, text, value) => {
  expect(numberReader(decimal)(text)).toBe(value);
});
