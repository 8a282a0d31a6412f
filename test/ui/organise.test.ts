import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { keyboard } from './support/hands.ts';
import { admin, openHouse, type House } from './support/house.ts';
import { looksOn } from './support/looks.ts';
import { openMenu, takeFromMenu } from './support/menus.ts';

// How people keep many automations in order: labels, favourites, owners, folders, what is done to several at once, what hangs
// together, deleting that can be had back, and automations of elsewhere.
const marking = (id: string, name: string, label: string, more: object = {}) => ({
  ...{ kind: 'automation', id, name, triggers: [{ type: 'event', event: 'came_in' }] },
  nodes: [{ id: 'mark', type: 'add_label', settings: { label } }],
  edges: [{ from: 'start', to: 'mark' }],
  ...more,
});
const starter = marking('starter', 'Starter', 'x', {
  nodes: [{ id: 'go', type: 'start_automation', settings: { automation: 'alpha' } }],
  edges: [{ from: 'start', to: 'go' }],
});

let house: House;
let context: BrowserContext;
let page: Page;
let files: string;
beforeAll(async () => {
  files = await mkdtemp(join(tmpdir(), 'ripen-organise-'));
  house = await openHouse(inject('chromiumPath'));
  await house.setUp();
  await house.api.post('/api/apply', {
    documents: [
      marking('alpha', 'Alpha', 'A', { description: 'Marks whoever comes in' }),
      marking('beta', 'Beta', 'B'),
      marking('gamma', 'Gamma', 'C'),
      { kind: 'queue', id: 'emea-sales', name: 'EMEA sales' },
    ],
  });
  await house.api.post('/api/apply', { documents: [starter] });
  context = await house.open(admin);
  page = await context.newPage();
}, 180_000);
afterAll(async () => {
  await house.close();
  await rm(files, { recursive: true, force: true });
});

const link = (name: string) => page.getByRole('link', { name, exact: true });
const select = (name: string) => page.getByRole('checkbox', { name: `Select ${name}` });
const bar = () => page.getByRole('toolbar', { name: 'For all that are selected' });
const act = (name: string | RegExp) => bar().getByRole('button', { name });
const dialog = (name: string | RegExp) => page.getByRole('dialog', { name });
/** A field that proposes what there is, whatever it is said to be. */
const typed = (inDialog: string, name: string) =>
  dialog(inDialog).getByRole('combobox', { name }).or(dialog(inDialog).getByRole('textbox', { name }));
const section = (name: string) => page.getByRole('region', { name });
interface Starred {
  name: string;
  starred: boolean;
}
interface Listed {
  id: string;
  status: string;
  folder: string | null;
  labels: string[];
  owner: { name: string } | null;
}
const listed = async (id: string): Promise<Listed | undefined> =>
  (await house.api.get<{ items: Listed[] }>('/api/automations')).items.find((one) => one.id === id);

test('several are selected by mouse with shift, and labelled, moved and given to somebody at once', async () => {
  await page.goto('/automations');
  await select('Alpha').click();
  await select('Gamma').click({ modifiers: ['Shift'] });
  await bar().getByText('3 selected').waitFor();
  expect(await looksOn(page)).toEqual([]);
  await act('Label').click();
  const labels = typed('Label 3 automations', 'Labels');
  await labels.fill('Spring');
  await labels.press('Enter');
  await dialog('Label 3 automations').getByRole('button', { name: 'Save labels' }).click();
  await page.getByText('3 automations labelled.').waitFor();

  await select('Beta').click();
  await select('Gamma').click();
  await act('Move').click();
  await typed('Move 2 automations', 'Folder').fill('Together');
  await dialog('Move 2 automations').getByRole('button', { name: 'Move' }).click();
  await section('Together').getByRole('link', { name: 'Beta' }).waitFor();

  await select('Beta').click();
  await act('Owner').click();
  const owner = dialog('Owner of “Beta”');
  await owner.getByRole('combobox', { name: 'Owner' }).click();
  await page.getByRole('option', { name: admin.name }).click();
  await owner.getByRole('button', { name: 'Save owner' }).click();
  await expect.poll(async () => (await listed('beta'))?.owner?.name).toBe(admin.name);
  expect(await listed('gamma')).toMatchObject({ folder: 'Together', labels: ['Spring'] });
});

