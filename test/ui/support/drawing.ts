import type { Locator, Page } from 'playwright-core';
import { isTypedIn, keyboard, type Hand } from './hands.ts';
import type { InPage } from './in-page.ts';

/** What the card's automation says, in this workspace's names. */
export interface Card {
  readonly name: string;
  readonly event: string;
  readonly country: string;
  readonly points: string;
  readonly stage: string;
  readonly queue: string;
  readonly channel: string;
  readonly subject: string;
}

/** How steps get onto the canvas. */
interface Drawing {
  /** Adds the step called so after the selected one, or after this output of it. */
  add(title: string, output?: string): Promise<void>;
  /** To the settings of what is selected. */
  settings(): Promise<Locator>;
}

const settingsOf = (page: Page): Locator => page.getByRole('complementary', { name: 'Settings' });
/** In the page: the form comes a moment after the selection, and until then is that of the step before. */
const isFormOfSelected = (): boolean => {
  const { document } = globalThis as unknown as InPage;
  const shown = document.querySelector('[data-shown]')?.getAttribute('data-shown');
  return document.querySelector(`[id="step-${shown}"][data-selected]`) !== null;
};
const stepCalled = (page: Page, title: string): Locator =>
  page.locator(`[aria-roledescription="step"][aria-label^="${title};"]`);

/** Palette, plus signs and dragging. */
function byMouse(page: Page): Drawing {
  const palette = page.getByRole('navigation', { name: 'Steps to add' });
  let added = 0;
  let last: Locator = page.locator('[aria-roledescription="start"]');
  return {
    add: async (title, output) => {
      const plus = last.getByRole('button', { name: output ? `Add a step after ${output}` : 'Add the next step' });
      const entry = palette.getByRole('button', { name: title, exact: true });
      // All three ways that a mouse has, in turn.
      const way = output ? 'plus' : (['drag', 'palette', 'plus'] as const)[added % 3];
      if (way === 'drag') await entry.dragTo(plus);
      else if (way === 'palette') await entry.click();
      else {
        await plus.click();
        await page.getByRole('option', { name: title }).first().click();
      }
      added++;
      last = stepCalled(page, title);
      await last.waitFor();
    },
    settings: async () => {
      await page.waitForFunction(isFormOfSelected);
      return settingsOf(page);
    },
  };
}

/** `n` and a name; Enter for the settings, Escape back to the canvas. */
function byKeyboard(page: Page): Drawing {
  const { keyboard: keys } = page;
  const focused = (selector: string): Promise<unknown> =>
    page.waitForFunction(
      (wanted) => (globalThis as unknown as InPage).document.activeElement?.closest(wanted) !== null,
      selector,
    );
  return {
    add: async (title, output) => {
      await keys.press('Escape');
      await focused('[aria-roledescription]');
      await keys.press('n');
      if (output) {
        await isTypedIn(page.getByRole('combobox', { name: 'After which output?' }));
        await keys.type(output);
        await keys.press('Enter');
      }
      await isTypedIn(page.getByRole('combobox', { name: 'Next step' }));
      await keys.type(title);
      await keys.press('Enter');
      await stepCalled(page, title).waitFor();
      await focused(`[aria-label^="${title};"]`);
    },
    settings: async () => {
      const settings = settingsOf(page);
      await focused('[aria-roledescription]');
      await keys.press('Enter');
      await focused('aside');
      return settings;
    },
  };
}

/** A hand at work on a canvas. */
export const drawingBy = (page: Page, hand: Hand): Drawing => (hand === keyboard ? byKeyboard(page) : byMouse(page));

/** From an empty canvas to a drawing without problems. */
export async function drawCard(page: Page, hand: Hand, card: Card): Promise<void> {
  const { add, settings } = drawingBy(page, hand);
  await hand.write(page.getByRole('textbox', { name: 'Name of the automation' }), card.name);
  await hand.press(page.getByRole('button', { name: 'Contact does something' }));
  const start = await settings();
  await hand.write(start.getByRole('textbox', { name: 'Event' }), card.event);
  await page.keyboard.press('Enter');

  await add('Condition');
  const condition = await settings();
  await hand.write(condition.getByRole('textbox', { name: 'Field', exact: true }), 'country');
  await page.keyboard.press('Enter');
  await hand.write(condition.getByRole('textbox', { name: 'Country: value' }), card.country);

  await add('Add points', 'Yes');
  const points = await settings();
  await hand.write(points.getByRole('textbox', { name: 'Points' }), card.points);

  await add('Move to stage');
  const stage = await settings();
  await hand.choose(stage.getByRole('combobox', { name: 'Stage' }), card.stage);

  await add('Route to sales');
  const route = await settings();
  await hand.choose(route.getByRole('combobox', { name: 'Sales queue' }), card.queue);

  await add('Notify', 'Routed');
  const notify = await settings();
  await hand.choose(notify.getByRole('combobox', { name: 'Channel' }), card.channel);
  await hand.write(notify.getByRole('textbox', { name: 'Subject' }), card.subject);
}
