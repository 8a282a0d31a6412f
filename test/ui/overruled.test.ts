import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { keyboard, mouse, reach, type Hand } from './support/hands.ts';
import { admin, openHouse, phone, type House } from './support/house.ts';

// A model is changed so that a test of an automation that uses it goes another way: publishing says which, and takes a reason.
let house: House;
const warmth = (points: number) => ({
  ...{ kind: 'model', id: 'warmth', name: 'Warmth', groups: [{ id: 'acts', name: 'Acts', kind: 'behaviour' }] },
  rules: [{ kind: 'behaviour', id: 'warms', name: 'Warms', group: 'acts', event: 'warmed', points }],
});
const giving = {
  ...{ kind: 'automation', id: 'giving', name: 'Giving' },
  triggers: [{ type: 'score_crosses', model: 'warmth', value: 5, direction: 'up' }],
  nodes: [{ id: 'tag', type: 'add_label', settings: { label: 'warm' } }],
  edges: [{ from: 'start', to: 'tag' }],
  scenarios: [
    {
      ...{ id: 'warms', name: 'Warms up', startsAt: '2026-03-02T09:00:00Z', days: 1 },
      contact: {},
      happens: [{ kind: 'event', afterMinutes: 60, event: 'warmed' }],
      expects: { stage: null, scores: { warmth: 6 }, path: ['tag next'], notifications: 0, leads: 0 },
    },
  ],
};

beforeAll(async () => {
  house = await openHouse(inject('chromiumPath'));
  await house.setUp();
}, 180_000);
afterAll(() => house.close());

interface Version {
  version: number;
  despite: { reason: string; by: string; failed: string[] } | null;
}

const overrule = async (hand: Hand, page: Page, version: number): Promise<void> => {
  await page.goto('/models/warmth');
  await hand.press(page.getByRole('button', { name: `Publish version ${version}` }));
  const dialog = page.getByRole('dialog', { name: `Publish version ${version} of “Warmth”` });
  const publish = dialog.getByRole('button', { name: `Publish version ${version}` });
  await hand.press(publish);
  const said = dialog.getByRole('alert').filter({ hasText: 'Tests of automations that use it go another way' });
  await said.getByText('The test "Warms up" of the automation "Giving" goes another way.').waitFor();
  const refused = publish.and(page.locator(':disabled'));
  await refused.waitFor();
  const overruling = dialog.getByRole('checkbox', { name: 'Publish it all the same' });
  if (hand === mouse) await overruling.click();
  else {
    await reach(overruling);
    await page.keyboard.press('Space');
  }
  const why = dialog.getByRole('textbox', { name: 'Why' });
  await why.waitFor();
  await refused.waitFor();
  await hand.write(why, 'Less is enough');
  await hand.press(publish);
  await dialog.waitFor({ state: 'detached' });
  const { items } = await house.api.get<{ items: Version[] }>('/api/models/warmth/versions');
  expect(items[0]).toMatchObject({
    version,
    despite: { reason: 'Less is enough', by: admin.name, failed: [expect.stringContaining('"Giving"')] },
  });
};

test.each([
  [mouse, 2, undefined],
  [keyboard, 4, phone],
] as const)(
  'tests of automations that a model would change are overruled with a reason ($name)',
  async (hand, version, viewport) => {
    // The first time as it is tested; later versions begin from one that goes as saved.
    await house.api.post('/api/apply', { documents: [warmth(6), giving] });
    const context = await house.open(admin, viewport && { viewport });
    const draft = { document: warmth(5 - version), edition: null };
    const saved = await context.request.put(`${house.url}/api/models/warmth/draft`, {
      data: draft,
      headers: { origin: house.url },
    });
    expect(saved.status()).toBe(200);
    const page = await context.newPage();
    await overrule(hand, page, version);
    await context.close();
  },
  90_000,
);
