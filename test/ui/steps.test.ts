import { nodeSchema, nodeTypes, triggerSchema } from '@ripen/shared';
import type { BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { admin, desktop, openHouse, type House } from './support/house.ts';
import { axeOn } from './support/looks.ts';
import { openMenu } from './support/menus.ts';

// Every kind of step and every trigger that there is, in the pages that people get: added, shown with its form, and kept.
const documents = [
  {
    ...{ kind: 'model', id: 'interest', name: 'Interest', rules: [] },
    groups: [{ id: 'deeds', name: 'Deeds', kind: 'behaviour' }],
  },
  { kind: 'lifecycle', model: 'interest', stages: [{ id: 'warm', name: 'Warm', threshold: 30 }] },
  { kind: 'queue', id: 'sales', name: 'Sales', reps: [{ id: 'ann', name: 'Ann' }] },
  { kind: 'channel', id: 'hook', name: 'Hook', type: 'webhook', url: 'https://example.com/hook' },
  { kind: 'segment', id: 'all', name: 'Everybody', when: { kind: 'not', of: { kind: 'label', label: 'x' } } },
];

let house: House;
let context: BrowserContext;
let page: Page;
beforeAll(async () => {
  house = await openHouse(inject('chromiumPath'));
  await house.setUp();
  await house.api.post('/api/apply', { documents });
  context = await house.open(admin);
  page = await context.newPage();
}, 180_000);
afterAll(() => house.close());

const form = (): Locator => page.getByRole('complementary', { name: 'Settings' });

interface Draft {
  nodes: { id: string; type: string; settings: object }[];
  triggers: { type: string }[];
}
const draftOf = async (id: string): Promise<Draft | undefined> => {
  const { draft } = await house.api.get<{ draft: { document: Draft } | null }>(`/api/automations/${id}`);
  return draft?.document;
};
const begin = async (id: string): Promise<void> => {
  const document = {
    ...{ kind: 'automation', id, name: id, triggers: [{ type: 'manual' }], nodes: [], edges: [] },
  };
  const saved = await context.request.put(`${house.url}/api/automations/${id}/draft`, {
    data: { document, edition: null },
    headers: { origin: house.url },
  });
  expect(saved.status()).toBe(200);
  await page.goto(`/automations/${id}?node=start`);
  await page.locator('#step-start').waitFor();
};

test.each(nodeTypes.map(({ type, title }) => ({ type, title })))(
  '$title: a click in the palette adds it, its form says what it is, and the draft has it',
  async ({ type, title }) => {
    const id = `with-${type.replaceAll('_', '-')}`;
    await begin(id);
    await page
      .getByRole('navigation', { name: 'Steps to add' })
      .getByRole('button', { name: title, exact: true })
      .click();
    const step = page.locator(`[aria-roledescription="step"][aria-label^="${title};"]`);
    await step.waitFor();
    await form().getByRole('heading', { name: title, exact: true }).waitFor();
    expect(await axeOn(page)).toEqual([]);
    await expect
      .poll(async () => (await draftOf(id))?.nodes.map((node) => node.type), { timeout: 15_000 })
      .toEqual([type]);
    const [node] = (await draftOf(id))?.nodes ?? [];
    // Where nothing has to be chosen by the marketer, it is valid as it comes.
    if (nodeSchema.safeParse(node).success) return;
    // What nobody got to yet is not called wrong; what was left empty is.
    const settings = page.getByRole('complementary', { name: 'Settings' });
    const wrong = settings.locator('[aria-invalid="true"]');
    expect(await wrong.count()).toBe(0);
    for (const field of await settings.locator('fieldset :is(input, textarea)').all()) {
      await field.focus();
      await field.blur();
    }
    await wrong.or(settings.locator('[role="alert"], :text("…")')).first().waitFor();
  },
);

const triggerTypes = triggerSchema.options.flatMap(({ shape }) => [...shape.type.values]);

const addTrigger = (): Locator => form().getByRole('button', { name: 'Add a trigger' });

test('a form that gets less room keeps in view what one is at: the button of an open menu, a field', async () => {
  await begin('with-less-room');
  const { width, height } = page.viewportSize() ?? desktop;
  const low = { width, height: 420 };
  try {
    const menu = await openMenu(addTrigger());
    await page.setViewportSize(low);
    await expect.poll(async () => (await addTrigger().boundingBox())?.y).toBeLessThan(low.height - 100);
    await menu.waitFor();
    await page.keyboard.press('Escape');
    await menu.waitFor({ state: 'detached' });
    await page.setViewportSize({ width, height });
    const name = form().getByRole('textbox', { name: 'Name', exact: true });
    await name.fill('Typed while it gets less');
    await page.setViewportSize(low);
    await expect.poll(async () => (await name.boundingBox())?.y).toBeLessThan(low.height - 100);
  } finally {
    await page.setViewportSize({ width, height });
  }
});

test('every trigger can be added to the start, shows its form, and is kept', async () => {
  await begin('with-triggers');
  const groups = form().getByRole('group', { name: /^Trigger \d+: / });
  await groups.first().waitFor();
  // Each trigger adds problems, and their list would grow over the button between the two halves of a click.
  const problems = form().getByRole('region', { name: 'Problems' });
  await problems.getByRole('button', { expanded: true }).click();
  await problems.getByRole('button', { expanded: false }).waitFor();
  for (const index of triggerTypes.keys()) {
    const menu = await openMenu(addTrigger());
    await expect.poll(() => menu.getByRole('menuitem').count()).toBe(triggerTypes.length);
    await menu.getByRole('menuitem').nth(index).click();
    await groups.nth(index + 1).waitFor();
    await menu.waitFor({ state: 'detached' });
  }
  expect(await axeOn(page)).toEqual([]);
  await expect
    .poll(async () => (await draftOf('with-triggers'))?.triggers.map(({ type }) => type).sort(), { timeout: 15_000 })
    .toEqual([...triggerTypes, 'manual'].sort());
}, 90_000);
