import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { admin, openHouse, type House } from './support/house.ts';

// What contradicts itself is said where it stands, in a sentence, and is not published.
let house: House;
let page: Page;

const model = {
  ...{ kind: 'model', id: 'interest', name: 'Interest', halfLifeDays: 30 },
  groups: [
    { id: 'acts', name: 'Acts', kind: 'behaviour' },
    { id: 'fit', name: 'Fit', kind: 'profile' },
  ],
  rules: [
    { kind: 'behaviour', id: 'demo', name: 'Demo', group: 'acts', points: 60, event: 'demo_asked' },
    {
      ...{ kind: 'profile', id: 'us', name: 'In the US', group: 'fit', points: 5 },
      when: { kind: 'field', field: 'country', is: { op: 'equals', value: 'US' } },
    },
  ],
};
const lifecycle = {
  ...{ kind: 'lifecycle', model: 'interest' },
  stages: [
    { id: 'lead', name: 'Lead', threshold: 30 },
    { id: 'mql', name: 'MQL', threshold: 50 },
  ],
};
const segment = (id: string, when: object) => ({ kind: 'segment', id, name: id, when });
const documents = [
  model,
  lifecycle,
  { kind: 'field', id: 'oldField', name: 'Old field', deleted: true },
  segment('inner', { kind: 'label', label: 'hot' }),
  segment('outer', { kind: 'segment', segment: 'inner' }),
];

beforeAll(async () => {
  house = await openHouse(inject('chromiumPath'));
  await house.setUp();
  await house.api.post('/api/apply', { documents });
  page = await (await house.open(admin)).newPage();
}, 180_000);
afterAll(() => house.close());

/** Tries to publish version 2, which says `sentence` and does nothing; the version in force stays. */
const isRefused = async (sentence: string | RegExp): Promise<void> => {
  await page.getByRole('button', { name: 'Publish version 2' }).click();
  const dialog = page.getByRole('dialog', { name: /^Publish version 2/ });
  await dialog.getByRole('alert').getByText(sentence).first().waitFor();
  await dialog.getByRole('button', { name: 'Publish version 2' }).and(page.locator(':disabled')).waitFor();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await dialog.waitFor({ state: 'detached' });
};

/** What a field says against what is in it. */
const saidAt = async (field: Locator): Promise<string> => {
  await field.and(page.locator('[aria-invalid="true"]')).waitFor();
  const ids = (await field.getAttribute('aria-describedby'))?.split(' ') ?? [];
  return (await Promise.all(ids.map((id) => page.locator(`[id="${id}"]`).allTextContents()))).flat().join(' ');
};

test('a new condition is called wrong once its field was left empty or publishing was held up, not before', async () => {
  await page.goto('/models/interest?rule=us');
  const drawer = page.getByRole('dialog', { name: 'In the US' });
  await drawer.getByRole('button', { name: 'Add condition' }).click();
  const added = drawer.getByRole('group', { name: 'Condition 2' });
  const field = added.getByRole('textbox', { name: 'Field', exact: true });
  const wrong = page.locator('[aria-invalid="true"]');
  await field.waitFor();
  expect(await wrong.count()).toBe(0);
  await field.focus();
  expect(await wrong.count()).toBe(0);
  await page.keyboard.press('Tab');
  await field.and(wrong).waitFor();
  await drawer.getByRole('button', { name: 'Done' }).click();
  await page.getByRole('button', { name: 'Publish version 2' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: 'In the US', exact: true }).click();
  await field.and(wrong).waitFor();
  await added.getByRole('button', { name: 'Remove condition 2' }).click();
  await wrong.waitFor({ state: 'detached' });
});

test('a half-life of zero', async () => {
  await page.goto('/models/interest?tab=settings');
  const halfLife = page.getByRole('textbox', { name: 'Half of them are left after' });
  await halfLife.fill('0');
  await halfLife.and(page.locator('[aria-invalid="true"]')).waitFor();
  await page
    .getByRole('group', { name: 'Half of them are left after' })
    .getByText(/^Must be a minute at least/)
    .waitFor();
  await isRefused(/^The half-life: Must be a minute at least/);
  await halfLife.fill('20');
  await page.getByRole('button', { name: 'Publish version 2' }).click();
  await page.getByRole('dialog').getByText('From when on does it count?').waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
});

test('a rule that looks at a field that was deleted', async () => {
  await page.goto('/models/interest?rule=us');
  const rule = page.getByRole('dialog');
  const field = rule.getByLabel('Field', { exact: true });
  await field.fill('oldField');
  await field.press('Tab');
  const sentence = /looks at the field "Old field", which was deleted/;
  await rule.getByRole('group', { name: 'Condition 1' }).getByText(sentence).waitFor();
  await rule.getByRole('button', { name: 'Done' }).click();
  await page.getByRole('region', { name: 'What to look at' }).getByText(sentence).waitFor();
  await isRefused(sentence);
});

test('a segment that contains itself', async () => {
  await page.goto('/segments/inner');
  const row = page.getByRole('group', { name: 'Condition 1' });
  await row.getByRole('combobox', { name: 'What it is about' }).or(row.getByLabel('What it is about')).first().click();
  await page.getByRole('option', { name: 'Segment' }).click();
  await row.getByLabel('Segment', { exact: true }).click();
  await page.getByRole('option', { name: 'outer' }).click();
  const sentence = /The segment contains itself: .*refers to/;
  await isRefused(sentence);
  await page.getByRole('group', { name: 'Who is in it' }).getByText(sentence).first().waitFor();
});

test('a stage that begins below the one before it', async () => {
  await page.goto('/lifecycle');
  const threshold = page.getByRole('textbox', { name: 'Threshold of MQL in points' });
  await threshold.fill('20');
  await expect.poll(() => saidAt(threshold)).toMatch(/it must lie above the stage before it/);
  await isRefused(/it must lie above the stage before it/);
});

test('nothing of it came into force', async () => {
  for (const path of ['models/interest', 'segments/inner', 'lifecycle/lifecycle'])
    expect(await house.api.get(`/api/${path}`)).toMatchObject({ version: 1 });
});
