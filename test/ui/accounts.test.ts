import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { waitUntil } from '@ripen/infra';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { temporaryHome } from '../helpers/product.ts';
import { countPointing, keyboard, mouse, type Hand } from './support/hands.ts';
import { admin, openHouse, type House } from './support/house.ts';
import { looksOn } from './support/looks.ts';
import { takeFromMenu } from './support/menus.ts';

// A marketer scores organisations by the people in them: a model is drawn, its impact is read, it is published; the list and the
// page of an account say what came of it; it is copied through a file, compared and archived.
let house: House;
const opened: (() => unknown)[] = [];

const interest = {
  ...{ kind: 'model', id: 'interest', name: 'Interest' },
  groups: [{ id: 'acts', name: 'Acts', kind: 'behaviour' }],
  rules: [
    {
      ...{ kind: 'behaviour', id: 'demo', name: 'Asked for a demo', group: 'acts', points: 20, event: 'demo_asked' },
      counts: { kind: 'every_time' },
    },
  ],
};
const companies = [
  { name: 'Acme', industry: 'Software', people: ['ada@acme.example', 'ben@acme.example'] },
  { name: 'Globex', industry: 'Steel', people: ['cy@globex.example'] },
];

beforeAll(async () => {
  house = await openHouse(inject('chromiumPath'));
  opened.push(house.close);
  await house.setUp();
  await house.api.post('/api/apply', { documents: [interest] });
  await house.api.send(
    companies.flatMap(({ name, industry, people }) =>
      people.flatMap((email) => [
        { type: 'identify', userId: email, traits: { email, company: { name, industry } } },
        { type: 'track', userId: email, event: 'demo_asked' },
      ]),
    ),
  );
  await waitUntil({
    what: 'Both accounts, with all of their contacts',
    timeoutMs: 30_000,
    until: async () => {
      const { items } = await house.api.get<{ items: { contacts: number }[] }>('/api/accounts');
      return items.reduce((sum, { contacts }) => sum + contacts, 0) === 3;
    },
  });
}, 180_000);
afterAll(async () => {
  for (const close of opened.reverse()) await close();
});

interface At {
  page: Page;
  pointed: () => Promise<number>;
}

const newPage = async (): Promise<At> => {
  const context = await house.open(admin);
  opened.push(() => context.close());
  const page = await context.newPage();
  return { page, pointed: await countPointing(page) };
};

const goTo = (hand: Hand, page: Page, place: string): Promise<void> =>
  hand.press(page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name: place, exact: true }));

/** Draws a model of its contacts' sum and one rule, and publishes it once it is known what that changes. */
const draw = async (hand: Hand, page: Page, name: string): Promise<void> => {
  await page.goto('/models');
  await hand.press(page.getByRole('button', { name: 'New model for accounts' }));
  const dialog = page.getByRole('dialog', { name: 'New score model for accounts' });
  await hand.write(dialog.getByRole('textbox', { name: 'Name' }), name);
  await hand.press(dialog.getByRole('button', { name: 'Make the model' }));
  await page.waitForURL('**/account-models/*');
  await hand.press(page.getByRole('button', { name: 'Add rule' }));
  const rule = page.getByRole('group', { name: 'New rule', exact: true });
  await hand.write(rule.getByRole('textbox', { name: 'Points' }), '15');
  await hand.write(rule.getByLabel('Field', { exact: true }), 'account.industry');
  await hand.write(rule.getByLabel(/: value$/), 'Software');
  await hand.write(rule.getByRole('textbox', { name: 'Name' }), 'Makes software');
  await hand.press(page.getByRole('button', { name: 'Publish version 1' }));
  const publish = page.getByRole('dialog', { name: /^Publish version 1/ });
  await publish.getByText('2 accounts change: 2 up, 0 down, 0 to another band.').waitFor();
  await publish.getByText('By all 2 accounts.').waitFor();
  await hand.press(publish.getByRole('button', { name: 'Publish version 1' }));
  await page.getByRole('status').filter({ hasText: 'Version 1 is live' }).waitFor();
};

