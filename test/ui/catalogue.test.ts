import { waitUntil } from '@ripen/infra';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { admin, openHouse, type House } from './support/house.ts';
import { looksOn } from './support/looks.ts';
import { takeFromMenu } from './support/menus.ts';

// What marketers do with what arrives: describe it, let go of it, tell scanners from people; and read two models against
// each other and against the contacts that they score.
const equals = (field: string, value: string) => ({ kind: 'field', field, is: { op: 'equals', value } });
const grade = {
  ...{ kind: 'model', id: 'grade', name: 'Grade' },
  groups: [{ id: 'who', name: 'Who', kind: 'profile' }],
  rules: [{ kind: 'profile', id: 'us', name: 'In the US', group: 'who', points: 30, when: equals('country', 'US') }],
  bands: [
    { id: 'b', name: 'Rest', from: 0 },
    { id: 'a', name: 'Fits', from: 30 },
  ],
};
const deeds = {
  ...{ kind: 'model', id: 'deeds', name: 'Deeds' },
  groups: [{ id: 'acts', name: 'Acts', kind: 'behaviour' }],
  rules: ['email_opened', 'demo_asked'].map((event, power) => ({
    ...{ kind: 'behaviour', id: event, name: event === 'email_opened' ? 'Opened' : 'Asked', group: 'acts' },
    ...{ points: 2 ** power, event },
  })),
  bands: [{ id: 'hot', name: 'Hot', from: 2 }],
};
const people = 12;

let house: House;
let context: BrowserContext;
let page: Page;
beforeAll(async () => {
  house = await openHouse(inject('chromiumPath'));
  await house.setUp();
  await house.api.post('/api/apply', { documents: [grade, deeds] });
  context = await house.open(admin);
  page = await context.newPage();
}, 180_000);
afterAll(() => house.close());

const row = (name: string) => page.getByRole('row').filter({ has: page.getByRole('button', { name, exact: true }) });

test('an event type is described, and told from scanners, before any of it came', async () => {
  await page.goto('/catalogue?tab=events');
  await page.getByRole('button', { name: 'Add event type' }).click();
  const asked = page.getByRole('dialog', { name: 'Add an event type' });
  // What most workspaces have is offered; anything else is typed.
  await asked.getByRole('textbox', { name: 'Event type' }).fill('clicked');
  await page.getByRole('option', { name: /^Clicked in an e-mail/ }).click();
  await asked.getByRole('button', { name: 'Add it' }).click();
  const panel = page.getByRole('dialog', { name: 'Clicked in an e-mail' });
  await panel.getByText('Events come as email_clicked.').waitFor();
  await panel.getByRole('switch', { name: 'Tell scanners from people' }).check();
  await panel.getByRole('button', { name: 'Save' }).click();
  await page.getByText('“Clicked in an e-mail” is saved.').waitFor();
  await panel.press('Escape');
  await row('Clicked in an e-mail').getByText('email_clicked').waitFor();
  const { document } = await house.api.get<{ document: object }>('/api/event-types/email_clicked');
  expect(document).toMatchObject({ name: 'Clicked in an e-mail', activity: true, scanners: {} });
});

test('what arrives for the first time is in the catalogue, to be named, described, typed and searched', async () => {
  await page.goto('/catalogue');
  await page.getByText('Never').first().waitFor();
  await house.api.send(
    Array.from({ length: people }, (_, n) => n).flatMap((n) => [
      { type: 'identify', userId: `p${n}`, traits: { country: n % 2 ? 'US' : 'DE', seniorityLevel: '7' } },
      ...(n % 3 === 0 ? [{ type: 'track', userId: `p${n}`, event: 'demo_asked' }] : []),
    ]),
  );
  // Nobody reloads anything.
  await row('Seniority level').getByText('Not described').waitFor();
  await page.getByRole('textbox', { name: 'Search the catalogue' }).fill('senior');
  await expect.poll(() => page.getByRole('row').count()).toBe(2);
  await page.getByRole('button', { name: 'Seniority level' }).click();
  const panel = page.getByRole('dialog', { name: 'Seniority level' });
  await panel.getByLabel('Name').fill('Years of practice');
  await panel.getByLabel('Description').fill('As they say in the form');
  await panel.getByRole('combobox', { name: 'Holds' }).click();
  await page.getByRole('option', { name: 'Number', exact: true }).click();
  await panel.getByRole('button', { name: 'Save' }).click();
  await page.getByText('“Years of practice” is saved.').waitFor();
  await page.getByRole('dialog', { name: 'Years of practice' }).press('Escape');
  await row('Years of practice').getByText('As they say in the form').waitFor();
  await row('Years of practice').getByText('Number').waitFor();
  expect(await looksOn(page)).toEqual([]);
});

