import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { waitUntil } from '@ripen/infra';
import { Analytics } from '@segment/analytics-node';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { repo } from '../helpers/cli.ts';
import { startReceiver, type Receiver } from '../workflows/support/receiver.ts';
import { drawCard, type Card } from './support/drawing.ts';
import { countPointing, keyboard, mouse, type Hand } from './support/hands.ts';
import type { InPage } from './support/in-page.ts';
import { admin, openHouse, type House, type Who } from './support/house.ts';

// The main job by the three people who share it: an admin lets them in, a marketer draws the card's automation on an empty canvas and
// publishes it, a real SDK sends a click, sales sees the lead come and accepts it, the admin sees the path of the run. Once by mouse,
// once without one.
let receiver: Receiver;
let house: House;
const opened: (() => Promise<unknown>)[] = [];

const example = (name: string): unknown =>
  JSON.parse(readFileSync(join(repo, 'shared/examples/starter', name), 'utf8'));

beforeAll(async () => {
  receiver = await startReceiver();
  opened.push(receiver.close);
  house = await openHouse(inject('chromiumPath'), { RIPEN_ALLOW_PRIVATE_ADDRESSES: new URL(receiver.url).host });
  opened.push(house.close);
  // What was there before: how scores and stages are counted, and where sales is told.
  const channel = { kind: 'channel', id: 'crm', name: 'Sales webhook', type: 'webhook', url: `${receiver.url}/sales` };
  await house.api.post('/api/apply', {
    documents: [example('lead-score.model.json'), example('lifecycle.json'), channel],
  });
}, 180_000);

afterAll(async () => {
  for (const close of opened.reverse()) await close();
});

/** A page of a person's own browser. */
async function pageOf(): Promise<At> {
  const context = await house.open(null);
  opened.push(() => context.close());
  const page = await context.newPage();
  return { page, pointed: await countPointing(page) };
}

async function signInBy(hand: Hand, page: Page, { email, password }: Who): Promise<void> {
  await page.goto('/');
  await hand.write(page.getByRole('textbox', { name: 'E-mail' }), email);
  await hand.write(page.getByLabel(/^Password/), password);
  await hand.press(page.getByRole('button', { name: 'Sign in' }));
  await page.getByRole('navigation', { name: 'Places' }).waitFor();
}

/** Goes to a place of the rail. */
const goTo = (hand: Hand, page: Page, place: string): Promise<void> =>
  hand.press(page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name: place, exact: true }));

async function addPerson(hand: Hand, page: Page, who: Who, role: string): Promise<void> {
  await hand.press(page.getByRole('button', { name: 'Add a person' }));
  const dialog = page.getByRole('dialog', { name: 'Add a person' });
  await hand.write(dialog.getByRole('textbox', { name: 'Name' }), who.name);
  await hand.write(dialog.getByRole('textbox', { name: 'E-mail' }), who.email);
  await hand.choose(dialog.getByRole('combobox', { name: 'Role' }), role);
  await hand.write(dialog.getByLabel(/^First password/), who.password);
  await hand.press(dialog.getByRole('button', { name: 'Add', exact: true }));
  await page.getByText(`${who.name} can sign in now`).waitFor();
  await dialog.waitFor({ state: 'detached' });
}

async function addQueue(hand: Hand, page: Page, name: string, rep: Who): Promise<void> {
  await hand.press(page.getByRole('button', { name: 'Add a queue' }));
  const dialog = page.getByRole('dialog', { name: 'Add a queue' });
  await hand.write(dialog.getByRole('textbox', { name: 'Name' }), name);
  await hand.press(dialog.getByRole('button', { name: 'Add a rep' }));
  await hand.write(dialog.getByRole('textbox', { name: 'Name' }).nth(1), rep.name);
  await hand.write(dialog.getByRole('textbox', { name: 'E-mail' }), rep.email);
  await hand.press(dialog.getByRole('button', { name: 'Add', exact: true }));
  await page.getByText(`"${name}" is in force.`).waitFor();
  await dialog.waitFor({ state: 'detached' });
}

const password = 'a long enough secret';

interface At {
  readonly page: Page;
  /** How often something was pointed at. */
  readonly pointed: () => Promise<number>;
}

/** The admin lets a marketer and a sales person in, who gets a queue. The first time, the admin has to be made. */
async function letIn(hand: Hand, { page }: At, people: { marketer: Who; sales: Who }, queue: string): Promise<void> {
  await page.goto('/');
  const welcome = page.getByRole('heading', { name: 'Welcome to Ripen' });
  await welcome.or(page.getByRole('heading', { name: 'Sign in' })).waitFor();
  if (await welcome.isVisible()) {
    await hand.write(page.getByRole('textbox', { name: 'Your name' }), admin.name);
    await hand.write(page.getByRole('textbox', { name: 'E-mail' }), admin.email);
    await hand.write(page.getByLabel(/^Password/), admin.password);
    await hand.press(page.getByRole('button', { name: 'Create the admin account' }));
  } else {
    await signInBy(hand, page, admin);
  }
  await goTo(hand, page, 'Settings');
  const sections = page.getByRole('navigation', { name: 'Settings' });
  await hand.press(sections.getByRole('link', { name: 'People' }));
  await addPerson(hand, page, people.marketer, 'Marketer');
  await addPerson(hand, page, people.sales, 'Sales');
  await hand.press(sections.getByRole('link', { name: 'Sales queues' }));
  await addQueue(hand, page, queue, people.sales);
}

