import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { admin, desktop, openHouse, phone, type House } from './support/house.ts';
import { axeOn, looksOn } from './support/looks.ts';
import { takeFromMenu } from './support/menus.ts';

// What the clock starts, what automations tell people in the product, and what their tests say when they are published.
const weekly = {
  ...{ kind: 'automation', id: 'weekly', name: 'Weekly' },
  triggers: [{ type: 'schedule', when: { every: 'day', at: '09:00', zone: 'UTC' } }],
  nodes: [
    { id: 'tell', type: 'notify', settings: { channel: 'bell', subject: '{{email}} is due', body: 'Have a look' } },
    { id: 'end', type: 'end', settings: {} },
  ],
  edges: [
    { from: 'start', to: 'tell' },
    { from: 'tell', to: 'end' },
  ],
};
const tested = {
  ...{ kind: 'automation', id: 'tested', name: 'Tested', triggers: [{ type: 'event', event: 'asked' }] },
  nodes: [
    { id: 'tag', type: 'add_label', settings: { label: 'asked' } },
    { id: 'end', type: 'end', settings: {} },
  ],
  edges: [
    { from: 'start', to: 'tag' },
    { from: 'tag', to: 'end' },
  ],
  scenarios: [
    {
      ...{ id: 'asks', name: 'Asks once', startsAt: '2026-03-02T09:00:00Z', days: 3, contact: {} },
      happens: [{ kind: 'event', afterMinutes: 60, event: 'asked' }],
      expects: { stage: null, scores: {}, path: ['tag next'], notifications: 0, leads: 0 },
    },
  ],
};

let house: House;
let context: BrowserContext;
let page: Page;
beforeAll(async () => {
  house = await openHouse(inject('chromiumPath'));
  await house.setUp();
  await house.api.send(
    ['ann', 'ben'].map((name) => ({ type: 'identify', userId: name, traits: { email: `${name}@example.com` } })),
  );
  context = await house.open(admin);
  page = await context.newPage();
}, 180_000);
afterAll(() => house.close());

const saveDraft = async (document: { id: string }): Promise<void> => {
  const saved = await context.request.put(`${house.url}/api/automations/${document.id}/draft`, {
    data: { document, edition: null },
    headers: { origin: house.url },
  });
  expect(saved.status()).toBe(200);
};

