import { waitUntil } from '@ripen/infra';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { countPointing, keyboard, mouse, type Hand } from './support/hands.ts';
import { admin, openHouse, type House } from './support/house.ts';

// A marketer has contacts kept in order: says what is to be done and for whom, sees whom it would change, runs it now, and
// reads what it came to.
let house: House;
const opened: (() => unknown)[] = [];

const interest = {
  ...{ kind: 'model', id: 'interest', name: 'Interest' },
  groups: [{ id: 'acts', name: 'Acts', kind: 'behaviour' }],
  rules: [{ kind: 'behaviour', id: 'demo', name: 'Demo', group: 'acts', points: 20, event: 'demo_asked' }],
};
const people = ['ada', 'ben', 'cy'];

beforeAll(async () => {
  house = await openHouse(inject('chromiumPath'));
  opened.push(house.close);
  await house.setUp();
  await house.api.post('/api/apply', { documents: [interest] });
  await house.api.send(
    people.flatMap((userId, index) => [
      { type: 'identify', userId, traits: { country: index === 0 ? 'DE' : 'US' } },
      { type: 'track', userId, event: 'demo_asked' },
    ]),
  );
  await waitUntil({
    what: 'The scores of all contacts',
    timeoutMs: 30_000,
    until: async () => {
      const { items } = await house.api.get<{ items: { scores: { score: number }[] }[] }>('/api/contacts');
      return items.length === people.length && items.every(({ scores }) => scores[0]?.score === 20);
    },
  });
}, 180_000);
afterAll(async () => {
  for (const close of opened.reverse()) await close();
});

interface Contact {
  fields: Record<string, unknown>;
  labels: string[];
}
const contact = (userId: string): Promise<Contact> => house.api.get<Contact>(`/api/contacts/look-up?userId=${userId}`);

/** Makes a program by hand: a field set to the score and a label, for contacts in the US, whenever somebody says so. */
const make = async (hand: Hand, page: Page, name: string, made: { field: string; label: string }): Promise<void> => {
  await page.goto('/maintenance');
  await hand.press(page.getByRole('link', { name: 'New program' }));
  const dialog = page.getByRole('dialog', { name: 'New maintenance program' });
  await hand.write(dialog.getByRole('textbox', { name: 'Name' }), name);
  await hand.press(dialog.getByRole('button', { name: 'Add', exact: true }));
  await dialog.getByText('Fill this in.').or(dialog.getByText('Choose one.')).first().waitFor();
  await hand.press(dialog.getByRole('button', { name: 'Say whom' }));
  const row = dialog.getByRole('group', { name: 'Condition 1' });
  await hand.write(row.getByLabel('Field', { exact: true }), 'country');
  await hand.write(row.getByLabel(/: value$/), 'US');
  const does = dialog.getByRole('group', { name: 'What it does' });
  await hand.write(does.getByRole('textbox', { name: 'Field' }), made.field);
  await hand.press(does.getByRole('button', { name: 'Add an action' }));
  await hand.write(does.getByRole('textbox', { name: 'Label' }), made.label);
  const rhythms = dialog.getByRole('radiogroup', { name: 'How often' });
  if (hand === mouse) await dialog.getByText('By hand', { exact: true }).click();
  else {
    // Daily is chosen; by hand comes before it.
    await rhythms.getByRole('radio', { checked: true }).press('ArrowLeft');
  }
  await dialog.getByText('Only when somebody says “Run now”.').waitFor();
  await hand.press(dialog.getByRole('button', { name: 'Add', exact: true }));
  await page.getByText(`“${name}” is in force.`).waitFor();
};

for (const hand of [mouse, keyboard])
  test(`a maintenance program is made, run now, and says what it came to, by ${hand.name}`, async () => {
    const context = await house.open(admin);
    opened.push(() => context.close());
    const page = await context.newPage();
    const pointed = await countPointing(page);
    const name = `Nightly by ${hand.name}`;
    const made = { field: `rating_${hand.name}`, label: `kept-${hand.name}` };
    await make(hand, page, name, made);

    const row = page.getByRole('listitem').filter({ has: page.getByRole('link', { name, exact: true }) });
    await row.getByText('Never run').waitFor();
    await hand.press(row.getByRole('link', { name: `Run now: ${name}` }));
    const dialog = page.getByRole('dialog', { name: `Run “${name}” now` });
    await dialog.getByText('2 contacts', { exact: true }).waitFor();
    await dialog.getByText('It would change 2 of them; the others are as they should be.').waitFor();
    await hand.press(dialog.getByRole('button', { name: 'Run now' }));
    await row.getByText('2 of 2 contacts changed').waitFor();
    // The program has told its lane; the contact follows within moments.
    await expect
      .poll(() => contact('ben'))
      .toMatchObject({
        fields: { [made.field]: 20 },
        labels: expect.arrayContaining([made.label]) as string[],
      });
    expect((await contact('ada')).fields).not.toHaveProperty(made.field);

    await hand.press(row.getByRole('link', { name, exact: true }));
    const history = page.getByRole('dialog', { name: `Runs of “${name}”` });
    await history.getByText(`by ${admin.name}`).waitFor();
    await history.getByText('2 of 2 contacts changed').waitFor();
    if (hand === keyboard) expect(await pointed()).toBe(0);
    await house.api.post(`/api/maintenance-programs/nightly-by-${hand.name}/archive`, {});
  }, 120_000);
