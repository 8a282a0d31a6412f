import { waitUntil } from '@ripen/infra';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest';
import { admin, openHouse, type House } from './support/house.ts';
import type { InPage } from './support/in-page.ts';

// What goes wrong while people work: nothing that they typed is lost, and the page says what to do.
let house: House;
const contexts: BrowserContext[] = [];
beforeAll(async () => {
  house = await openHouse(inject('chromiumPath'), { RIPEN_EXAMPLES: 'starter' });
  await house.setUp();
}, 180_000);
afterEach(async () => {
  for (const context of contexts.splice(0)) await context.close();
});
afterAll(async () => house.close());

async function atWork(): Promise<{ context: BrowserContext; page: Page }> {
  const context = await house.open(admin);
  contexts.push(context);
  return { context, page: await context.newPage() };
}

let drawn = 0;
/** An address of an automation that nobody drew yet. */
const freshId = (): string => `drawn-${++drawn}`;
const nameField = (page: Page) => page.getByRole('textbox', { name: 'Name of the automation' });
const bar = (page: Page, text: string | RegExp) => page.getByRole('status').filter({ hasText: text });

/** A new automation with a name of its own, saved. */
async function begin(page: Page, id: string): Promise<void> {
  await page.goto(`/automations/${id}`);
  await page.getByRole('button', { name: 'Contact does something' }).click();
  await nameField(page).fill('First');
  await bar(page, 'Draft saved').waitFor();
  await saved(id, 'First');
}

interface Detail {
  draft: { document: { name: string; nodes: { type: string }[] } } | null;
}
const detailOf = (id: string): Promise<Detail> => house.api.get<Detail>(`/api/automations/${id}`);
/** Waits until the server has this name in the draft. */
const saved = (id: string, name: string): Promise<void> =>
  waitUntil({
    what: `The draft "${name}"`,
    timeoutMs: 20_000,
    until: async () => (await detailOf(id)).draft?.document.name === name,
  });

const addPoints = (page: Page) =>
  page.getByRole('navigation', { name: 'Steps to add' }).getByRole('button', { name: 'Add points' }).click();

describe('a lost connection', () => {
  test('what is drawn meanwhile is kept, and saved when the connection is back', async () => {
    const { context, page } = await atWork();
    const id = freshId();
    await begin(page, id);
    await context.setOffline(true);
    await nameField(page).fill('Drawn without a connection');
    await addPoints(page);
    await bar(page, 'Not saved: kept in this browser').waitFor();
    expect((await detailOf(id)).draft?.document.name).toBe('First');
    await context.setOffline(false);
    await saved(id, 'Drawn without a connection');
    await bar(page, 'Draft saved').waitFor();
    expect((await detailOf(id)).draft?.document.nodes.map(({ type }) => type)).toContain('add_points');
  });

  test('even if the page is closed before', async () => {
    const { context, page } = await atWork();
    const id = freshId();
    await begin(page, id);
    await context.setOffline(true);
    await nameField(page).fill('Left behind');
    await bar(page, 'Not saved: kept in this browser').waitFor();
    await page.close();
    await context.setOffline(false);
    const next = await context.newPage();
    await next.goto(`/automations/${id}`);
    await bar(next, 'What could not be saved the last time is back.').waitFor();
    await expect.poll(() => nameField(next).inputValue()).toBe('Left behind');
    await saved(id, 'Left behind');
  });

  test('in two tabs at once: each finds its own again', async () => {
    const { context, page } = await atWork();
    const id = freshId();
    await begin(page, id);
    const second = await context.newPage();
    await second.goto(`/automations/${id}`);
    await nameField(second).waitFor();
    await context.route('**/draft', (route) => route.abort());
    const tabs = [
      { tab: page, name: 'In one tab' },
      { tab: second, name: 'In the other' },
    ];
    for (const { tab, name } of tabs) {
      await nameField(tab).fill(name);
      await bar(tab, 'Not saved: kept in this browser').waitFor();
    }
    for (const { tab, name } of tabs) {
      await tab.reload();
      await bar(tab, 'What could not be saved the last time is back.').waitFor();
      await expect.poll(() => nameField(tab).inputValue()).toBe(name);
    }
  });
});