test('a field that a rule looks at says where, and cannot be deleted; another can, and comes back', async () => {
  await page.goto('/catalogue?item=country');
  const field = page.getByRole('dialog', { name: 'Country' });
  await field.getByRole('link', { name: 'Grade' }).waitFor();
  await field.getByRole('button', { name: 'Delete' }).click();
  await page.getByText('It is in use.').waitFor();
  await page.getByRole('button', { name: 'Back to the field' }).click();
  await page.goto('/catalogue?item=seniorityLevel');
  await page.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('button', { name: 'Delete the field' }).click();
  await page.getByText('Deleted: nothing may use it.').waitFor();
  // What would look at it is refused.
  const segment = { kind: 'segment', id: 'old', name: 'Old', when: equals('seniorityLevel', '7') };
  await expect(house.api.post('/api/apply', { documents: [segment] })).rejects.toThrow(/422|deleted/);
  await page.getByRole('button', { name: 'Bring back' }).click();
  await page.getByText('“Years of practice” is back.').waitFor();
});

test('scanners are told by how soon they are there, marked in the timeline and counted on the Health screen', async () => {
  await page.goto('/catalogue?tab=events&item=email_opened');
  const panel = page.getByRole('dialog', { name: 'Email opened' });
  await panel.getByRole('switch', { name: 'Tell scanners from people' }).click();
  await panel.getByLabel('Within').fill('30');
  await panel.getByRole('switch', { name: 'Many links at once' }).click();
  expect(await looksOn(page)).toEqual([]);
  await panel.getByRole('button', { name: 'Save' }).click();
  await page.getByText('“Email opened” is saved.').waitFor();
  const at = Date.now() - 60_000;
  const mail = (event: string, afterMs: number) => ({
    ...{ type: 'track', userId: 'p0', event, properties: { emailId: 'e1' } },
    timestamp: new Date(at + afterMs).toISOString(),
  });
  await house.api.send([mail('email_sent', 0), mail('email_opened', 20_000), mail('email_opened', 40_000)]);
  await page.goto('/system');
  const figure = page.locator('dl > div').filter({ hasText: 'Scanner events, 24 hours' });
  await figure.locator('dd').getByText(/^1/).waitFor();
  const { items } = await house.api.get<{ items: { id: string }[] }>('/api/contacts?q=p0');
  await page.goto(`/contacts/${items[0]?.id ?? ''}`);
  await page.getByText('Looks like a scanner').waitFor();
  await expect.poll(() => page.getByText('Looks like a scanner').count()).toBe(1);
});

test('a cell of the grid leads to exactly its contacts', async () => {
  await page.goto('/models/grade');
  const cell = page.getByRole('link', { name: /contacts: Fits here, Hot of Deeds/ });
  // Every third contact asked, and every second of those is in the US.
  await waitUntil({ what: 'The grid', timeoutMs: 30_000, until: async () => (await cell.textContent()) === '2' });
  await cell.click();
  await page.getByText('2 contacts found').waitFor();
  await page.getByRole('button', { name: 'Bands: in Fits of Grade and in Hot of Deeds' }).waitFor();
  await expect.poll(() => page.getByRole('table', { name: 'Contacts' }).getByRole('row').count()).toBe(3);
});

test('points that are powers of two become a segment of each combination with one press', async () => {
  await page.goto('/models/deeds');
  await page.getByText('Each score tells exactly which rules hold: 3 is “Asked” and “Opened”').waitFor();
  await page.getByRole('button', { name: 'Make a segment of each' }).click();
  const dialog = page.getByRole('dialog', { name: 'A segment of each combination' });
  await dialog.getByRole('checkbox', { name: 'Score 3' }).waitFor();
  // Nobody is in some: those are offered, not ticked.
  await dialog.getByRole('button', { name: 'Create 2 segments' }).waitFor();
  await dialog.getByRole('checkbox', { name: 'All combinations' }).check();
  expect(await looksOn(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Create 3 segments' }).click();
  await page.getByRole('link', { name: 'Deeds 3: Asked + Opened' }).waitFor();
  await expect.poll(() => page.getByRole('link', { name: /^Deeds \d: / }).count()).toBe(3);
});

test('a draft stands beside what is live: what differs is marked, with the contacts of every band', async () => {
  const [rule] = grade.rules;
  const german = { ...rule, id: 'de', name: 'In Germany', points: 40, when: equals('country', 'DE') };
  const document = { ...grade, rules: [{ ...rule, points: 20 }, german] };
  const saved = await house.api.fetch('/api/models/grade/draft', {
    method: 'PUT',
    body: JSON.stringify({ document, edition: null }),
    headers: { authorization: `Bearer ${house.api.apiKey}`, 'content-type': 'application/json' },
  });
  expect(saved.status).toBe(200);
  await page.goto('/models');
  await takeFromMenu(page.getByRole('button', { name: 'More about Grade' }), 'Compare');
  await page.getByText('2 rules differ.').waitFor();
  const rules = page.getByRole('region', { name: 'Rules' });
  await expect.poll(() => rules.locator('mark').allTextContents()).toEqual(['+30', '+20']);
  await expect.poll(() => rules.getByText('No such rule').count()).toBe(1);
  const bands = page.getByRole('region', { name: 'Bands' });
  await bands.getByText(/counted as if it had always been so/).waitFor({ timeout: 60_000 });
  const fits = bands.getByRole('row', { name: /^Fits/ }).getByRole('cell');
  await expect.poll(() => fits.allTextContents()).toEqual(['30', '6', '30', '6']);
  expect(await looksOn(page)).toEqual([]);
});