/** From the list to the account, and why its score is what it is. */
const readAcme = async (hand: Hand, page: Page): Promise<void> => {
  await goTo(hand, page, 'Accounts');
  const row = page.getByRole('listitem').filter({ has: page.getByRole('link', { name: 'Acme', exact: true }) });
  await row.getByText('55', { exact: true }).waitFor();
  await hand.press(row.getByRole('link', { name: 'Acme', exact: true }));
  const why = page.getByRole('region', { name: 'Why this score' });
  for (const person of companies[0]?.people ?? []) await why.getByRole('link', { name: person }).waitFor();
  await expect.poll(() => why.getByRole('term').allTextContents()).toContain('Makes software');
  await expect.poll(() => why.getByRole('definition').last().textContent()).toContain('55');
  await page.getByText('It stays at 55 for 30 days if nothing happens.').waitFor();
};

for (const hand of [mouse, keyboard])
  test(`a model for accounts is drawn, weighed and published, and an account explains itself, by ${hand.name}`, async () => {
    const { page, pointed } = await newPage();
    const name = `Companies by ${hand.name}`;
    await draw(hand, page, name);
    await readAcme(hand, page);
    if (hand === keyboard) expect(await pointed()).toBe(0);
    const { items } = await house.api.get<{ items: { id: string; name: string }[] }>('/api/account-models');
    const made = items.find((model) => model.name === name);
    await house.api.post(`/api/account-models/${made?.id ?? ''}/archive`, {});
  }, 120_000);

for (const hand of [mouse, keyboard])
  test(`fields of accounts are imported from a file, row by row, by ${hand.name}`, async () => {
    const { page, pointed } = await newPage();
    await page.goto('/accounts');
    await hand.press(page.getByRole('button', { name: 'Import', exact: true }));
    const dialog = page.getByRole('dialog', { name: 'Import contacts, events or accounts' });
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      hand.press(dialog.getByRole('button', { name: 'Choose a file' })),
    ]);
    const field = `size${hand.name}`;
    const rowsOfFile = ['Company name,Employees', 'Acme,120', 'Globex,many', 'Initech,7'].join('\n');
    await chooser.setFiles({ name: 'companies.csv', mimeType: 'text/csv', buffer: Buffer.from(rowsOfFile) });
    const meaning = page.getByRole('dialog', { name: 'What the columns mean' });
    await meaning.getByRole('radio', { name: 'an account', checked: true }).waitFor({ state: 'attached' });
    await hand.write(meaning.getByRole('combobox', { name: 'Name for Employees' }), field);
    await hand.choose(meaning.getByRole('combobox', { name: 'Employees holds' }), 'Number');
    const preview = meaning.getByRole('region', { name: 'Preview' });
    await preview.getByText('Line 3 is refused:').waitFor();
    await preview.getByText(field).first().waitFor();
    if (hand === mouse) expect(await looksOn(page)).toEqual([]);
    await hand.press(meaning.getByRole('button', { name: 'Start the import' }));
    const done = page.getByRole('dialog', { name: 'Import', exact: true });
    await done
      .getByText('Fields of 2 accounts set, 1 has no contact yet and waits for the first, 1 row refused.')
      .waitFor();
    await done
      .getByRole('region', { name: 'Refused rows' })
      .getByText(/^Line 3: /)
      .waitFor();
    await hand.press(done.getByRole('button', { name: 'See the accounts' }));
    await done.waitFor({ state: 'detached' });
    const { items } = await house.api.get<{ items: { id: string; name: string }[] }>('/api/accounts');
    const acme = items.find(({ name }) => name === 'Acme')?.id ?? '';
    await waitUntil({
      what: 'What the file says of Acme',
      timeoutMs: 20_000,
      until: async () => {
        const { fields } = await house.api.get<{ fields: Record<string, unknown> }>(`/api/accounts/${acme}`);
        return fields[`account.${field}`] === 120;
      },
    });
    if (hand === keyboard) expect(await pointed()).toBe(0);
  }, 120_000);

