import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { admin, desktop, openHouse, phone, type House } from './support/house.ts';
import { axeOn, overflowOn } from './support/looks.ts';
import { screensOf, visitorOf, type Screen } from './support/screens.ts';

// Every screen the router knows, empty and with the sample workspace at a hundredth of its size: axe finds nothing, in light and in
// dark, on a desk and on a phone, and nothing has to be scrolled sideways on a phone.
let house: House;
beforeAll(async () => {
  house = await openHouse(inject('chromiumPath'));
}, 180_000);
afterAll(async () => house.close());

/** How many pages are looked at at once. */
const width = 2;

/** Visits every screen on this device; returns what is wrong, screen by screen. */
async function wrongOn(
  device: { width: number; height: number },
  screens: readonly Screen[],
  signedIn: boolean,
): Promise<string[]> {
  const wrong: string[] = [];
  const waiting = [...screens];
  const inside = await house.open(signedIn ? admin : null, { viewport: device });
  const outside = await house.open(null, { viewport: device });
  const look = async (): Promise<void> => {
    const visitors = { inside: await visitorOf(inside), outside: await visitorOf(outside) };
    for (let screen = waiting.shift(); screen; screen = waiting.shift()) {
      const { page, visit } = screen.outside ? visitors.outside : visitors.inside;
      const found: string[] = [];
      const note = (error: Error): void => void found.push(`threw ${error.message}`);
      page.on('pageerror', note);
      try {
        await page.emulateMedia({ colorScheme: 'light' });
        await visit(screen);
        found.push(...(await axeOn(page)));
        if (device === phone) found.push(...(await overflowOn(page)));
        await page.emulateMedia({ colorScheme: 'dark' });
        // Only colours change.
        found.push(...(await axeOn(page, ['color-contrast', 'link-in-text-block'])).map((line) => `dark: ${line}`));
      } catch (error) {
        found.push(error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error));
      }
      page.off('pageerror', note);
      wrong.push(...found.map((line) => `${screen.name}: ${line}`));
    }
  };
  await Promise.all(Array.from({ length: width }, look));
  await inside.close();
  await outside.close();
  return wrong.sort();
}

const screens = async (): Promise<Screen[]> => {
  const context = await house.open(admin);
  const { page, visit } = await visitorOf(context);
  await visit({ name: 'home', path: '/' });
  const found = await screensOf(page, house);
  await context.close();
  return found;
};

test('the first start', async () => {
  const setup = [{ name: 'setup', path: '/setup', outside: true }];
  const wrong = [...(await wrongOn(desktop, setup, false)), ...(await wrongOn(phone, setup, false))];
  await house.setUp();
  expect(wrong).toEqual([]);
});

describe.each([
  { state: 'empty', contacts: 0 },
  { state: 'with the sample', contacts: 100 },
])('$state', ({ contacts }) => {
  let all: Screen[];
  beforeAll(async () => {
    if (contacts > 0) await house.loadSample(contacts);
    all = await screens();
    console.log(`${all.length} screens: ${all.map(({ name }) => name).join(', ')}`);
  }, 240_000);

  test('on a desk', async () => {
    expect(await wrongOn(desktop, all, true)).toEqual([]);
  });
  test('on a phone', async () => {
    expect(await wrongOn(phone, all, true)).toEqual([]);
  });
});