test('two windows on one draft: who comes second chooses, with the own work still there', async () => {
  const [here, there] = [await atWork(), await atWork()];
  const id = freshId();
  await begin(here.page, id);
  await there.page.goto(`/automations/${id}`);
  await nameField(there.page).waitFor();
  // While only one draws, the other follows.
  await nameField(here.page).fill('Followed');
  await expect.poll(() => nameField(there.page).inputValue(), { timeout: 15_000 }).toBe('Followed');

  await there.context.setOffline(true);
  await nameField(there.page).fill('Drawn there');
  await bar(there.page, 'Not saved').waitFor();
  await nameField(here.page).fill('Drawn here');
  await saved(id, 'Drawn here');
  await there.context.setOffline(false);
  const banner = there.page.getByRole('alert').filter({ hasText: 'This draft was changed in another window' });
  await banner.waitFor();
  expect(await banner.textContent()).toContain('What you drew is still here.');
  await expect.poll(() => nameField(there.page).inputValue()).toBe('Drawn there');
  await banner.getByRole('button', { name: 'Keep mine' }).click();
  await saved(id, 'Drawn there');
  await expect.poll(() => nameField(here.page).inputValue(), { timeout: 15_000 }).toBe('Drawn there');
});

/** Signs this browser's session out from elsewhere; the browser does not know. */
async function endSession(context: BrowserContext): Promise<void> {
  const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
  const answer = await fetch(`${house.url}/api/session`, { method: 'DELETE', headers: { cookie, origin: house.url } });
  expect(answer.ok).toBe(true);
}

/** The dialog over the screen. */
async function signInAgain(page: Page): Promise<void> {
  const dialog = page.getByRole('dialog', { name: 'Sign in again' });
  await dialog.getByText('What you were doing is still here.').waitFor();
  await dialog.getByLabel(/^Password/).fill(admin.password);
  await dialog.getByRole('button', { name: 'Sign in' }).click();
  await dialog.waitFor({ state: 'hidden' });
}

describe('a session that ended', () => {
  test('on the canvas: signing in again goes on where one was', async () => {
    const { context, page } = await atWork();
    const id = freshId();
    await begin(page, id);
    await endSession(context);
    await nameField(page).fill('Typed without a session');
    await signInAgain(page);
    await expect.poll(() => nameField(page).inputValue()).toBe('Typed without a session');
    await saved(id, 'Typed without a session');
  });

  test('in a form: what was typed is still there to be sent', async () => {
    const { context, page } = await atWork();
    await page.goto('/settings/queues');
    await page.getByRole('button', { name: 'Add a queue' }).click();
    const dialog = page.getByRole('dialog', { name: 'Add a queue' });
    await dialog.getByRole('textbox', { name: 'Name' }).fill('Late queue');
    await endSession(context);
    await dialog.getByRole('button', { name: 'Add', exact: true }).click();
    await signInAgain(page);
    expect(await dialog.getByRole('textbox', { name: 'Name' }).inputValue()).toBe('Late queue');
    await dialog.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByText('"Late queue" is in force.').waitFor();
  });
});

test.each([
  { what: 'no automation at all', document: { kind: 'automation', nodes: 'none', edges: 12 } },
  {
    what: 'a step of an unknown kind',
    document: { kind: 'automation', nodes: [{ id: 'a', type: 'rocket', settings: {} }] },
  },
  {
    what: 'one step longer than may be',
    document: {
      kind: 'automation',
      nodes: Array.from({ length: 5_001 }, (_, n) => ({ id: `n${n}`, type: 'end', settings: {} })),
    },
    why: 'It has 5001 steps; an automation can have 5000.',
  },
  {
    what: 'of a later version',
    document: { kind: 'automation', schemaVersion: 99, nodes: [], edges: [] },
    why: 'It was written by a newer version of Ripen.',
  },
])('a draft that is $what can be kept as a file and left behind', async ({ document, why = '' }) => {
  const { page } = await atWork();
  const id = freshId();
  const authorization = `Bearer ${house.product.keys.apiKey}`;
  const put = await house.api.fetch(`/api/automations/${id}/draft`, {
    method: 'PUT',
    headers: { authorization, 'content-type': 'application/json' },
    body: JSON.stringify({ document: { ...document, id, name: 'Broken' }, edition: null }),
  });
  expect(put.ok, await put.clone().text()).toBe(true);
  await page.goto(`/automations/${id}`);
  await page.getByRole('heading', { name: 'This draft cannot be opened' }).waitFor();
  if (why !== '') await page.getByText(why).waitFor();
  const alert = page.getByRole('alert').filter({ hasText: 'Download the draft if something in it is dear to you' });
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    alert.getByRole('button', { name: 'Download the draft' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe(`${id}-draft.json`);
  await alert.getByRole('button', { name: 'Discard it and start over' }).click();
  await page.getByRole('button', { name: 'Contact does something' }).waitFor();
  await nameField(page).fill('A new beginning');
  await saved(id, 'A new beginning');
});

test('a drawing of five thousand steps opens and is saved', async () => {
  const { page } = await atWork();
  const id = freshId();
  const ids = Array.from({ length: 5_000 }, (_, n) => `s${n}`);
  const document = {
    ...{ kind: 'automation', id, name: 'Endless', triggers: [{ type: 'event', event: 'came_in' }] },
    nodes: ids.map((step, n) => ({ id: step, type: 'add_label', settings: { label: `Step ${n}` } })),
    edges: ids.map((to, n) => ({ from: ids[n - 1] ?? 'start', port: 'next', to })),
    layout: Object.fromEntries(ids.map((step, n) => [step, { x: 0, y: 120 * (n + 1) }])),
  };
  const put = await house.api.fetch(`/api/automations/${id}/draft`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${house.product.keys.apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ document, edition: null }),
  });
  expect(put.ok, await put.clone().text()).toBe(true);
  await page.goto(`/automations/${id}`);
  await expect.poll(() => nameField(page).inputValue(), { timeout: 20_000 }).toBe('Endless');
  await nameField(page).fill('Endless, renamed');
  await saved(id, 'Endless, renamed');
  expect((await detailOf(id)).draft?.document.nodes).toHaveLength(5_000);
}, 90_000);