test('publishing a model for contacts says first what becomes of accounts, from now on and from history', async () => {
  const { page } = await newPage();
  const sheet = (id: string, together: string) => ({
    ...{ kind: 'account_model', id, name: `Companies by ${together}` },
    contacts: [{ model: 'interest', together: { kind: together } }],
    bands: [
      { id: 'cold', name: 'Cold', from: 0 },
      { id: 'hot', name: 'Hot', from: 50 },
    ],
  });
  await house.api.post('/api/apply', { documents: [sheet('all', 'sum'), sheet('best', 'maximum')] });
  await page.goto('/models/interest');
  await page.getByRole('textbox', { name: 'Points of Asked for a demo' }).fill('30');
  await page.getByRole('button', { name: 'Publish version 2' }).click();
  const publish = page.getByRole('dialog', { name: /^Publish version 2/ });
  await publish.getByText('By all 3 contacts and all 2 accounts.').waitFor();
  const all = publish.getByRole('region', { name: 'Companies by sum' });
  await all.getByText('Companies by sum: no account changes.').waitFor();
  await publish.getByRole('radio', { name: 'Rebuild from history' }).check();
  // Acme has two who asked for a demo, Globex one.
  await all.getByText('Companies by sum: 2 accounts change: 2 up, 0 down, 1 to another band.').waitFor();
  await all.getByText('Cold → Hot: 1 account').waitFor();
  await all.getByRole('row', { name: 'Acme 40 → 60 +20 Cold → Hot' }).waitFor();
  expect(await all.getByRole('link', { name: 'Acme' }).getAttribute('href')).toMatch(/^\/accounts\/./);
  await publish
    .getByRole('region', { name: 'Companies by maximum' })
    .getByText('2 accounts change: 2 up, 0 down, 0 to another band.')
    .waitFor();
  expect(await looksOn(page)).toEqual([]);
  for (const id of ['all', 'best']) await house.api.post(`/api/account-models/${id}/archive`, {});
}, 120_000);

test('a model for accounts goes out as a file and comes in again, is compared, doubted, and archived', async () => {
  const { page } = await newPage();
  const company = {
    ...{ kind: 'account_model', id: 'company', name: 'Company', contacts: [{ model: 'interest' }] },
    bands: [
      { id: 'cold', name: 'Cold', from: 0 },
      { id: 'huge', name: 'Huge', from: 900 },
    ],
  };
  await house.api.post('/api/apply', { documents: [company] });
  await page.goto('/models');
  const sheets = page.getByRole('region', { name: 'Score models for accounts' });
  const act = async (name: string, item: string): Promise<void> => {
    await takeFromMenu(sheets.getByRole('button', { name: `More about ${name}`, exact: true }), item);
  };
  const [download] = await Promise.all([page.waitForEvent('download'), act('Company', 'Download as JSON')]);
  const { path: home, remove } = temporaryHome();
  opened.push(remove);
  const file = join(home, 'model.json');
  writeFileSync(file, readFileSync(await download.path(), 'utf8').replace('"from": 900', '"from": 30'));

  await page.getByRole('button', { name: 'New model for accounts' }).click();
  const dialog = page.getByRole('dialog', { name: 'New score model for accounts' });
  await dialog.getByRole('radio', { name: 'A file' }).click();
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    dialog.getByRole('button', { name: 'File' }).click(),
  ]);
  await chooser.setFiles(file);
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Company, lower');
  await dialog.getByRole('button', { name: 'Make the model' }).click();
  await page.waitForURL('**/account-models/company-lower');
  await page.getByRole('group', { name: 'Band Huge' }).waitFor();

  await page.goto('/account-models/compare?a=company&b=company-lower@draft');
  await page.getByText('The rules are the same, 1 setting differs.').waitFor();
  await page.getByRole('row', { name: /Band “Huge” From 900 From 30/ }).waitFor();
  expect(await looksOn(page)).toEqual([]);

  await page.goto('/account-models/company');
  await page
    .getByRole('region', { name: 'What to look at' })
    .getByText('No account reaches "Huge" at 900: the highest score is 40.')
    .waitFor();
  await page.goto('/models');
  await act('Company', 'Archive');
  await page.getByRole('dialog').getByRole('button', { name: 'Archive' }).click();
  await page.getByText('“Company” is archived.').waitFor();
  await waitUntil({
    what: 'Accounts without that score',
    timeoutMs: 20_000,
    until: async () => {
      const { items } = await house.api.get<{ items: { scores: unknown[] }[] }>('/api/accounts');
      return items.every(({ scores }) => scores.length === 0);
    },
  });
}, 120_000);
