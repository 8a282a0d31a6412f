import type { BrowserContext, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, inject, test } from 'vitest';
import { drawingOf } from '../bench/workload/drawing.ts';
import { admin, openHouse, phone, type House, type Who } from './support/house.ts';
import type { InPage } from './support/in-page.ts';

// A canvas of hundreds of steps puts only some of them on the page; nobody is to notice but by its speed.
let house: House;
const contexts: BrowserContext[] = [];
const marketer: Who = { name: 'Ben Marketer', email: 'ben@ripen.example', password: 'correct horse battery' };
beforeAll(async () => {
  house = await openHouse(inject('chromiumPath'));
  await house.setUp();
  await house.api.post('/api/people', { ...marketer, role: 'marketer' });
}, 180_000);
afterEach(async () => {
  for (const context of contexts.splice(0)) await context.close();
});
afterAll(async () => house.close());

let drawn = 0;
const sit = async (who: Who, options?: BrowserContextOptions): Promise<Page> => {
  const context = await house.open(who, options);
  contexts.push(context);
  return context.newPage();
};
const look = async (page: Page, id: string): Promise<void> => {
  await page.goto(`/automations/${id}`);
  await page.locator('#step-node-0').waitFor();
};
/** An automation of so many steps, opened by the admin. */
async function open(steps: number, options?: BrowserContextOptions) {
  const page = await sit(admin, options);
  const drawing = drawingOf(`canvas-${++drawn}`, steps);
  const saved = await page.request.put(`/api/automations/${drawing.id}/draft`, {
    data: { document: drawing, edition: null },
    headers: { origin: house.url },
  });
  expect(saved.status()).toBe(200);
  await look(page, drawing.id);
  return { page, drawing };
}

const steps = (page: Page): Locator => page.locator('[aria-roledescription="step"]');
const settings = (page: Page): Locator => page.getByRole('complementary', { name: 'Settings' });
const boxOf = async (locator: Locator): Promise<{ x: number; y: number; width: number; height: number }> => {
  const box = await locator.boundingBox();
  if (!box) throw new Error(`${locator.toString()} is not in view.`);
  return box;
};
const canvasOf = (page: Page) => boxOf(page.getByRole('region', { name: 'Canvas' }));
/** Shows all of it, and waits until there is nothing on the page but what is selected. */
async function showAll(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Show all' }).click();
  await expect.poll(() => steps(page).count()).toBeLessThanOrEqual(1);
}

test('steps come as they come into view, and the keyboard finds the selected one wherever it is', async () => {
  const { page } = await open(300);
  const middleOf = async (id: string): Promise<number> => {
    const { x, width } = await boxOf(page.locator(id));
    return x + width / 2;
  };
  await expect.poll(async () => (await middleOf('#step-start')) - (await middleOf('#step-node-0'))).toBeCloseTo(0, 0);
  await expect.poll(() => page.locator('#step-node-4').count()).toBe(1);
  await expect.poll(() => steps(page).count()).toBeLessThan(100);
  await page.locator('#step-node-0').click();
  const { x, y, width } = await canvasOf(page);
  await page.mouse.move(x + width / 2, y + 100);
  for (let turns = 0; turns < 6; turns++) await page.mouse.wheel(0, 900);
  await page.locator('#step-node-40').waitFor();
  await page.locator('#step-node-4').waitFor({ state: 'detached' });
  await page.keyboard.press('ArrowDown');
  await page.locator('#step-node-1[data-selected]:focus').waitFor();
});

test('what is too small to be read is sketched: a click selects it, a drag moves it, a box selects all that it touches', async () => {
  const { page, drawing } = await open(300);
  await showAll(page);
  const area = await canvasOf(page);
  await page.mouse.move(area.x + 10, area.y + 10);
  await page.mouse.down();
  await page.mouse.move(area.x + area.width / 2, area.y + area.height / 2, { steps: 3 });
  await page.mouse.move(area.x + area.width - 10, area.y + area.height - 10, { steps: 3 });
  await page.mouse.up();
  await settings(page).getByText('300 steps selected').waitFor();
  await page.keyboard.press('Escape');
  await settings(page).getByText('Select a step to see its settings.').waitFor();

  const place = drawing.layout?.['node-60'] ?? { x: 0, y: 0 };
  const step = page.locator('#step-node-60[data-selected]');
  // A sketched step is a few pixels high: where it is, is looked up again until the drawing has come to rest.
  await expect
    .poll(async () => {
      const start = await boxOf(page.locator('#step-start'));
      const zoom = start.width / 264;
      await page.mouse.click(start.x + start.width / 2 + place.x * zoom, start.y + (place.y + 30) * zoom);
      return step.count();
    })
    .toBe(1);
  const box = await boxOf(step);
  const at = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  await page.mouse.move(at.x, at.y);
  await page.mouse.down();
  await page.mouse.move(at.x + 12, at.y, { steps: 3 });
  await page.mouse.move(at.x + 24, at.y, { steps: 3 });
  await page.mouse.up();
  await page.getByRole('button', { name: 'Undo' }).click();
  await step.waitFor();
});

