import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createPool } from '@ripen/engine';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { dataDir, hasData } from '../helpers/data.ts';
import { admin, openHouse, type House } from './support/house.ts';
import { axeOn } from './support/looks.ts';
import { mouse } from './support/hands.ts';

// A file of real leads goes from a marketer's disk to the answer that they want: do those with more points become customers more often?
const file = 'x-education-leads.csv';

const field = (name: string, is: object) => ({ kind: 'field', field: name, is });
const profile = (id: string, points: number, when: object) => ({
  kind: 'profile',
  id,
  name: id,
  group: 'fit',
  points,
  when,
});
const behaviour = (id: string, points: number, event: string, where?: object) => ({
  kind: 'behaviour',
  id,
  name: id,
  group: 'deeds',
  points,
  event,
  counts: { kind: 'once' },
  ...(where && { where }),
});
/** Explicit rules on what leads said, implicit ones on what they did, told by fields and by events. */
const model = {
  kind: 'model',
  id: 'leads',
  name: 'Lead score',
  groups: [
    { id: 'fit', name: 'Fit', kind: 'profile' },
    { id: 'deeds', name: 'Deeds', kind: 'behaviour' },
  ],
  rules: [
    profile('add-form', 25, field('leadOrigin', { op: 'equals', value: 'Lead Add Form' })),
    profile('working', 20, field('whatIsYourCurrentOccupation', { op: 'equals', value: 'Working Professional' })),
    profile('referred', 10, field('leadSource', { op: 'one_of', values: ['Reference', 'Welingak Website'] })),
    profile('no-mail', -10, field('doNotEmail', { op: 'equals', value: true })),
    profile('visits', 5, field('totalVisits', { op: 'at_least', value: 3 })),
    profile('time', 20, field('totalTimeSpentOnWebsite', { op: 'at_least', value: 600 })),
    behaviour('sms', 20, 'sms_sent'),
    behaviour('opened', 5, 'email_opened'),
    behaviour('pages', 5, 'page_visited_on_website', {
      kind: 'property',
      property: 'pageViewsPerVisit',
      is: { op: 'at_least', value: 2 },
    }),
  ],
  bands: [
    { id: 'a', name: 'A', from: 45 },
    { id: 'b', name: 'B', from: 25 },
    { id: 'c', name: 'C', from: 10 },
    { id: 'd', name: 'D', from: 0 },
  ],
};

/** A second reading of the file and of the rules, by hand: what the pages must show. */
const expected = (): string[][] => {
  const cellsOf = (line: string): string[] =>
    [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
      ([, quoted, bare]) => quoted?.replaceAll('""', '"') ?? bare ?? '',
    );
  const records = readFileSync(join(dataDir, file), 'utf8')
    .trim()
    .split(/\r?\n/)
    // Some hundred rows are in quotes as a whole.
    .map((line) => (line.startsWith('"') ? cellsOf(cellsOf(line)[0] ?? '') : cellsOf(line)));
  const [header = [], ...rows] = records;
  const bands = [
    { name: 'A', from: 45, contacts: 0, converted: 0 },
    { name: 'B', from: 25, contacts: 0, converted: 0 },
    { name: 'C', from: 10, contacts: 0, converted: 0 },
    { name: 'D', from: 0, contacts: 0, converted: 0 },
  ];
  for (const row of rows) {
    const of = (column: string): string => row[header.indexOf(column)] ?? '';
    const points = [
      of('Lead Origin') === 'Lead Add Form' ? 25 : 0,
      of('What is your current occupation') === 'Working Professional' ? 20 : 0,
      ['Reference', 'Welingak Website'].includes(of('Lead Source')) ? 10 : 0,
      of('Do Not Email') === 'Yes' ? -10 : 0,
      Number(of('TotalVisits')) >= 3 ? 5 : 0,
      Number(of('Total Time Spent on Website')) >= 600 ? 20 : 0,
      of('Last Activity') === 'SMS Sent' ? 20 : 0,
      of('Last Activity') === 'Email Opened' ? 5 : 0,
      of('Last Activity') === 'Page Visited on Website' && Number(of('Page Views Per Visit')) >= 2 ? 5 : 0,
    ].reduce((sum, each) => sum + each, 0);
    const band = bands.find(({ from }) => Math.min(100, Math.max(0, points)) >= from);
    if (!band) throw new Error('Every score is in a band.');
    band.contacts++;
    if (of('Converted') === '1') band.converted++;
  }
  const all = { name: 'All', from: null, ...sumOf(bands) };
  return [...bands, all].map(({ name, from, contacts, converted }) => [
    name,
    from === null ? '' : String(from),
    contacts.toLocaleString('en-US'),
    converted.toLocaleString('en-US'),
    `${Math.round((Math.round((converted / contacts) * 10_000) / 10_000) * 1_000) / 10} %`,
  ]);
};
const sumOf = (bands: readonly { contacts: number; converted: number }[]) => ({
  contacts: bands.reduce((sum, each) => sum + each.contacts, 0),
  converted: bands.reduce((sum, each) => sum + each.converted, 0),
});

const rowsOf = async (table: Locator): Promise<string[][]> =>
  Promise.all(
    (await table.locator('tbody tr, tfoot tr').all()).map(async (row) =>
      (await row.locator('th, td').allInnerTexts()).slice(0, 5).map((text) => text.trim()),
    ),
  );

