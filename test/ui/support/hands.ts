import type { Locator, Page } from 'playwright-core';
import type { InPage, PageElement } from './in-page.ts';

/** How a person works a page: by mouse, or by keyboard alone. */
export interface Hand {
  readonly name: 'mouse' | 'keyboard';
  /** Presses a button, follows a link. */
  press(target: Locator): Promise<void>;
  /** Puts this text into a field, in place of what is there. */
  write(field: Locator, text: string): Promise<void>;
  /** Takes one of the options that a field offers. */
  choose(field: Locator, option: string): Promise<void>;
  /** Takes one of a few that stand beside each other. */
  pick(group: Locator, label: string | RegExp): Promise<void>;
}

const listedOption = (page: Page, name: string): Locator =>
  page
    .getByRole('option', { name, exact: true })
    .or(page.getByRole('option').filter({ hasText: name }))
    .first();

export const mouse: Hand = {
  name: 'mouse',
  press: (target) => target.click(),
  write: (field, text) => field.fill(text),
  choose: async (field, option) => {
    await field.click();
    await listedOption(field.page(), option).click();
  },
  pick: (group, label) => group.getByText(label).click(),
};

/** Waits until this field is the one that keys go to. */
export const isTypedIn = (field: Locator): Promise<void> => field.and(field.page().locator(':focus')).waitFor();

/** More than any screen has places that can be reached; a trap goes on for ever. */
const mostTabs = 150;

/**
 * In the page: a dialog takes the keyboard from the screen behind it a moment after it opens, and whoever is on the way by then is
 * brought back. Where what had the keyboard is gone, or in a list of the dialog's own, there is nothing to wait for.
 */
const hasTheKeyboard = (element: PageElement | null): boolean => {
  const { body, activeElement: active } = (globalThis as unknown as InPage).document;
  const dialog = element?.isConnected ? element.closest('[aria-modal="true"]') : null;
  return !dialog || !active || active === body || active.closest('[data-portal]') !== null;
};

/** Goes there by Tab or Shift+Tab, as somebody does who sees where it is. */
export async function reach(target: Locator): Promise<void> {
  await target.waitFor({ state: 'attached' });
  await target.page().waitForFunction(hasTheKeyboard, await target.elementHandle());
  const { keyboard: keys } = target.page();
  for (let tabs = 0; tabs < mostTabs; tabs++) {
    const where = await target.evaluate((element: PageElement) => {
      const { body, activeElement: active } = (globalThis as unknown as InPage).document;
      if (element === active) return 'there';
      if (!active || active === body) return 'after';
      return active.compareDocumentPosition(element) & 4 /* FOLLOWING */ ? 'after' : 'before';
    });
    if (where === 'there') return;
    await keys.press(where === 'after' ? 'Tab' : 'Shift+Tab');
  }
  const at = await target
    .page()
    .evaluate(() => (globalThis as unknown as InPage).document.activeElement?.outerHTML.slice(0, 200));
  throw new Error(`The keyboard does not reach ${target.toString()}; after ${mostTabs} tabs it is at ${at}.`);
}

export const keyboard: Hand = {
  name: 'keyboard',
  press: async (target) => {
    await reach(target);
    await target.page().keyboard.press('Enter');
  },
  write: async (field, text) => {
    await reach(field);
    const { keyboard: keys } = field.page();
    await keys.press('ControlOrMeta+a');
    await keys.type(text);
  },
  choose: async (field, option) => {
    const page = field.page();
    await reach(field);
    const wanted = listedOption(page, option);
    // Opens the list, and goes down it.
    await page.keyboard.press('ArrowDown');
    await wanted.waitFor();
    for (let steps = 0; steps < mostTabs; steps++) {
      if (
        await wanted.evaluate((element: PageElement) =>
          element.matches('[data-combobox-selected], [aria-selected="true"]:focus'),
        )
      )
        return page.keyboard.press('Enter');
      await page.keyboard.press('ArrowDown');
    }
    throw new Error(`The keyboard does not reach the option "${option}".`);
  },
  pick: async (group, label) => {
    const wanted = group.getByRole('radio', { name: label });
    const chosen = group.getByRole('radio', { checked: true });
    await wanted.waitFor({ state: 'attached' });
    await reach((await chosen.count()) > 0 ? chosen : group.getByRole('radio').first());
    const keys = group.page().keyboard;
    const all = await group.getByRole('radio').count();
    // What is chosen may follow a moment later, where the address says it: the keyboard is there at once.
    const isThere = () => wanted.evaluate((element: PageElement) => element.matches(':focus'));
    for (let steps = 0; steps < all && !(await isThere()); steps++) await keys.press('ArrowRight');
    if (!(await isThere())) throw new Error(`The keyboard does not reach ${String(label)}.`);
    if (!(await wanted.isChecked())) await keys.press('Space');
    await wanted.and(group.page().locator(':checked')).waitFor({ state: 'attached' });
  },
};

/** Counts what only a mouse or a finger does, so that a journey without them can prove it. */
export async function countPointing(page: Page): Promise<() => Promise<number>> {
  await page.addInitScript(() => {
    const here = globalThis as unknown as InPage;
    here.pointed = 0;
    for (const type of ['pointerdown', 'mousedown', 'mousemove', 'touchstart', 'wheel'])
      here.addEventListener(
        type,
        ({ isTrusted }) => {
          if (isTrusted) here.pointed = (here.pointed ?? 0) + 1;
        },
        { capture: true },
      );
  });
  return () => page.evaluate(() => (globalThis as unknown as InPage).pointed ?? -1);
}
