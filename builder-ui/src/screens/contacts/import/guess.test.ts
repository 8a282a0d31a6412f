import { rowMapper } from '@ripen/shared/import';
import { describe, expect, test } from 'vitest';
import { findDateFormat } from './date-formats.ts';
import { fieldName, guessPlan } from './guess.ts';
import { isUsable, mappingOf, missingIn, withMeaning } from './plan.ts';

const visits = {
  header: ['Customer ID', 'E-Mail', 'Visited at', 'Page Title', 'Seconds', 'Newsletter'],
  rows: [
    ['7', 'ann@x.example', '14.03.2026 09:30', 'Pricing', '12', 'yes'],
    ['8', 'bob@x.example', '15.03.2026 10:00', 'Home', '9.5', 'no'],
    ['7', 'ann@x.example', '16.03.2026 09:30', 'Home', '', 'no'],
  ],
};

describe('what columns are guessed to mean', () => {
  test('events: whose, when, what, and values by kind', () => {
    const plan = guessPlan(visits, 'web_visits-2026.csv');
    expect(plan).toMatchObject({ rows: 'events', eventName: 'Web visits', dateFormat: 'dd.MM.yyyy HH:mm' });
    expect(plan.columns.map(({ meaning, name, kind }) => [meaning, name, kind])).toEqual([
      ['user', 'customerId', 'number'],
      ['email', 'eMail', 'text'],
      ['time', 'visitedAt', 'date'],
      ['value', 'pageTitle', 'text'],
      ['value', 'seconds', 'number'],
      ['value', 'newsletter', 'boolean'],
    ]);
    expect(missingIn(plan)).toEqual([]);
  });

  test('contacts: one row each, no date needed', () => {
    const plan = guessPlan({ header: ['mail', 'Country'], rows: [['a@x.example', 'DE']] }, 'people.csv');
    expect(plan.rows).toBe('contacts');
    expect(plan.columns.map(({ meaning }) => meaning)).toEqual(['email', 'value']);
  });

  test('columns that cannot be named are left out', () => {
    const header = ['id', 'x', 'x', '', 'a{b'];
    expect(header.map((column) => isUsable(column, header))).toEqual([true, false, false, false, false]);
  });

  test.each([
    ['First Name', 'firstName'],
    ['ID', 'id'],
    ['TotalVisits', 'totalVisits'],
    ['account.name', 'account.name'],
    ['Straße (neu)', 'straßeNeu'],
  ])('%s is kept as %s', (column, name) => {
    expect(fieldName(column)).toBe(name);
  });
});

describe('how dates are written', () => {
  test.each([
    [['2026-03-14', '2026-03-15'], { format: 'iso', ambiguous: false }],
    [['3/14/2026', '12/1/2026'], { format: 'M/d/yyyy', ambiguous: false }],
    [['3/4/2026'], { format: 'M/d/yyyy', ambiguous: true }],
    [['14/3/2026'], { format: 'd/M/yyyy', ambiguous: false }],
    [['1773480600'], { format: 'unix', ambiguous: false }],
    [[...Array.from({ length: 19 }, () => '14.03.2026'), 'soon'], { format: 'dd.MM.yyyy', ambiguous: false }],
    [['soon'], null],
    [['', ''], null],
  ])('%j', (values, found) => {
    expect(findDateFormat(values)).toEqual(found);
  });
});

describe('a plan as a mapping', () => {
  test('rows are read as the plan says', () => {
    const mapping = mappingOf(guessPlan(visits, 'web_visits.csv'), 'web_visits.csv', 0);
    const [file] = mapping.files;
    if (!file) throw new Error('no file');
    const [row] = visits.rows;
    expect(rowMapper(mapping, file, visits.header, new Map())(row ?? [])[0]?.message).toEqual({
      type: 'track',
      event: 'Web visits',
      userId: '7',
      timestamp: '2026-03-14T09:30:00.000Z',
      context: { traits: { email: 'ann@x.example' } },
      properties: { pageTitle: 'Pricing', seconds: 12, newsletter: true },
    });
  });

  test('braces in a name of events are text; contacts without a date are as of now', () => {
    const plan = { ...guessPlan(visits, 'x.csv'), eventName: 'Visit {new}' };
    const read = (mapping: ReturnType<typeof mappingOf>): Record<string, unknown> | undefined => {
      const [file] = mapping.files;
      return file && rowMapper(mapping, file, visits.header, new Map())(visits.rows[0] ?? [])[0]?.message;
    };
    expect(read(mappingOf(plan, 'x.csv', 0))?.['event']).toBe('Visit {new}');
    const undated = withMeaning({ ...plan, rows: 'contacts' }, 'Visited at', 'skip');
    expect(read(mappingOf(undated, 'x.csv', Date.parse('2026-04-01')))?.['timestamp']).toBe('2026-04-01T00:00:00.000Z');
  });

  test('one column only says whose a row is by address', () => {
    const plan = withMeaning(guessPlan(visits, 'x.csv'), 'Page Title', 'email');
    expect(plan.columns.map(({ meaning }) => meaning)).toEqual(['user', 'value', 'time', 'email', 'value', 'value']);
  });
});
