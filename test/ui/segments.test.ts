import { waitUntil } from '@ripen/infra';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { admin, openHouse, type House } from './support/house.ts';

// A segment is made, left half way, found again, fought over and published; nothing that was typed is lost.
let house: House;
let context: BrowserContext;
beforeAll(async () => {
  house = await openHouse(inject('chromiumPath'), { RIPEN_EXAMPLES: 'starter' });
  await house.setUp();
  context = await house.open(admin);
}, 180_000);
afterAll(async () => {
  await context.close();
  await house.close();
});

interface Detail {
  version: number | null;
  document: { description?: string; when: object } | null;
  draft: { document: { description?: string } } | null;
}
const detail = (): Promise<Detail> => house.api.get<Detail>('/api/segments/near-us');
const saved = (description: string): Promise<void> =>
  waitUntil({
    what: `The draft "${description}"`,
    timeoutMs: 20_000,
    until: async () => (await detail()).draft?.document.description === description,
  });
const description = (page: Page) => page.getByRole('textbox', { name: 'Description' });
const status = (page: Page, text: string) => page.getByRole('status').filter({ hasText: text });

test('a segment is kept as a draft while it is made, and in force once it is published', async () => {
  const page = await context.newPage();
  await page.goto('/segments');
  await page.getByRole('button', { name: 'New segment' }).click();
  const name = page.getByRole('textbox', { name: 'Name' });
  await name.fill('Near us');
  await name.press('Enter');
  await page.waitForURL('**/segments/near-us');
  await description(page).fill('Typed and left');
  await page.getByRole('link', { name: 'Segments', exact: true }).first().click();

  await page.getByRole('listitem').filter({ hasText: 'Near us' }).getByText('Draft', { exact: true }).waitFor();
  await page.getByRole('link', { name: 'Near us' }).click();
  await expect.poll(() => description(page).inputValue()).toBe('Typed and left');

  await page.getByRole('button', { name: 'Publish version 1' }).click();
  await page.getByRole('alert').filter({ hasText: 'Say who is in it.' }).waitFor();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: 'Say who' }).press('Enter');
  const row = page.getByRole('group', { name: 'Condition 1' });
  // The button is gone: the keyboard goes on in the condition that it made.
  await row.locator('input[aria-label="What it is about"]:focus').waitFor();
  await row.getByLabel('Field', { exact: true }).fill('country');
  await row.getByLabel(/: value$/).fill('AT');
  await page.getByText('0 contacts').waitFor();
  await page.getByRole('button', { name: 'Publish version 1' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Publish version 1' }).click();
  await status(page, 'Version 1 is live').waitFor();
  expect(await detail()).toMatchObject({
    version: 1,
    draft: null,
    document: { when: { kind: 'field', field: 'country', is: { op: 'equals', value: 'AT' } } },
  });
  await page.close();
});

test('two who change it at once choose which version stays', async () => {
  const [mine, theirs] = [await context.newPage(), await context.newPage()];
  for (const page of [mine, theirs]) {
    await page.goto('/segments/near-us');
    await status(page, 'Version 1 is live').waitFor();
  }
  await context.setOffline(true);
  await description(mine).fill('Mine');
  await description(theirs).fill('Theirs');
  await context.setOffline(false);
  const notice = (page: Page) => page.getByRole('alert').filter({ hasText: 'was also changed' });
  await Promise.race([notice(mine).waitFor(), notice(theirs).waitFor()]);
  const late = (await notice(mine).count()) > 0 ? mine : theirs;
  await late.getByRole('button', { name: 'Keep mine' }).click();
  await saved(late === mine ? 'Mine' : 'Theirs');
  await waitUntil({
    what: 'What was kept, on the other screen',
    timeoutMs: 20_000,
    until: async () => (await description(mine).inputValue()) === (await description(theirs).inputValue()),
  });
});
