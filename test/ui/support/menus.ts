import type { Locator } from 'playwright-core';
import { mouse, type Hand } from './hands.ts';
import type { PageElement } from './in-page.ts';

/** Opens a menu and waits until the keyboard is in it: until then keys go to the button, where the menu does not hear them. */
export async function openMenu(button: Locator, hand: Hand = mouse): Promise<Locator> {
  await hand.press(button);
  const menus = button.page().getByRole('menu');
  await menus.and(button.page().locator(':focus-within')).waitFor();
  return menus;
}

/** More than any menu has. */
const mostItems = 20;

/** Takes something out of a menu. */
export async function takeFromMenu(button: Locator, name: string, hand: Hand = mouse): Promise<void> {
  const menu = await openMenu(button, hand);
  const item = menu.getByRole('menuitem', { name, exact: true });
  await item.waitFor();
  if (hand === mouse) return item.click();
  const { keyboard: keys } = button.page();
  for (let steps = 0; steps < mostItems; steps++) {
    if (await item.evaluate((element: PageElement) => element.matches(':focus'))) return keys.press('Enter');
    await keys.press('ArrowDown');
  }
  throw new Error(`The keyboard does not reach "${name}" in ${menu.toString()}.`);
}