test('hundreds of steps are laid out beside the page, and back', async () => {
  const { page, drawing } = await open(300);
  const layout = async () =>
    (await house.api.get<{ draft: { document: typeof drawing } }>(`/api/automations/${drawing.id}`)).draft.document
      .layout;
  const before = await layout();
  await page.getByRole('button', { name: 'Lay out' }).click();
  await page.getByRole('status').filter({ hasText: 'Laid out.' }).waitFor();
  await expect.poll(async () => (await layout())?.['node-299']).not.toEqual(before?.['node-299']);
  expect((await layout())?.['start']).toEqual({ x: 0, y: 0 });
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(layout).toEqual(before);
});

test('an address that names another step shows it', async () => {
  const { page, drawing } = await open(300);
  await page.locator('#step-node-0').click();
  await page.waitForURL(/node=node-0/);
  await page.evaluate(
    (href) => (globalThis as unknown as InPage).__TSR_ROUTER__?.history.push(href),
    `/automations/${drawing.id}?node=node-120`,
  );
  await page.locator('#step-node-120[data-selected]:focus').waitFor();
  await settings(page).getByRole('heading', { name: 'Condition' }).waitFor();
});

test('who else edits it is said, until their window closes', async () => {
  const { page, drawing } = await open(10);
  const theirs = await sit(marketer);
  await look(theirs, drawing.id);
  await page.getByText('Ben Marketer is editing too').waitFor();
  await theirs.getByText('Ada Admin is editing too').waitFor();
  await theirs.close();
  await page.getByText('Ben Marketer is editing too').waitFor({ state: 'detached' });
});

test.each([
  ['as it opens on a phone', []],
  ['at 83 %', [1, 0.833]],
  ['at 58 %', [1, 0.833, 0.694, 0.579]],
])('a finger moves the drawing, and a step only when it is selected: %s', async (_, zooms) => {
  const { page } = await open(10, { viewport: phone, hasTouch: true, isMobile: true });
  const chromium = await page.context().newCDPSession(page);
  const start = page.locator('#step-start');
  const zoomed = async (): Promise<number> => (await boxOf(start)).width / 264;
  // All of it fits onto a phone: it opens so, smaller than a desk would show it.
  await expect.poll(zoomed).toBeLessThan(0.6);
  for (const zoom of zooms) {
    await page.getByRole('button', { name: zoom === 1 ? /^Zoom \d/ : 'Zoom out' }).tap();
    await expect.poll(zoomed).toBeCloseTo(zoom, 2);
  }
  const step = await middleStep(page);
  const node = page.locator('.react-flow__node').filter({ has: step });
  const pull = async (): Promise<void> => {
    const { x, y, width, height } = await boxOf(step);
    const finger = (by: number) => ({ x: x + width / 2, y: y + height / 2 + by });
    await chromium.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [finger(0)] });
    for (const by of [20, 40, 60, 80])
      await chromium.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: [finger(by)] });
    await chromium.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  };
  const before = { place: await node.getAttribute('style'), y: (await boxOf(step)).y };
  await pull();
  await expect.poll(async () => (await boxOf(step)).y).toBeGreaterThan(before.y + 40);
  expect(await node.getAttribute('style')).toBe(before.place);
  await step.tap();
  const close = page.getByRole('button', { name: 'Close settings' });
  await close.tap();
  await close.waitFor({ state: 'hidden' });
  await pull();
  await expect.poll(() => node.getAttribute('style')).not.toBe(before.place);
});

/** The step nearest to the middle of what is in view. */
async function middleStep(page: Page): Promise<Locator> {
  const { x, y, width, height } = await canvasOf(page);
  const away = await Promise.all(
    (await steps(page).all()).map(async (step) => {
      const box = await boxOf(step);
      const id = (await step.getAttribute('id')) ?? '';
      return { id, by: Math.hypot(box.x + box.width / 2 - x - width / 2, box.y + box.height / 2 - y - height / 2) };
    }),
  );
  const [nearest] = away.sort((a, b) => a.by - b.by);
  return page.locator(`#${nearest?.id}`);
}