test('found by description, label and owner; the address keeps the filter', async () => {
  await page.goto('/automations');
  const search = page.getByRole('textbox', { name: 'Search automations' });
  await search.fill('whoever');
  await link('Beta').waitFor({ state: 'detached' });
  await link('Alpha').waitFor();
  await search.fill('ada spring');
  await link('Alpha').waitFor({ state: 'detached' });
  await link('Beta').waitFor();
  await search.fill('');
  await takeFromMenu(page.getByRole('button', { name: /^Label:/ }), 'Spring');
  await link('Starter').waitFor({ state: 'detached' });
  await page.reload();
  await link('Alpha').waitFor();
  expect(await link('Starter').count()).toBe(0);
});

test('a favourite stands first, for this person only, by mouse and by key', async () => {
  await page.goto('/automations');
  await page.getByRole('button', { name: 'Favourite: Gamma' }).click();
  await section('Favourites').getByRole('link', { name: 'Gamma' }).waitFor();
  await link('Beta').focus();
  await page.keyboard.press('s');
  await section('Favourites').getByRole('link', { name: 'Beta' }).waitFor();
  const starred = async (): Promise<string[]> => {
    const { items } = (await (await context.request.get('/api/automations')).json()) as { items: Starred[] };
    return items.flatMap((one) => (one.starred ? [one.name] : []));
  };
  await expect.poll(starred).toEqual(['Beta', 'Gamma']);
  await page.reload();
  await expect.poll(() => section('Favourites').getByRole('link').allTextContents()).toEqual(['Beta', 'Gamma']);
  await page.getByRole('button', { name: 'Favourite: Gamma' }).click();
  await page.getByRole('button', { name: 'Favourite: Beta' }).click();
  await section('Favourites').waitFor({ state: 'detached' });
});

test('by keyboard alone: selected, paused, and what cannot be done said for each with why', async () => {
  await page.goto('/automations');
  await link('Alpha').focus();
  await page.keyboard.press('x');
  await page.keyboard.press('Shift+ArrowDown');
  await bar().getByText('2 selected').waitFor();
  await keyboard.press(act('Pause'));
  await keyboard.press(dialog('Pause 2 automations').getByRole('button', { name: 'Pause' }));
  await page.getByText('2 automations paused.').waitFor();
  await dialog('Pause 2 automations').waitFor({ state: 'detached' });
  await link('Alpha').focus();
  await page.keyboard.press('ControlOrMeta+a');
  await bar().getByText('4 selected').waitFor();
  await keyboard.press(act('Resume 2'));
  await page.getByText('2 automations resumed.').waitFor();
  expect((await listed('alpha'))?.status).toBe('live');

  // Alpha is started by Starter, so it stays, and the other goes.
  await select('Alpha').focus();
  await page.keyboard.press('Space');
  await select('Beta').focus();
  await page.keyboard.press('Space');
  await act('Archive').click();
  await dialog('Archive 2 automations').getByRole('button', { name: 'Archive' }).click();
  const report = dialog('1 automation archived, 1 not');
  await report.getByText('The automation "Alpha" is used by the automation "Starter"').waitFor();
  expect(await looksOn(page)).toEqual([]);
  await report.getByRole('button', { name: 'Close' }).last().click();
  await report.waitFor({ state: 'detached' });
  await bar().getByText('1 selected').waitFor();
  await link('Alpha').focus();
  await page.keyboard.press('Escape');
  await bar().waitFor({ state: 'detached' });
});

test('what hangs together is shown in both directions, and leads there', async () => {
  await page.goto('/automations');
  const more = page.getByRole('button', { name: 'More about Alpha' });
  const menu = await openMenu(more, keyboard);
  await page.keyboard.press('Escape');
  await menu.waitFor({ state: 'detached' });
  await more.and(page.locator(':focus')).waitFor();
  await takeFromMenu(more, 'Used by and uses', keyboard);
  const uses = dialog('What “Alpha” hangs together with');
  await uses.getByRole('region', { name: 'Used by' }).getByRole('link', { name: 'Starter' }).waitFor();
  await uses.getByRole('region', { name: 'Uses', exact: true }).getByRole('link', { name: 'A', exact: true }).waitFor();
  expect(await looksOn(page)).toEqual([]);
  await uses.getByRole('link', { name: 'Starter' }).click();
  await page.waitForURL(/automations\/starter\?node=go/);
});

