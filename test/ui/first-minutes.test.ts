import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { admin, openHouse, type House } from './support/house.ts';

// A newcomer's first five minutes: an account, the sample workspace, a contact, another value for a rule, published, and the
// difference it makes. With RIPEN_DATA=full the sample has its full size and is loaded by its button.
const full = process.env['RIPEN_DATA'] === 'full';
const rule = 'Decides on budgets';

let house: House;
beforeAll(async () => {
  house = await openHouse(inject('chromiumPath'));
}, 180_000);
afterAll(() => house.close());

interface Explanation {
  items: { lines: { label: string }[] }[];
}

/** Somebody with a score whom the rule gives points. */
async function someoneWithRule(): Promise<string> {
  const { items } = await house.api.get<{ items: { id: string }[] }>('/api/contacts?sort=score&limit=50');
  for (const { id } of items) {
    const explanation = await house.api.get<Explanation>(`/api/contacts/${id}/explanation`);
    if (explanation.items.some(({ lines }) => lines.some(({ label }) => label === rule))) return id;
  }
  throw new Error(`Nobody of the sample has points for "${rule}".`);
}

test('from an empty workspace to a rule that counts otherwise', { timeout: 300_000 }, async () => {
  const context = await house.open(null);
  const page = await context.newPage();
  const laps: [string, number][] = [];
  let since = performance.now();
  const lap = (what: string): void => {
    laps.push([what, (performance.now() - since) / 1_000]);
    since = performance.now();
  };

  await page.goto('/');
  await page.getByRole('textbox', { name: 'Your name' }).fill(admin.name);
  await page.getByRole('textbox', { name: 'E-mail' }).fill(admin.email);
  await page.getByLabel(/^Password/).fill(admin.password);
  await page.getByRole('button', { name: 'Create the admin account' }).click();
  const offer = page.getByRole('button', { name: 'Load the sample workspace' });
  await offer.waitFor();
  lap('account');

  if (full) await offer.click();
  else await house.loadSample(400);
  await page.getByRole('heading', { name: 'Hottest leads' }).waitFor({ timeout: 240_000 });
  lap('sample workspace');

  await page.goto(`/contacts/${await someoneWithRule()}`);
  const why = page.getByRole('region', { name: 'Why this score' });
  const line = (points: string) => why.getByText(`${rule}${points}`);
  await line('+10').waitFor();
  const contact = page.url();
  lap('contact');

  await page.getByRole('link', { name: 'Score models' }).click();
  await page.getByRole('link', { name: 'Intent and fit' }).click();
  await page.getByRole('textbox', { name: `Points of ${rule}` }).fill('14');
  await page.getByRole('button', { name: 'Publish version 2' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Publish version 2' }).click();
  await page.getByText('Version 2 of “Intent and fit” is live.').waitFor();
  lap('rule changed and published');

  await page.goto(contact);
  await line('+14').waitFor();
  lap('change seen');

  console.log(laps.map(([what, seconds]) => `${what} ${seconds.toFixed(1)} s`).join(', '));
  const minutes = laps.reduce((sum, [, seconds]) => sum + seconds, 0) / 60;
  expect(minutes).toBeLessThan(5);
  await context.close();
});
