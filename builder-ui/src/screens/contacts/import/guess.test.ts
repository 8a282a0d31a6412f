import { rowMapper } from '@ripen/shared/import';
import { describe, expect, test } from 'vitest';
import { findDateFormats } from './date-formats.ts';
import { fieldName, guessPlan } from './guess.ts';
import { isUsable, mappingOf, missingIn, withMeaning, withRows } from './plan.ts';

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
    expect(plan).toMatchObject({ rows: 'events', eventName: 'Web visits', dateFormats: ['dd.MM.yyyy HH:mm'] });
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

  test('columns are read into the fields that are there, however they are spelled; never two into one', () => {
    const known = ['title', 'companySize', 'country', 'company'];
    const namesIn = (...header: string[]): string[] =>
      guessPlan({ header, rows: [header.map(() => 'x')] }, 'people.csv', 'contacts', known).columns.map(
        ({ name }) => name,
      );
    expect(namesIn('Job Title', 'company_size', 'Country/Region', 'Shoe size')).toEqual([
      'title',
      'companySize',
      'country',
      'shoeSize',
    ]);
    expect(namesIn('Company Name', 'Company', 'Position', 'Job title')).toEqual([
      'companyName',
      'company',
      'title',
      'jobTitle',
    ]);
  });

  test('accounts: by id and name, as contacts call them; fields without their prefix', () => {
    const companies = {
      header: ['Company name', 'account.id', 'account.industry', 'Employees', 'Updated'],
      rows: [['Acme', 'acme.example', 'Software', '12', '2026-03-14']],
    };
    const plan = guessPlan(companies, 'companies.csv', 'accounts');
    expect(plan.columns.map(({ meaning, name }) => [meaning, name])).toEqual([
      ['accountName', 'companyName'],
      ['accountId', 'id'],
      ['value', 'industry'],
      ['value', 'employees'],
      ['time', 'updated'],
    ]);
    expect(missingIn(plan)).toEqual([]);
    expect(mappingOf(plan, 'companies.csv', 0).files[0]?.events).toEqual([
      {
        ...{ type: 'account', id: '{account.id}', name: '{Company name}', timestamp: '{Updated}' },
        fields: { industry: '{account.industry}', employees: '{Employees|number}' },
      },
    ]);
  });

  test('accounts need to be called something, and something must be said of them', () => {
    const plan = guessPlan({ header: ['Score'], rows: [['12']] }, 'x.csv', 'accounts');
    expect(missingIn(plan)).toEqual([
      'Say which column tells which account a row is: its id, as contacts name it, or its name.',
    ]);
    expect(missingIn(withMeaning(plan, 'Score', 'accountName'))).toEqual([
      'Say which columns are fields of the account.',
    ]);
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
    [['2026-03-14', '2026-03-15'], { formats: ['iso'], ambiguous: null }],
    [['3/14/2026', '12/1/2026'], { formats: ['M/d/yyyy'], ambiguous: null }],
    [['3/3/2026', '3/4/2026'], { formats: [], ambiguous: '3/4/2026' }],
    [['3-4-2026 '], { formats: [], ambiguous: '3-4-2026 ' }],
    [['3/3/2026'], { formats: [], ambiguous: '3/3/2026' }],
    [['14/3/2026'], { formats: ['d/M/yyyy'], ambiguous: null }],
    [['14/3/2026', '3/14/2026', '3/4/2026'], { formats: ['M/d/yyyy', 'd/M/yyyy'], ambiguous: null }],
    [['14.03.2026', '2026-03-14', '14.03.2026'], { formats: ['dd.MM.yyyy', 'iso'], ambiguous: null }],
    [['1773480600'], { formats: ['unix'], ambiguous: null }],
    [['24.12.1949', '31.01.1990'], { formats: ['dd.MM.yyyy'], ambiguous: null }],
    [['86400', '1250'], null],
    [[...Array.from({ length: 99 }, () => '14.03.2026'), 'soon'], { formats: ['dd.MM.yyyy'], ambiguous: null }],
    [['soon'], null],
    [['', ''], null],
  ])('%j', (values, found) => {
    expect(findDateFormats(values)).toEqual(found);
  });
});

describe('what has to be asked', () => {
  const of = (column: string, ...values: string[]) =>
    guessPlan({ header: ['id', column], rows: values.map((value, index) => [String(index), value]) }, 'x.csv');

  test('whether the day or the month comes first', () => {
    const plan = of('Signed', '3/4/2026', '5/6/2026');
    expect(plan).toMatchObject({ dateFormats: [], columns: [{}, { kind: 'date' }] });
    expect(missingIn(plan)).toEqual([
      'Say how dates are written: in 3/4/2026 either the day or the month may come first.',
    ]);
    expect(missingIn({ ...plan, dateFormats: ['d/M/yyyy'] })).toEqual([]);
    expect(missingIn(withMeaning(plan, 'Signed', 'skip'))).toEqual([]);
  });

  test('what a comma in numbers means, unless one of them says it', () => {
    const plan = of('Sum', '1,234', '17');
    expect(plan).toMatchObject({ decimal: null, columns: [{}, { kind: 'number', commas: '1,234' }] });
    expect(missingIn(plan)).toEqual([
      'Say how numbers are written: the comma in 1,234 may stand before a fraction or group thousands.',
    ]);
    expect(missingIn({ ...plan, decimal: ',' })).toEqual([]);
    expect(of('Sum', '1,234', '1,5').decimal).toBe(',');
    expect(of('Sum', '1,234', '1,234.5').decimal).toBe('.');
    expect(of('Sum', '1,5', '1,234.5').decimal).toBeNull();
    expect(of('Sum', '1.5', '17')).toMatchObject({ decimal: null, columns: [{}, { kind: 'number', commas: null }] });
  });

  test('cells that mean nothing are found, and say nothing about a column', () => {
    const plan = of('Score', 'Select', '12', 'N/A', '-');
    expect(plan).toMatchObject({ empty: ['-', 'N/A', 'Select'], columns: [{}, { kind: 'number' }] });
  });
});

describe('a plan as a mapping', () => {
  test('a row that is both is a contact and something that it did; without that it is the contact alone', () => {
    const header = ['id', 'Country', 'Last Activity', 'Visits'];
    const guessed = guessPlan({ header, rows: [['7', 'DE', 'Email Opened', '5']] }, 'leads.csv');
    const plan = withMeaning(withMeaning(withRows(guessed, 'both'), 'Last Activity', 'event'), 'Visits', 'detail');
    expect(missingIn(plan)).toEqual([]);
    const mapping = mappingOf(plan, 'leads.csv', Date.parse('2026-04-01'));
    const [file] = mapping.files;
    if (!file) throw new Error('no file');
    const map = rowMapper(mapping, file, header, new Map());
    expect(map(['7', 'DE', 'Email Opened', '5']).map(({ message }) => message)).toEqual([
      { type: 'identify', userId: '7', traits: { country: 'DE' }, timestamp: '2026-04-01T00:00:00.000Z' },
      {
        type: 'track',
        event: 'Email Opened',
        userId: '7',
        properties: { visits: 5 },
        timestamp: '2026-04-01T00:00:00.000Z',
      },
    ]);
    expect(map(['7', 'DE', '', '5'])).toHaveLength(1);
    // What only rows of another kind have becomes a value again.
    expect(withRows(plan, 'contacts').columns.map(({ meaning }) => meaning)).toEqual([
      'user',
      'value',
      'value',
      'value',
    ]);
  });

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
