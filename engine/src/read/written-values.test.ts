import { compile, definitionsOf, newSubject, question, FactBook, type Condition, type FieldValue } from '@ripen/shared';
import { expect, test } from 'vitest';
import { writtenOf } from './written-values.ts';

const is = (value: string | number | boolean): Condition => ({
  kind: 'field',
  field: 'city',
  is: { op: 'equals', value },
});
const program = compile(definitionsOf([]));
const holds = (condition: Condition, value: FieldValue): boolean =>
  question(program, condition).holds({ ...newSubject('x'), fields: { city: value } }, new FactBook(), 1);

/** What Postgres does with what is written. */
const likely = (condition: Condition, value: FieldValue): boolean | null => {
  const [written] = writtenOf([condition]);
  if (!written) return null;
  const after = JSON.stringify({ ...newSubject('x'), fields: { city: value } }).split(written.key)[1] ?? '';
  const letters = after.slice(0, written.letters).replace(/[A-Z]/g, (letter) => letter.toLowerCase());
  return written.bounds.filter((bound) => bound <= letters).length % 2 === 1;
};

const spelled: FieldValue[] = [
  ...['Graz', 'graz', 'GRAZ ', ' Graz', '\tgraz\n', '\u00a0Graz\u3000', 'Graz 2', 'Gra', 'Grazer', '"Graz"', 'gra\\z'],
  ...[
    'Bielefeld',
    'BİELEFELD',
    'bi\u0307elefeld',
    'Kiel',
    '\u212aiel',
    'Zürich',
    'ZÜRICH',
    'Łódź',
    'a "b" c',
    'true',
    'TRUE',
  ],
  ...[
    '17',
    '017',
    '+17',
    '17.0',
    '1.7e1',
    '.17E2',
    '170e-1',
    ' 17 ',
    '170',
    '171',
    '1',
    '-17',
    '1700',
    '17e2',
    '1.70E3',
  ],
  ...[17, 170, 1_700, 1.7, -17, 0, true, false, null],
  ...[['Graz'], ['Wien', 'graz'], ['17', '18'], []],
];

test('whoever a condition holds of is likely, however the value is written', () => {
  const wanted = spelled.flatMap((value) => (value === null || Array.isArray(value) ? [] : [value]));
  let narrowed = 0;
  for (const value of wanted) {
    const condition = is(value);
    for (const other of spelled) {
      const may = likely(condition, other);
      if (may !== null) narrowed++;
      if (holds(condition, other)) expect(may, `${JSON.stringify(value)}: ${JSON.stringify(other)}`).not.toBe(false);
    }
  }
  expect(narrowed).toBeGreaterThan(wanted.length * spelled.length * 0.8);
});

test('others are not', () => {
  const others = (value: string | number, ...not: FieldValue[]): unknown[] =>
    not.filter((each) => likely(is(value), each));
  expect(others('Graz', 'Gra', 'Grazer', 'Wien', 'Gräz', 17, true, null)).toEqual([]);
  expect(others('Zürich', 'Zagreb', 'Wien')).toEqual([]);
  expect(others('17', '171', '18', '1', '27', 1, 18, 171, 'Graz', -17)).toEqual([]);
  const [two] = writtenOf([{ kind: 'field', field: 'city', is: { op: 'one_of', values: 'Graz; Wien' } }]);
  expect(two?.bounds.filter((bound) => /^"(graz|wien)"$/.test(bound))).toHaveLength(2);
});

test('what could be written in any way, or is not what comes first, is not looked for', () => {
  for (const value of ['', ' ', '"quoted"', 'ü', 0, -3, 1.5, 2 ** 60])
    expect(writtenOf([is(value)]), String(value)).toEqual([]);
  expect(writtenOf([{ kind: 'field', field: 'clock', is: { op: 'equals', value: 'x' } }])).toEqual([]);
  expect(writtenOf([{ kind: 'field', field: 'city', is: { op: 'not_equals', value: 'x' } }])).toEqual([]);
});

test('only two letters beyond ASCII have a lower case within', () => {
  const disguised: string[] = [];
  for (let code = 0x80; code <= 0x10_ff_ff; code++) {
    const letter = String.fromCodePoint(code);
    if (/[\0-\u007f]/.test(letter.toLowerCase())) disguised.push(letter);
  }
  expect(disguised).toEqual(['\u0130', '\u212a']);
});