test('a draft is deleted and had back; what was archived and never entered goes by typing a word', async () => {
  const draft = { ...marking('sketch', 'Sketch', 'S'), triggers: [] };
  await house.api.fetch('/api/automations/sketch/draft', {
    method: 'PUT',
    headers: { authorization: `Bearer ${house.product.keys.apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ document: draft }),
  });
  await page.goto('/automations');
  await takeFromMenu(page.getByRole('button', { name: 'More about Sketch' }), 'Delete');
  await dialog('Delete “Sketch”').getByRole('button', { name: 'Delete' }).click();
  await link('Sketch').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Undo' }).click();
  await link('Sketch').waitFor();

  await select('Beta').click();
  await act('Delete').click();
  const sure = dialog('Delete “Beta”');
  expect(await sure.getByRole('button', { name: 'Delete' }).isDisabled()).toBe(true);
  const word = sure.getByRole('textbox', { name: 'Type “delete” to go on' });
  await word.fill('delete');
  await word.press('Enter');
  await link('Beta').waitFor({ state: 'detached' });
  await expect.poll(() => listed('beta')).toBeUndefined();
});

test('an automation of elsewhere is fitted to what is here, and kept as a draft', async () => {
  const file = join(files, 'elsewhere.json');
  const document = marking('elsewhere', 'From elsewhere', 'New here', {
    triggers: [{ type: 'event', event: 'came_inn' }],
    nodes: [
      { id: 'set', type: 'set_field', settings: { field: 'origin', to: { kind: 'value', value: 'elsewhere' } } },
      { id: 'give', type: 'route', settings: { queue: 'emea_sale' } },
    ],
    edges: [
      { from: 'start', to: 'set' },
      { from: 'set', to: 'give' },
    ],
  });
  writeFileSync(file, JSON.stringify(document));
  await page.goto('/automations?import=file');
  const importing = dialog('Import automations');
  await importing.locator('input[type=file]').setInputFiles(file);
  await importing.getByRole('button', { name: 'Read it' }).click();
  const queue = importing.getByRole('combobox', { name: 'Sales queue to take for emea_sale' });
  await expect.poll(() => queue.inputValue()).toBe('EMEA sales (emea-sales)');
  expect(await looksOn(page)).toEqual([]);
  await importing.getByRole('combobox', { name: 'Field to take for origin' }).click();
  await page.getByRole('option', { name: 'Create this field' }).click();
  await importing.getByRole('button', { name: 'Import as a draft' }).click();
  await page.waitForURL(/automations\/elsewhere/);
  const { draft } = await house.api.get<{ draft: { document: unknown } }>('/api/automations/elsewhere');
  expect(draft.document).toMatchObject({
    triggers: [{ event: 'came_in' }],
    nodes: [{ settings: { field: 'origin' } }, { settings: { queue: 'emea-sales' } }],
  });
  expect(await house.api.get('/api/fields/origin')).toMatchObject({ status: 'live' });
});

test('a file that is broken, or of a later version, is refused with a sentence; what was pasted stays', async () => {
  await page.goto('/automations?import=file');
  const importing = dialog('Import automations');
  const paste = importing.getByRole('textbox', { name: 'Or paste it' });
  for (const [text, said] of [
    ['{"kind":"automation","id":"a",', 'This is not JSON'],
    ['{"kind":"automation","id":"a","name":"A","schemaVersion":7}', 'written by a newer version of Ripen'],
    ['{"kind":"automation","id":"a","name":"A","triggers":[],"nodes":[{"id":"x"}],"edges":[]}', 'It cannot be read.'],
  ] as const) {
    await paste.fill(text);
    await importing.getByRole('button', { name: 'Read it' }).click();
    const told = importing.getByRole('alert').filter({ hasText: said });
    await told.waitFor();
    expect(await told.textContent()).toContain('Nothing was imported.');
    expect(await paste.inputValue()).toBe(text);
  }
});

test('a thousand automations: found and shown at once, drawn as one comes to them', async () => {
  const many = Array.from({ length: 1_000 }, (_, n) => marking(`many-${n}`, `Many ${String(n).padStart(4, '0')}`, 'M'));
  for (let from = 0; from < many.length; from += 250)
    await house.api.post('/api/apply', { documents: many.slice(from, from + 250) });
  await page.goto('/automations');
  await link('Many 0000').waitFor();
  expect(await page.getByRole('checkbox').count()).toBeLessThan(300);
  await page.getByRole('textbox', { name: 'Search automations' }).fill('many 0987');
  await link('Many 0987').waitFor();
  await page.getByRole('textbox', { name: 'Search automations' }).fill('many');
  await link('Many 0000').focus();
  await page.keyboard.press('ControlOrMeta+a');
  await bar().getByText('1000 selected').waitFor();
});
