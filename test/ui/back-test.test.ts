import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { ripenWell } from '../helpers/cli.ts';
import { keyboard } from './support/hands.ts';
import { admin, openHouse, type House } from './support/house.ts';
import { takeFromMenu } from './support/menus.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse(inject('chromiumPath'));
  await house.setUp();
  await house.loadSample(300);
}, 240_000);
afterAll(() => house.close());

interface Drawn {
  document: { id: string; nodes: { type: string; settings: { points?: number } }[] };
}

const cells =
  '(() => [...document.querySelectorAll("section[aria-label=\'What would have happened\'] tbody tr")].map((row) => [...row.children].map((cell) => cell.firstChild.textContent)))()';

test(
  'a draft is back-tested before it is published, down to one contact with two ledgers',
  { timeout: 180_000 },
  async () => {
    const context = await house.open(admin);
    const page = await context.newPage();
    // What is live over its own history: by keyboard from the menu on.
    await page.goto('/automations/click-scoring');
    await takeFromMenu(page.getByRole('button', { name: 'More', exact: true }), 'Back-test', keyboard);
    await page.getByRole('button', { name: 'Back-test the draft' }).press('Enter');
    await page.getByText('Nobody differs: the draft does what the live version did.').waitFor();
    const same = await page.evaluate<string[][]>(cells);
    expect(same.length).toBeGreaterThan(4);
    for (const [, live, draft] of same) expect(draft).toBe(live);

    const { document } = await house.api.get<Drawn>('/api/automations/click-scoring');
    for (const { settings } of document.nodes) if (settings.points !== undefined) settings.points *= 4;
    const kept = await page.request.put('/api/automations/click-scoring/draft', {
      data: { document },
      headers: { origin: house.url },
    });
    expect(kept.ok()).toBe(true);
    await page.goto('/automations/click-scoring');
    await page.getByRole('button', { name: 'Publish version 2' }).click();
    const dialog = page.getByRole('dialog', { name: 'Publish version 2' });
    await dialog.getByRole('button', { name: 'Back-test again' }).click();
    await dialog.getByText(/contacts would be otherwise/).waitFor();
    const given = (await page.evaluate<string[][]>(cells)).find(([what]) => what?.startsWith('Points it gave'));
    expect(Number(given?.[2]?.replaceAll(',', ''))).toBe(4 * Number(given?.[1]?.replaceAll(',', '')));
    await dialog.getByRole('link', { name: 'See who differs and why' }).click();

    const who = page.getByRole('region', { name: /differ/ });
    await who.getByRole('button').first().press('Enter');
    const one = page.getByRole('dialog');
    await one.getByText(/They part at “Add points”: live \+\d+ .*; draft \+\d+/).waitFor();
    const draft = one.getByRole('region', { name: 'Draft' });
    const version = one.getByRole('region', { name: 'Version 1' });
    for (const ledger of [draft, version]) await ledger.getByText('only here').first().waitFor();
    await page.keyboard.press('Escape');
    await one.waitFor({ state: 'hidden' });
    await context.close();
  },
);

test('the command line says the same', { timeout: 60_000 }, async () => {
  const { document } = await house.api.get<Drawn>('/api/automations/click-scoring');
  const directory = await mkdtemp(join(tmpdir(), 'ripen-back-test-'));
  try {
    const path = join(directory, 'draft.json');
    await writeFile(path, JSON.stringify(document));
    const env = { RIPEN_URL: house.url, RIPEN_KEY: house.product.keys.apiKey };
    const { stdout } = await ripenWell(['backtest', path, '--days', '90'], env);
    expect(stdout).toMatch(/contacts who entered +(\S+) +\1\n/);
    expect(stdout).toContain('Nobody differs.');
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
});