test('a channel inside the product is made in the settings', async () => {
  await page.goto('/settings/channels');
  await page.getByRole('button', { name: 'Add a channel' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add a channel' });
  await dialog.getByLabel('Name').fill('Bell');
  await dialog.getByText('In Ripen', { exact: true }).click();
  await dialog.getByRole('combobox', { name: 'Whom it tells' }).click();
  await page.getByRole('option', { name: 'Everybody with a role' }).click();
  await dialog.getByRole('combobox', { name: 'Role' }).click();
  await page.getByRole('option', { name: 'Admin' }).click();
  expect(await axeOn(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Add' }).click();
  await page.getByText('Everybody with the role Admin').waitFor();
});

test('a schedule is set in the form of the start, said on the drawing, and its next times are there', async () => {
  await saveDraft(weekly);
  await page.goto('/automations/weekly?node=start');
  const form = page.getByRole('group', { name: 'Trigger 1: On a schedule' });
  await form.getByText('Weekly', { exact: true }).click();
  await form.getByRole('group', { name: 'Days of the week' }).getByText('Thu').click();
  await form.getByText(/^Next on .*; .*; .*, as your clock shows it\.$/).waitFor();
  await page.getByText('Every Monday, Thursday at 09:00, UTC').first().waitFor();
  expect(await axeOn(page)).toEqual([]);
  await page
    .getByText(/^Saved|Draft saved/)
    .first()
    .waitFor();
  await page.getByRole('button', { name: 'Publish version 1' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Publish version 1' }).click();
  await page.getByText('Version 1 is live.').waitFor();
});

test('Run now says whom it is about, and lets them enter; what became of it stays', async () => {
  await takeFromMenu(page.getByRole('button', { name: 'More', exact: true }), 'Schedule and “Run now”');
  const drawer = page.getByRole('dialog', { name: 'Schedule of “Weekly”' });
  await drawer.getByText('Every Monday, Thursday at 09:00, UTC').waitFor();
  await expect.poll(() => drawer.getByRole('list', { name: 'Next times' }).getByRole('listitem').count()).toBe(5);
  await drawer.getByText('It has not run yet').waitFor();
  await drawer.getByRole('button', { name: 'Run now' }).click();
  const sure = page.getByRole('dialog', { name: 'Run “Weekly” now' });
  await sure.getByText('2 contacts').waitFor();
  await sure.getByRole('button', { name: 'Run now' }).click();
  await drawer.getByText('2 contacts told to enter').waitFor();
  await drawer.getByText('by Ada Admin').waitFor();
  expect(await looksOn(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await drawer.waitFor({ state: 'detached' });
});

test('the bell counts what automations tell, without a reload; it is read one by one, by its links, or all at once', async () => {
  const bell = page.getByRole('link', { name: 'Notices' });
  await bell.getByText('2 unread').waitFor();
  // On a phone there is room for the bell alone: the count leaves it to be seen.
  await page.setViewportSize(phone);
  const [drawn, counted] = await Promise.all([
    bell.locator('svg').boundingBox(),
    bell.getByText('2 unread').boundingBox(),
  ]);
  if (!drawn || !counted) throw new Error('The bell or its count is not to be seen.');
  expect(counted.x - drawn.x).toBeGreaterThan(drawn.width / 2);
  expect(counted.y).toBeLessThan(drawn.y);
  await page.setViewportSize(desktop);
  await bell.click();
  await page.getByRole('heading', { name: 'ann@example.com is due' }).waitFor();
  expect(await looksOn(page)).toEqual([]);
  await page.getByRole('button', { name: 'Mark as read: ann@example.com is due' }).press('Enter');
  await page.getByText('1 notice unread').waitFor();
  await page.getByRole('link', { name: 'ben@example.com' }).click();
  await page.waitForURL(/\/contacts\//);
  await expect.poll(() => bell.textContent()).toBe('Notices');
  // A third comes while something else is looked at.
  await house.api.send([{ type: 'identify', userId: 'cy', traits: { email: 'cy@example.com' } }]);
  await expect.poll(async () => (await house.api.get<{ items: unknown[] }>('/api/contacts')).items.length).toBe(3);
  await house.api.post('/api/automations/weekly/rounds', {});
  await bell.getByText('3 unread').waitFor();
  await bell.click();
  await page.getByText('Unread', { exact: true }).first().click();
  await page.getByRole('button', { name: 'Mark all as read' }).click();
  await page.getByText('Nothing unread').waitFor();
}, 60_000);

test('a test that goes another way keeps a draft from being published, unless somebody says why', async () => {
  await house.api.post('/api/apply', { documents: [tested], despiteTests: 'Made for this test' });
  const draft = { ...tested, nodes: [{ ...tested.nodes[0], settings: { label: 'asked twice' } }, tested.nodes[1]] };
  await saveDraft(draft);
  await page.goto('/automations/tested');
  await page.getByRole('button', { name: 'Publish version 2' }).click();
  const dialog = page.getByRole('dialog');
  const publish = dialog.getByRole('button', { name: 'Publish version 2' });
  const refused = publish.and(page.locator(':disabled'));
  await dialog.getByText('1 of 1 test goes another way').waitFor();
  await dialog.getByText('It goes on to "End"', { exact: false }).waitFor();
  await refused.waitFor();
  await dialog.getByLabel('Publish it all the same').check();
  await dialog.getByRole('textbox', { name: 'Why' }).waitFor();
  await refused.waitFor();
  await dialog.getByRole('textbox', { name: 'Why' }).fill('The test forgot the end');
  expect(await axeOn(page)).toEqual([]);
  await publish.click();
  await page.getByText('Version 2 is live.').waitFor();
  const { items } = await house.api.get<{ items: { despite: { reason: string; by: string } | null }[] }>(
    '/api/automations/tested/versions',
  );
  expect(items[0]?.despite).toMatchObject({ reason: 'The test forgot the end', by: 'Ada Admin' });
});
