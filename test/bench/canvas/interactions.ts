import type { Page } from 'playwright-core';

/** What a person does at once and the page answers. */
type Step = (page: Page) => Promise<unknown>;

/** Something a person does on a canvas. Each leaves the canvas as it was, with the first step selected. */
export interface Interaction {
  readonly name: string;
  readonly steps: readonly Step[];
}

const centreOf = async (page: Page, node: string): Promise<{ x: number; y: number }> => {
  const box = await page.locator(`#step-${node}`).boundingBox();
  if (!box) throw new Error(`The step ${node} is not in view.`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
};
const press =
  (key: string): Step =>
  (page) =>
    page.keyboard.press(key);
const wheel =
  (x: number, y: number): Step =>
  (page) =>
    page.mouse.wheel(x, y);
const select =
  (node: string): Step =>
  async (page) => {
    const { x, y } = await centreOf(page, node);
    await page.mouse.click(x, y);
  };
/** Holds a step and moves it along, and back to where it was taken. */
const drag = (node: string, along: readonly number[]): Step[] => {
  let from = { x: 0, y: 0 };
  return [
    async (page) => {
      from = await centreOf(page, node);
      await page.mouse.move(from.x, from.y);
      await page.mouse.down();
    },
    ...along.map(
      (x): Step =>
        (page) =>
          page.mouse.move(from.x + x, from.y),
    ),
    (page) => page.mouse.up(),
  ];
};
const name: Step = (page) => page.getByRole('textbox', { name: 'Name of the automation' }).focus();
const setting: Step = (page) =>
  page.getByRole('complementary', { name: 'Settings' }).getByRole('textbox').first().focus();

/** The canvas of so many steps is opened from the list of automations, and left for it. */
const opening = (title: string): Interaction[] => [
  {
    name: 'leave',
    steps: [
      async (page) => {
        await page.getByRole('link', { name: 'All automations' }).click();
        await page.getByRole('link', { name: title, exact: true }).waitFor();
      },
    ],
  },
  {
    name: 'open',
    steps: [
      async (page) => {
        await page.getByRole('link', { name: title, exact: true }).click();
        await page.locator('#step-node-0').waitFor();
      },
      select('node-0'),
      press('0'),
    ],
  },
];

/** All that is measured, on the canvas called so. */
export const interactionsOn = (title: string): readonly Interaction[] => [
  ...opening(title),
  { name: 'select', steps: [select('node-1'), select('node-0'), select('node-2'), select('node-0')] },
  { name: 'walk by keys', steps: [press('ArrowDown'), press('ArrowDown'), press('ArrowUp'), press('ArrowUp')] },
  { name: 'drag a step', steps: [...drag('node-0', [20, 40, 60, 80, 60, 40, 20]), press('ControlOrMeta+z')] },
  { name: 'rename', steps: [name, press('End'), press('x'), press('Backspace'), select('node-0')] },
  { name: 'change a setting', steps: [setting, press('End'), press('x'), press('Backspace'), select('node-0')] },
  {
    name: 'scroll',
    steps: [wheel(0, 60), wheel(0, 60), wheel(60, 0), wheel(60, 0), wheel(-120, 0), wheel(0, -60), wheel(0, -60)],
  },
  { name: 'zoom', steps: [press('-'), press('-'), press('+'), press('+')] },
  { name: 'show all', steps: [press('1'), press('0'), press('ArrowDown'), press('ArrowUp')] },
  {
    name: 'add a step',
    steps: [press('n'), press('Enter'), press('w'), press('Enter'), press('ControlOrMeta+z'), select('node-0')],
  },
];
