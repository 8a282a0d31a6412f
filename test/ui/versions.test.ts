import { waitUntil } from '@ripen/infra';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { countPointing, keyboard, mouse, reach, type Hand } from './support/hands.ts';
import { admin, openHouse, type House } from './support/house.ts';
import { looksOn } from './support/looks.ts';
import { takeFromMenu } from './support/menus.ts';

// A version's life with contacts inside: published, edited, compared, published with a move that one of two can follow; then its
// history, a pause that holds, and the archive. Once by mouse, once without one.
let house: House;
beforeAll(async () => {
  house = await openHouse(inject('chromiumPath'));
  await house.setUp();
}, 180_000);
afterAll(async () => house.close());

/** Two waits, one behind the other: some stand at the first, some at the second. */
const firstVersion = (id: string, event: string) => ({
  kind: 'automation',
  id,
  name: `Follow-up of ${id}`,
  triggers: [{ type: 'event', event }],
  nodes: [
    {
      id: 'reply',
      type: 'wait_event',
      settings: { event: `${event}_answered`, timeout: { amount: 7, unit: 'days' } },
    },
    { id: 'rest', type: 'wait_time', settings: { duration: { amount: 3, unit: 'days' } } },
    { id: 'tag', type: 'add_label', settings: { label: 'followed-up' } },
  ],
  edges: [
    { from: 'start', to: 'reply' },
    { from: 'reply', port: 'happened', to: 'rest' },
    { from: 'reply', port: 'timed_out', to: 'tag' },
    { from: 'rest', to: 'tag' },
  ],
});

interface InFlight {
  items: { version: number; node: string; waiting: number }[];
  held: boolean;
}

const fromMenu = (hand: Hand, page: Page, menu: string, item: string): Promise<void> =>
  takeFromMenu(page.getByRole('button', { name: menu, exact: true }), item, hand);

async function pick(hand: Hand, dialog: Locator, choice: string): Promise<void> {
  const radio = dialog.getByRole('radio', { name: choice });
  return hand === mouse ? radio.check() : hand.pick(dialog, choice);
}

const step = (page: Page, title: string, mark?: string): Locator =>
  page.locator(
    `[aria-roledescription="step"][aria-label^="${title};"]${mark === undefined ? '' : `[aria-label$="; ${mark}"]`}`,
  );

async function edit(hand: Hand, page: Page): Promise<void> {
  const { keyboard: keys } = page;
  const [reply, rest] = [step(page, 'Wait for an event'), step(page, 'Wait for a time')];
  const settings = page.getByRole('complementary', { name: 'Settings' });
  const focused = page.locator(':focus');
  if (hand === mouse) await reply.click();
  else {
    const start = page.locator('[aria-roledescription="start"]');
    await reach(start);
    // The first arrow takes what it stands at.
    await keys.press('ArrowDown');
    await start.and(page.locator('[data-selected]')).waitFor();
    await keys.press('ArrowDown');
    await reply.and(focused).waitFor();
    await keys.press('Enter');
    await settings.locator(':focus').waitFor();
  }
  await hand.write(settings.getByRole('textbox', { name: 'At most', exact: true }), '14');
  if (hand === mouse) await rest.click();
  else {
    await keys.press('Escape');
    await reply.and(focused).waitFor();
    await keys.press('ArrowDown');
  }
  await rest.and(focused).waitFor();
  await keys.press('Delete');
  await rest.waitFor({ state: 'detached' });
  await page.getByRole('status').filter({ hasText: 'Draft saved' }).waitFor();
}