/** The marketer draws the automation on an empty canvas and publishes it. Its id. */
async function draw(hand: Hand, { page }: At, marketer: Who, card: Card): Promise<string> {
  await signInBy(hand, page, marketer);
  await goTo(hand, page, 'Automations');
  await hand.press(page.getByRole('button', { name: 'New automation' }).first());
  await drawCard(page, hand, card);
  const problems = page.getByRole('region', { name: 'Problems' }).getByRole('status');
  await problems.filter({ hasText: /^(No problems|\d+ warnings?)$/ }).waitFor();
  await hand.press(page.getByRole('button', { name: 'Publish version 1' }));
  const dialog = page.getByRole('dialog', { name: 'Publish version 1' });
  await hand.press(dialog.getByRole('button', { name: 'Publish version 1' }));
  await page.getByText('Version 1 is live.').waitFor();
  const id = new URL(page.url()).pathname.split('/').at(-1) ?? '';
  const { status, version } = await house.api.get<{ status: string; version: number }>(`/api/automations/${id}`);
  expect({ status, version }).toEqual({ status: 'live', version: 1 });
  return id;
}

/** A contact clicks; sales sees the lead come without a reload, and accepts it. */
async function receive(hand: Hand, { page }: At, sales: Who, lead: string): Promise<void> {
  await signInBy(hand, page, sales);
  await goTo(hand, page, 'My queue');
  const leads = page.getByRole('region', { name: 'Leads' });
  await leads.getByText('No lead waits').waitFor();
  await page.evaluate(() => ((globalThis as unknown as InPage).sameDocument = true));

  const analytics = new Analytics({ writeKey: house.product.keys.writeKey, host: house.url, flushAt: 1 });
  analytics.identify({ userId: lead, traits: { email: lead, country: 'US' } });
  // Requests under way at once have no order, and a click from nowhere is nobody's from the US.
  await analytics.flush();
  analytics.track({ userId: lead, event: 'Email Clicked', properties: { campaign: 'spring' } });
  await analytics.closeAndFlush();

  await leads.getByRole('link', { name: lead }).waitFor();
  await page.getByRole('region', { name: 'Lead', exact: true }).getByRole('heading', { name: lead }).waitFor();
  if (hand === keyboard) await page.keyboard.press('a');
  else await hand.press(page.getByRole('button', { name: 'Accept' }));
  await page.getByText(`${lead} is accepted.`).waitFor();
  await leads.getByText('No lead waits').waitFor();
  expect(await page.evaluate(() => (globalThis as unknown as InPage).sameDocument)).toBe(true);
}

/** The admin opens the run and sees its path. */
async function follow(hand: Hand, { page }: At, lead: string): Promise<void> {
  await goTo(hand, page, 'Runs');
  await hand.press(page.getByRole('link', { name: lead }));
  const drawer = page.getByRole('dialog', { name: 'Run' });
  await drawer.getByRole('region', { name: 'Steps' }).getByRole('listitem').first().waitFor();
  const path = drawer.getByRole('region', { name: 'The path of the run' });
  for (const [index, title] of ['Condition', 'Add points', 'Move to stage', 'Route to sales', 'Notify'].entries())
    await path.locator(`[aria-label^="${title};"][aria-label*="step ${index + 1} of the run"]`).waitFor();
  await drawer.getByRole('region', { name: 'Told to the outside' }).getByText('Sales webhook: delivered').waitFor();
}

test.each([{ hand: mouse }, { hand: keyboard }])('the card by $hand.name', async ({ hand }) => {
  const { name } = hand;
  const marketer: Who = { name: `Mira of ${name}`, email: `mira-${name}@ripen.example`, password };
  const sales: Who = { name: `Sam of ${name}`, email: `sam-${name}@ripen.example`, password };
  const queue = `Sales of ${name}`;
  const lead = `lead-of-${name}@example.com`;
  const [atAdmin, atMarketer, atSales] = [await pageOf(), await pageOf(), await pageOf()];
  await letIn(hand, atAdmin, { marketer, sales }, queue);
  const automation = await draw(hand, atMarketer, marketer, {
    name: `US clicks to sales by ${name}`,
    event: 'Email Clicked',
    country: 'US',
    points: '25',
    stage: 'Marketing Qualified Lead',
    queue,
    channel: 'Sales webhook',
    subject: '{{email}} is ready for sales',
  });
  try {
    await receive(hand, atSales, sales, lead);
    await waitUntil({
      what: 'What sales is told',
      timeoutMs: 30_000,
      until: async () => receiver.received.some(({ body }) => body.includes(`${lead} is ready for sales`)),
    });
    await follow(hand, atAdmin, lead);
    const pointed = (await Promise.all([atAdmin, atMarketer, atSales].map((at) => at.pointed()))).some(Boolean);
    expect(pointed).toBe(hand === mouse);
  } finally {
    // The other hand's clicks are its own.
    await house.api.post(`/api/automations/${automation}/pause`, { waitingRuns: 'finish' });
  }
});