describe.skipIf(!hasData(file))('a file of 9,240 real leads', () => {
  let house: House;
  let page: Page;
  beforeAll(async () => {
    house = await openHouse(inject('chromiumPath'));
    await house.setUp();
    await house.api.post('/api/apply', { documents: [model] });
    page = await (await house.open(admin)).newPage();
  }, 180_000);
  afterAll(() => house.close());

  test('is imported by the pages: its columns are fields, and what each lead did last is an event', async () => {
    await page.goto('/contacts?import=file');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('File to import').setInputFiles(join(dataDir, file));
    await dialog.getByText('both', { exact: true }).click();
    await mouse.choose(dialog.getByRole('combobox', { name: 'Last Activity means' }), 'Name of the event');
    await mouse.choose(dialog.getByRole('combobox', { name: 'Page Views Per Visit means' }), 'Property of the event');
    const preview = dialog.getByRole('region', { name: 'Preview' });
    await preview.getByText('Page Visited on Website').first().waitFor();
    expect(await preview.getByText('is refused').count()).toBe(0);
    // "Select" is what the form said before anybody chose.
    await dialog.getByText('Select', { exact: true }).first().waitFor();
    expect(await axeOn(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Start the import' }).click();
    await dialog.getByText(/^9,240 contacts, 18,\d{3} events\.$/).waitFor({ timeout: 120_000 });
  }, 180_000);

  test('is in the database row by row, typed, without what means nothing', async () => {
    const pool = createPool({ databaseUrl: house.product.databaseUrl, max: 1 });
    try {
      const { rows } = await pool.query<Record<string, number>>(
        `select count(*)::int as contacts,
           count(*) filter (where json_typeof(state->'fields'->'converted') = 'number')::int as converted,
           count(*) filter (where json_typeof(state->'fields'->'doNotEmail') = 'boolean')::int as asked,
           count(*) filter (where state->'fields'->>'specialization' = 'Select')::int as selected,
           count(*) filter (where state->'fields'->>'leadOrigin' = 'Lead Add Form')::int as added
         from contacts`,
      );
      const text = readFileSync(join(dataDir, file), 'utf8');
      const added = text.split(',Lead Add Form,').length - 1;
      expect(added).toBeGreaterThan(700);
      expect(rows).toEqual([{ contacts: 9_240, converted: 9_240, asked: 9_240, selected: 0, added }]);
    } finally {
      await pool.end();
    }
  });

  test('shows its bands against who was converted, as a second computation has them', async () => {
    await page.goto('/models');
    await page.getByRole('link', { name: 'Lead score' }).click();
    await page.getByRole('tab', { name: 'Results' }).click();
    const results = page.getByRole('region', { name: 'Bands against results' });
    // The field that says it by its name is there before anybody chose.
    await expect.poll(() => results.getByRole('combobox', { name: 'The result' }).inputValue()).toBe('Converted');
    const table = results.getByRole('table');
    await table.getByText('9,240').waitFor();
    await expect.poll(() => rowsOf(table)).toEqual(expected());
    await results.getByText(/^A converts [\d.]+ times as often as all contacts do\.$/).waitFor();
    expect(await axeOn(page)).toEqual([]);
  });

  test('is held against another result, which the address keeps', async () => {
    const results = page.getByRole('region', { name: 'Bands against results' });
    await mouse.choose(results.getByRole('combobox', { name: 'The result' }), 'Do not e-mail');
    const all = results.getByRole('table').locator('tfoot tr');
    const text = readFileSync(join(dataDir, file), 'utf8').trim().split('\n').slice(1);
    const asked = text.filter((line) => /^[^,]*,[^,]*,[^,]*,[^,]*,Yes,/.test(line)).length;
    await all.getByText(asked.toLocaleString('en-US'), { exact: true }).waitFor();
    await page.reload();
    await all.getByText(asked.toLocaleString('en-US'), { exact: true }).waitFor();
    expect(new URL(page.url()).search).toContain('result=field%3AdoNotEmail');
  });

  test('what another file refused is found again by whoever comes later, row by row and as a file', async () => {
    const good = Array.from({ length: 20 }, (_, index) => `later-${index};${10 + index}.03.2025;1,5`);
    const rows = ['id;on;sum', 'bad-1;soon;2', ...good, 'bad-2;15.03.2025;"open'];
    await page.goto('/contacts?import=file');
    const dialog = page.getByRole('dialog');
    await dialog
      .getByLabel('File to import')
      .setInputFiles({ name: 'grün.csv', mimeType: 'text/csv', buffer: Buffer.from(rows.join('\r\n'), 'latin1') });
    await mouse.choose(dialog.getByRole('combobox', { name: 'on means' }), 'As of when');
    await dialog.getByRole('button', { name: 'Start the import' }).click();
    await dialog.getByText('20 contacts, 20 events, 2 rows refused.').waitFor();

    const later = await (await house.open(admin)).newPage();
    await later.goto('/contacts?import=file');
    await later.getByRole('link', { name: 'Earlier imports' }).click();
    await later.getByRole('button', { name: '2 rows refused' }).click();
    const refused = later.getByRole('dialog', { name: '2 rows of grün.csv refused' });
    await refused.getByText('opens a quote that is never closed').waitFor();
    await refused.getByText('bad-1;soon;2').waitFor();
    expect(await axeOn(later)).toEqual([]);
    const [download] = await Promise.all([
      later.waitForEvent('download'),
      refused.getByRole('link', { name: 'Download them with reasons' }).click(),
    ]);
    const lines = readFileSync(await download.path(), 'utf8')
      .trim()
      .split('\n');
    expect(lines).toEqual([
      'file,line,reason,row',
      'grün.csv,2,"timestamp ""soon"" is not a date of the expected format","bad-1;soon;2"',
      'grün.csv,23,opens a quote that is never closed,"bad-2;15.03.2025;""open"',
    ]);
  });
});