test.each([{ hand: mouse }, { hand: keyboard }])('versions by $hand.name', { timeout: 240_000 }, async ({ hand }) => {
  const id = `versions-${hand.name}`;
  const event = `asked_${hand.name}`;
  await house.api.post('/api/apply', { documents: [firstVersion(id, event)] });
  const inFlight = (): Promise<InFlight> => house.api.get<InFlight>(`/api/automations/${id}/in-flight`);
  const status = async (): Promise<string> =>
    (await house.api.get<{ status: string }>(`/api/automations/${id}`)).status;
  const track = (userId: string, name: string) => ({
    ...{ type: 'track', userId, event: name, messageId: `${userId}-${name}`, properties: {} },
  });
  await house.api.send([track(`${id}-ann`, event), track(`${id}-ben`, event)]);
  await waitUntil({
    what: 'Both to be inside',
    timeoutMs: 30_000,
    until: async () => (await inFlight()).items[0]?.waiting === 2,
  });
  await house.api.send([track(`${id}-ben`, `${event}_answered`)]);
  await waitUntil({
    what: 'One to be further on',
    timeoutMs: 30_000,
    until: async () => (await inFlight()).items.some(({ node }) => node === 'rest'),
  });

  const context = await house.open(admin);
  const page = await context.newPage();
  const pointed = await countPointing(page);
  await page.goto(`/automations/${id}`);
  await step(page, 'Wait for a time').waitFor();
  await edit(hand, page);

  // Draft and live version in one drawing, and in words that lead to the steps.
  await fromMenu(hand, page, 'Versions', 'Compare versions');
  const words = page.getByRole('complementary', { name: 'What changes' });
  await words.getByText('1 removed').waitFor();
  await step(page, 'Wait for a time', 'removed').waitFor();
  const line = words.getByRole('button', { name: /^Changed Wait for an event.*Timeout/ });
  await expect.poll(() => line.textContent()).toMatch(/7 days.*14 days/);
  await hand.press(line);
  await step(page, 'Wait for an event', 'changed').and(page.locator(':focus')).waitFor();

  await page.goto(`/automations/${id}`);
  await hand.press(page.getByRole('button', { name: 'Publish version 2' }));
  const publish = page.getByRole('dialog', { name: 'Publish version 2' });
  await publish.getByText('2 contacts wait inside').waitFor();
  await pick(hand, publish, 'They go over to version 2');
  await publish.getByText('1 of 2 contacts cannot').waitFor();
  await hand.press(publish.getByRole('button', { name: 'Publish version 2' }));
  const moved = page.getByRole('dialog', { name: 'To version 2' });
  await moved.getByText('1 contact went over to version 2. 1 contact could not').waitFor();
  await moved.getByRole('link', { name: 'See the 1 contact at Wait for a time, version 1' }).waitFor();
  await hand.press(moved.getByRole('button', { name: 'Done' }));
  await expect
    .poll(async () => (await inFlight()).items.map(({ version, node }) => `${version} ${node}`).sort())
    .toEqual(['1 rest', '2 reply']);

  // The first version comes back as a draft, and goes again.
  await fromMenu(hand, page, 'Versions', 'History');
  await page.getByRole('link', { name: 'Compare version 2 with version 1' }).waitFor();
  await hand.press(page.getByRole('button', { name: 'Restore version 1' }));
  await page.getByText('Version 1 is the draft now').waitFor();
  await step(page, 'Wait for a time').waitFor();
  await fromMenu(hand, page, 'More', 'Discard draft');
  await hand.press(page.getByRole('dialog').getByRole('button', { name: 'Discard draft' }));
  await step(page, 'Wait for a time').waitFor({ state: 'detached' });

  await fromMenu(hand, page, 'More', 'Pause');
  const pause = page.getByRole('dialog', { name: /^Pause/ });
  await pause.getByText('2 contacts wait inside').waitFor();
  await pick(hand, pause, 'Hold them where they are');
  await hand.press(pause.getByRole('button', { name: 'Pause', exact: true }));
  const holds = (held: boolean): Promise<void> =>
    waitUntil({ what: 'Those inside', timeoutMs: 30_000, until: async () => (await inFlight()).held === held });
  await holds(true);
  await page.getByText('Paused, version 2').waitFor();
  await fromMenu(hand, page, 'More', 'Resume');
  await holds(false);
  await page.getByText('Live, version 2').waitFor();

  await fromMenu(hand, page, 'More', 'Archive');
  const archive = page.getByRole('dialog', { name: /^Archive/ });
  await archive.getByText('2 contacts wait inside').waitFor();
  await pick(hand, archive, 'Let them finish');
  await hand.press(archive.getByRole('button', { name: 'Archive', exact: true }));
  await page.getByText('Archived', { exact: true }).waitFor();
  await fromMenu(hand, page, 'More', 'Take out of the archive');
  await page.getByText('Paused, version 2').waitFor();
  expect([await status(), (await inFlight()).items.length]).toEqual(['paused', 2]);
  expect((await pointed()) > 0).toBe(hand === mouse);
  await context.close();
});

test('versions of a score model and of the lifecycle are listed, compared, and brought back as the draft', async () => {
  const model = (points: number) => ({
    ...{ kind: 'model', id: 'aged', name: 'Aged', groups: [{ id: 'acts', name: 'Acts', kind: 'behaviour' }] },
    rules: [{ kind: 'behaviour', id: 'demo', name: 'Demo', group: 'acts', points, event: 'demo_asked' }],
  });
  const lifecycle = (threshold: number) => ({
    ...{ kind: 'lifecycle', model: 'aged', stages: [{ id: 'mql', name: 'MQL', threshold }] },
  });
  for (const value of [40, 60]) await house.api.post('/api/apply', { documents: [model(value), lifecycle(value)] });
  const page = await (await house.open(admin)).newPage();
  const drawer = page.getByRole('dialog', { name: 'Versions' });
  const rowOf = (version: number): Locator => drawer.getByRole('listitem').filter({ hasText: `Version ${version}` });

  await page.goto('/models/aged');
  await fromMenu(mouse, page, 'More about this model', 'Versions');
  await rowOf(2).getByText('Rule “Demo”: +60 instead of +40').waitFor();
  await rowOf(1).getByText('Replaced').waitFor();
  expect(await drawer.getByRole('button', { name: 'Restore version 2' }).count()).toBe(0);
  expect(await looksOn(page)).toEqual([]);
  await rowOf(1).getByRole('button', { name: 'Restore version 1' }).click();
  await page.getByText('Version 1 is the draft now.').waitFor();
  await drawer.waitFor({ state: 'detached' });
  expect(await page.getByRole('textbox', { name: 'Points of Demo' }).inputValue()).toBe('+40');
  await page.getByRole('status').filter({ hasText: 'Draft saved' }).waitFor();

  // A draft with changes of its own is not replaced unasked.
  await fromMenu(mouse, page, 'More about this model', 'Versions');
  await drawer.getByRole('button', { name: 'Restore version 2' }).click();
  const sure = page.getByRole('dialog', { name: 'Restore version 2' });
  await sure.getByRole('button', { name: 'Replace the draft' }).click();
  await expect.poll(() => page.getByRole('textbox', { name: 'Points of Demo' }).inputValue()).toBe('+60');
  await fromMenu(mouse, page, 'More about this model', 'Versions');
  await drawer.getByRole('link', { name: 'Compare version 2 with version 1' }).click();
  await page.waitForURL(/\/models\/compare\?a=aged(@|%40)1&b=aged(@|%40)2/);

  await page.goto('/lifecycle');
  await fromMenu(mouse, page, 'More about the lifecycle', 'Versions');
  await rowOf(2).getByText('60').first().waitFor();
  await drawer.getByRole('button', { name: 'Restore version 1' }).click();
  await page.getByText('Version 1 is the draft now.').waitFor();
  await page.context().close();
});
