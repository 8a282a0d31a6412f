import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { phone } from './house.ts';
import type { InPage, PageElement } from './in-page.ts';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds on the page as it is, a line for each rule; `rules` restricts it. */
export async function axeOn(page: Page, rules?: readonly string[]): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axeSource);
  const violations = await page.evaluate(async (only) => {
    const { axe } = globalThis as unknown as InPage;
    const found = await axe.run({
      resultTypes: ['violations'],
      ...(only && { runOnly: { type: 'rule', values: only } }),
    });
    return found.violations.map(({ id, help, nodes }) => ({
      id,
      help,
      nodes: nodes.map(({ target, failureSummary }) => ({ target, failureSummary })),
    }));
  }, rules);
  return violations.map(({ id, help, nodes: [first, ...more] }) => {
    const why = first?.failureSummary?.split('\n').slice(1, 2).join('').trim() ?? help;
    const others = more.length > 0 ? ` and ${more.length} more` : '';
    return `${id} at ${first?.target.join(' ') ?? ''}${others}: ${why}`;
  });
}

/** Elements that reach past the right edge and cannot be scrolled to inside something of their own. */
export function overflowOn(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { document, getComputedStyle } = globalThis as unknown as InPage;
    const width = document.documentElement.clientWidth;
    const main = document.getElementById('main');
    const found: string[] = [];
    for (const frame of [document.documentElement, main]) {
      if (frame && frame.scrollWidth > frame.clientWidth)
        found.push(
          `${frame.tagName.toLowerCase()} is ${frame.scrollWidth} px wide, with ${frame.clientWidth} to be seen`,
        );
    }
    if (found.length === 0) return found;
    const scrollsItself = (element: PageElement): boolean => {
      for (let at = element.parentElement; at && at !== main && at !== document.body; at = at.parentElement)
        if (getComputedStyle(at).overflowX !== 'visible') return true;
      return false;
    };
    for (const element of document.querySelectorAll('body *')) {
      const { right, width: own } = element.getBoundingClientRect();
      if (own > 0 && right > width + 0.5 && !scrollsItself(element) && found.length < 6)
        found.push(
          `${element.tagName.toLowerCase()}.${element.getAttribute('class') ?? ''} reaches ${Math.round(right)} px`,
        );
    }
    return found;
  });
}

/** Gives the page another size, and waits until what follows from that is drawn: what asks for the width hears of it by frames. */
async function resize(page: Page, size: { width: number; height: number }): Promise<void> {
  await page.setViewportSize(size);
  await page.evaluate(async () => {
    const { requestAnimationFrame } = globalThis as unknown as InPage;
    for (let frames = 0; frames < 3; frames++) await new Promise<void>((drawn) => requestAnimationFrame(drawn));
  });
}

/** What axe has against the page as it is, there and on a phone, and what a phone cannot show. */
export async function looksOn(page: Page): Promise<string[]> {
  const found = await axeOn(page);
  const { width, height } = page.viewportSize() ?? phone;
  await resize(page, phone);
  found.push(...(await axeOn(page)), ...(await overflowOn(page)));
  await resize(page, { width, height });
  return found;
}
