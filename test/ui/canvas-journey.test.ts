import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { drawingBy } from './support/drawing.ts';
import { countPointing, isTypedIn, keyboard, mouse, reach, type Hand } from './support/hands.ts';
import { admin, openHouse, type House } from './support/house.ts';
import type { InPage } from './support/in-page.ts';

// An automation's life on its canvas: drawn, edited, undone, copied, tried, published, watched, changed under those who are inside.
// Once by mouse, once without one.
let house: House;
beforeAll(async () => {
  house = await openHouse(inject('chromiumPath'));
  await house.setUp();
  const groups = [{ id: 'deeds', name: 'Deeds', kind: 'behaviour' }];
  await house.api.post('/api/apply', {
    documents: [{ kind: 'model', id: 'interest', name: 'Interest', groups, rules: [] }],
  });
}, 180_000);
afterAll(() => house.close());

/** Contacts who do it, through the door that SDKs use. */
async function happens(event: string, ...users: string[]): Promise<void> {
  const { writeKey } = house.product.keys;
  const answer = await fetch(`${house.url}/v1/batch`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Basic ${btoa(`${writeKey}:`)}` },
    body: JSON.stringify({
      batch: users.map((userId) => ({ type: 'track', event, userId, messageId: `${event} ${userId}` })),
    }),
  });
  expect(answer.status).toBe(200);
}

const stepSaying = (page: Page, title: string, said: string): Locator =>
  page.locator(`[aria-roledescription="step"][aria-label^="${title};"][aria-label*="${said}"]`);

/** Makes a step the selected one: by pressing it, or by its name. */
async function select(hand: Hand, page: Page, title: string, said: string, typed = `${title} ${said}`): Promise<void> {
  const step = stepSaying(page, title, said);
  if (hand === mouse) await step.click({ position: { x: 60, y: 14 } });
  else {
    await reach(page.locator('[aria-roledescription][tabindex="0"]'));
    await page.keyboard.press('ControlOrMeta+f');
    await isTypedIn(page.getByRole('combobox', { name: 'Find a step' }));
    await page.keyboard.type(typed);
    await page.keyboard.press('Enter');
  }
  await step.and(page.locator('[data-selected]')).waitFor();
}

/** Each of the ways that a hand has. */
const act = async (hand: Hand, page: Page, button: string, keys: string): Promise<void> => {
  if (hand === mouse) await page.getByRole('button', { name: button, exact: true }).click();
  else await page.keyboard.press(keys);
};

/** To the settings of the selected step, and back to the canvas where keys are to act. */
async function setPoints(hand: Hand, page: Page, points: string): Promise<void> {
  const settings = await drawingBy(page, hand).settings();
  await hand.write(settings.getByRole('textbox', { name: 'Points' }), points);
  if (hand === keyboard) await page.keyboard.press('Escape');
}

async function draw(hand: Hand, page: Page, event: string): Promise<void> {
  const { add, settings } = drawingBy(page, hand);
  await page.goto('/automations');
  await hand.press(page.getByRole('button', { name: 'New automation' }).first());
  await hand.write(page.getByRole('textbox', { name: 'Name of the automation' }), `Guides by ${hand.name}`);
  await hand.press(page.getByRole('button', { name: 'Contact does something' }));
  await hand.write((await settings()).getByRole('textbox', { name: 'Event' }), event);
  await page.keyboard.press('Enter');
  await add('Add points');
  await hand.write((await settings()).getByRole('textbox', { name: 'Points' }), '10');
  await add('Wait for a time');
  await hand.write((await settings()).getByRole('textbox', { name: 'Wait for', exact: true }), '3');
  await add('Add label');
  await hand.write((await settings()).getByRole('textbox', { name: 'Label' }), 'Alpha');
  await page.keyboard.press('Enter');
  await stepSaying(page, 'Add label', 'Alpha').waitFor();
}

async function editAndUndo(hand: Hand, page: Page): Promise<void> {
  await select(hand, page, 'Add points', '+10');
  await setPoints(hand, page, '25');
  await stepSaying(page, 'Add points', '+25').waitFor();
  await act(hand, page, 'Undo', 'ControlOrMeta+z');
  await stepSaying(page, 'Add points', '+10').waitFor();
  await act(hand, page, 'Redo', 'ControlOrMeta+Shift+z');
  await stepSaying(page, 'Add points', '+25').waitFor();
}

/** A copy of the last step, called otherwise, to which the last one then leads. */
async function copy(hand: Hand, page: Page): Promise<void> {
  await select(hand, page, 'Add label', 'Alpha');
  if (hand === mouse) await page.getByRole('button', { name: 'Duplicate' }).click();
  else {
    await page.keyboard.press('ControlOrMeta+c');
    await page.getByText('1 step copied.').waitFor();
    await page.keyboard.press('ControlOrMeta+v');
  }
  await expect.poll(() => stepSaying(page, 'Add label', 'Alpha').count()).toBe(2);
  const settings = await drawingBy(page, hand).settings();
  await hand.write(settings.getByRole('textbox', { name: 'Label' }), 'Beta');
  await page.keyboard.press('Enter');
  await stepSaying(page, 'Add label', 'Beta').waitFor();
  await select(hand, page, 'Add label', 'Alpha');
  if (hand === mouse)
    await stepSaying(page, 'Add label', 'Alpha').getByRole('button', { name: 'Add the next step' }).click();
  else await page.keyboard.press('n');
  await isTypedIn(page.getByRole('combobox', { name: 'Next step' }));
  await page.keyboard.type('lead beta');
  if (hand === mouse) await page.getByRole('option', { name: 'Lead to: Add label' }).click();
  else await page.keyboard.press('Enter');
  const problems = page.getByRole('region', { name: 'Problems' }).getByRole('status');
  await problems.filter({ hasText: /^(No problems|\d+ warnings?)$/ }).waitFor();
}

async function tryIt(hand: Hand, page: Page): Promise<void> {
  await hand.press(page.getByRole('button', { name: 'Try it' }));
  await hand.press(page.getByRole('button', { name: /^Next:/ }));
  await page.getByRole('status', { name: 'At this moment' }).getByText('25', { exact: true }).waitFor();
  await page.locator('[aria-label^="Wait for a time;"][data-on]').waitFor();
  await hand.press(page.getByRole('button', { name: 'Try it' }));
  await page.locator('[aria-label^="Wait for a time;"]:not([data-on])').waitFor();
}

async function publish(hand: Hand, page: Page, version: number, inside?: string): Promise<void> {
  const name = `Publish version ${version}`;
  await hand.press(page.getByRole('button', { name }));
  const dialog = page.getByRole('dialog', { name });
  if (inside !== undefined)
    await hand.pick(dialog.getByRole('radiogroup', { name: 'What becomes of those inside' }), inside);
  await hand.press(dialog.getByRole('button', { name }));
  await page.getByText(`Version ${version} is live.`).waitFor();
}

const view = (hand: Hand, page: Page, name: string): Promise<void> =>
  hand.pick(page.getByRole('radiogroup', { name: 'View' }), name);

interface Counts {
  nodes: { node: string; entered: number; waiting: number; done: number }[];
}

test.each([{ hand: mouse }, { hand: keyboard }])(
  'an automation lives on its canvas by $hand.name',
  { timeout: 150_000 },
  async ({ hand }) => {
    const context = await house.open(admin);
    const page = await context.newPage();
    const pointed = await countPointing(page);
    const event = `guide_read_by_${hand.name}`;
    const users = ['ann', 'bob', 'eve'].map((name) => `${name}-${hand.name}`);
    await draw(hand, page, event);
    await editAndUndo(hand, page);
    await copy(hand, page);
    await tryIt(hand, page);
    await publish(hand, page, 1);
    const id = new URL(page.url()).pathname.split('/').at(-1) ?? '';

    // Counts grow while one looks.
    await view(hand, page, 'Live');
    await page.evaluate(() => ((globalThis as unknown as InPage).sameDocument = true));
    await happens(event, ...users.slice(0, 1));
    await stepSaying(page, 'Wait for a time', '1 waiting').waitFor();
    await happens(event, ...users.slice(1));
    await stepSaying(page, 'Wait for a time', '3 waiting').waitFor();
    await stepSaying(page, 'Add points', '3 runs came, 3 done').waitFor();

    // Those inside go over to what is published next.
    await view(hand, page, 'Draw');
    await select(hand, page, 'Add points', '+25');
    await setPoints(hand, page, '30');
    await stepSaying(page, 'Add points', '+30').waitFor();
    await publish(hand, page, 2, 'They go over to version 2');
    const moved = page.getByRole('dialog', { name: 'To version 2' });
    await moved.getByText('3 contacts went over to version 2').waitFor();
    await hand.press(moved.getByRole('button', { name: 'Done' }));
    await view(hand, page, 'Live');
    await page.getByRole('radiogroup', { name: 'Versions counted' }).getByText('Version 2').waitFor();
    await hand.pick(page.getByRole('radiogroup', { name: 'Period' }), '1 h');
    await page.waitForURL(/period=hour/);
    await stepSaying(page, 'Wait for a time', '3 waiting').waitFor();
    expect(await page.evaluate(() => (globalThis as unknown as InPage).sameDocument)).toBe(true);
    const { nodes } = await house.api.get<Counts>(`/api/automations/${id}/counts?version=2&period=hour`);
    expect(nodes.map(({ entered, waiting, done }) => [entered, waiting, done])).toEqual([
      [3, 0, 3],
      [3, 3, 0],
    ]);

    // From a number to those it counts.
    await select(hand, page, 'Wait for a time', '3 waiting', 'wait for a time');
    if (hand === keyboard) await page.keyboard.press('Enter');
    await hand.press(page.getByRole('complementary', { name: 'Settings' }).getByRole('link', { name: '3 waiting' }));
    await page.getByRole('heading', { name: 'Runs' }).waitFor();
    for (const user of users) await page.getByRole('link', { name: user }).waitFor();
    expect((await pointed()) > 0).toBe(hand === mouse);
    await context.close();
  },
);