describe('pasted garbage', () => {
  test('changes nothing on the canvas and says why', async () => {
    const { context, page } = await atWork();
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const id = freshId();
    await begin(page, id);
    const garbage = [
      { text: 'just a sentence', said: 'The clipboard holds no steps of an automation.' },
      {
        text: '{"format":"ripen/nodes","version":1,"nodes":[{"id":"__proto__","type":"end"}]}',
        said: 'The copied steps are damaged.',
      },
      { text: '{"format":"ripen/nodes","version":99}', said: 'These steps were copied from another version of Ripen.' },
    ];
    for (const { text, said } of garbage) {
      await page.evaluate((words) => (globalThis as unknown as InPage).navigator.clipboard.writeText(words), text);
      await page.locator('[aria-roledescription="start"]').focus();
      await page.keyboard.press('ControlOrMeta+v');
      const told = page.getByRole('alert').filter({ hasText: said });
      await told.waitFor();
      expect(await told.textContent()).toContain('Nothing was pasted');
    }
    expect((await detailOf(id)).draft?.document).toMatchObject({ name: 'First', nodes: [] });
  });

  test('stays in the field, which says what is wrong', async () => {
    const { page } = await atWork();
    await begin(page, freshId());
    await addPoints(page);
    const points = page.getByRole('complementary', { name: 'Settings' }).getByRole('textbox', { name: 'Points' });
    await points.fill('1,2,3 apples');
    await points.blur();
    await page.getByText('This is no number.').waitFor();
    expect(await points.inputValue()).toBe('1,2,3 apples');
  });
});

describe('an error of the server', () => {
  const broken = {
    status: 500,
    contentType: 'application/problem+json',
    body: JSON.stringify({
      title: 'Internal error',
      status: 500,
      code: 'internal',
      detail: 'Something broke here; it is noted in the log.',
    }),
  };

  test('while drawing: kept, and saved when the server is well again', async () => {
    const { page } = await atWork();
    const id = freshId();
    await begin(page, id);
    await page.route('**/draft', (route) => route.fulfill(broken));
    await nameField(page).fill('Drawn against the wind');
    await bar(page, 'Not saved: kept in this browser').waitFor();
    await page.unroute('**/draft');
    await saved(id, 'Drawn against the wind');
    await expect.poll(() => nameField(page).inputValue()).toBe('Drawn against the wind');
  });

  test('in a form: what was typed stays, and can be sent again', async () => {
    const { page } = await atWork();
    await page.goto('/settings/queues');
    await page.getByRole('button', { name: 'Add a queue' }).click();
    const dialog = page.getByRole('dialog', { name: 'Add a queue' });
    await dialog.getByRole('textbox', { name: 'Name' }).fill('Stubborn queue');
    await page.route('**/api/apply', (route) => route.fulfill(broken));
    await dialog.getByRole('button', { name: 'Add', exact: true }).click();
    await dialog.getByRole('alert').filter({ hasText: 'Something broke here' }).waitFor();
    expect(await dialog.getByRole('textbox', { name: 'Name' }).inputValue()).toBe('Stubborn queue');
    await page.unroute('**/api/apply');
    await dialog.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByText('"Stubborn queue" is in force.').waitFor();
  });

  test('on a screen: it says so, and can be tried again', async () => {
    const { page } = await atWork();
    await page.route('**/api/automations*', (route) => route.fulfill(broken));
    await page.goto('/automations');
    const alert = page.getByRole('alert').filter({ hasText: 'This could not be shown' });
    await alert.waitFor();
    expect(await alert.textContent()).toContain('Something broke here');
    await page.unroute('**/api/automations*');
    await alert.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('link', { name: 'US clicks to sales' }).waitFor();
  });
});
