import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { BrowserContext } from 'playwright-core';
import { repo } from '../helpers/cli.ts';
import { findChromium } from '../helpers/browser.ts';
import { admin, desktop, openHouse, phone, type House } from './support/house.ts';
import { screensOf, visitorOf, type Screen } from './support/screens.ts';

// `npm run screens`: a picture of every screen, wide and narrow, light and dark, of a stack of its own with the sample workspace.
// `--only canvas,queue` takes those whose name has one of these; `--contacts 500` makes the sample smaller.
const { values } = parseArgs({ options: { only: { type: 'string' }, contacts: { type: 'string', default: '3000' } } });
const folder = join(repo, 'docs/screens');
const devices = { wide: desktop, narrow: phone };
const schemes = ['light', 'dark'] as const;
/** Of WebP, from 0 to 100: text stays crisp, and the whole set stays below 5 MB. */
const quality = 72;

const say = (sentence: string): void => void process.stdout.write(`${sentence}\n`);

interface Shot {
  readonly screen: Screen;
  readonly device: keyof typeof devices;
}

/** One page by Chromium's own means: Playwright writes no WebP. */
async function shoot(context: BrowserContext, shots: readonly Shot[]): Promise<number> {
  const { page, visit, rest } = await visitorOf(context);
  const chromium = await context.newCDPSession(page);
  let bytes = 0;
  for (const { screen, device } of shots) {
    for (const scheme of schemes) {
      await page.emulateMedia({ colorScheme: scheme });
      if (scheme === 'light') await visit(screen);
      await rest();
      const { data } = await chromium.send('Page.captureScreenshot', { format: 'webp', quality });
      const picture = Buffer.from(data, 'base64');
      bytes += picture.length;
      writeFileSync(join(folder, `${screen.name}-${device}-${scheme}.webp`), picture);
    }
  }
  await page.close();
  return bytes;
}

async function take(house: House, screens: readonly Screen[]): Promise<number> {
  let bytes = 0;
  for (const device of Object.keys(devices) as (keyof typeof devices)[]) {
    for (const outside of [false, true]) {
      const shots = screens
        .filter((screen) => Boolean(screen.outside) === outside)
        .map((screen) => ({ screen, device }));
      if (shots.length === 0) continue;
      const context = await house.open(outside ? null : admin, { viewport: devices[device] });
      bytes += await shoot(context, shots);
      await context.close();
    }
  }
  return bytes;
}

const only = values.only?.split(',');
const wanted = ({ name }: Screen): boolean => only === undefined || only.some((part) => name.includes(part));
const house = await openHouse(await findChromium(say));
try {
  mkdirSync(folder, { recursive: true });
  if (values.only === undefined)
    for (const name of readdirSync(folder)) if (name.endsWith('.webp')) rmSync(join(folder, name));
  let bytes = 0;
  bytes += await take(house, [{ name: 'setup', path: '/setup', outside: true }].filter(wanted));
  await house.setUp();
  say('Loading the sample workspace.');
  bytes += await take(house, [{ name: 'home-empty', path: '/' }].filter(wanted));
  await house.loadSample(Number(values.contacts));
  const context = await house.open(admin);
  const { page, visit } = await visitorOf(context);
  await visit({ name: 'home', path: '/' });
  const screens = (await screensOf(page, house)).filter(wanted);
  await context.close();
  bytes += await take(house, screens);
  say(
    `${readdirSync(folder).filter((name) => name.endsWith('.webp')).length} pictures are in docs/screens (${Math.round(bytes / 1024)} KB written).`,
  );
} finally {
  await house.close();
}
