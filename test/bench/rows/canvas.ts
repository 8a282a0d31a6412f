import { findChromium, launch } from '../../helpers/browser.ts';
import { openDesk, type OpenCanvas } from '../canvas/desk.ts';
import { interactionsOn } from '../canvas/interactions.ts';
import { longestTask, watchTasks } from '../canvas/tasks.ts';
import { median, percentile } from '../measure/stats.ts';
import type { Row } from '../row.ts';

/** Longer than this, a task is felt, ms. */
const feltMs = 50;

/** What each step of an interaction cost, ms, by the interaction's name. */
type Costs = Map<string, number[]>;

/** Does everything once, and adds what each step cost. */
const workOn = async ({ page, title, worked }: OpenCanvas, costs: Costs): Promise<void> => {
  await page.bringToFront();
  let before = await worked();
  for (const { name, steps } of interactionsOn(title)) {
    const own = costs.get(name) ?? [];
    costs.set(name, own);
    for (const [index, step] of steps.entries()) {
      await step(page).catch((cause: unknown) => {
        throw new Error(`Step ${index + 1} of "${name}" could not be done on ${title}.`, { cause });
      });
      const after = await worked();
      own.push(after - before);
      before = after;
    }
  }
};

/** A canvas with many steps beside one with few, in turns: what the page has to do for each thing that people do. */
export const canvasRow: Row = {
  name: 'canvas',
  run: async ({ stack, sizes, report }) => {
    const { few, many, rounds } = sizes.canvas;
    const desk = await openDesk(await (await stack.servers()).createDatabase('bench_canvas'));
    const browser = await launch(await findChromium(report));
    const costs = { few: new Map() as Costs, many: new Map() as Costs };
    const longest = { few: 0, many: 0 };
    try {
      const canvases = { few: await desk.open(browser, few), many: await desk.open(browser, many) };
      // Compiles what is used, fills caches.
      for (const canvas of [canvases.few, canvases.many]) await workOn(canvas, new Map());
      for (let round = 0; round < rounds; round++)
        for (const size of ['few', 'many'] as const) {
          await watchTasks(browser);
          await workOn(canvases[size], costs[size]);
          longest[size] = Math.max(longest[size], await longestTask(browser));
        }
    } finally {
      await browser.close();
      await desk.close();
    }
    const p95 = (of: Costs): number => percentile([...of.values()].flat(), 0.95);
    const told = (times: number[] = []): string => `${median(times).toFixed(1)}/${percentile(times, 0.95).toFixed(1)}`;
    return [
      {
        figure: `canvas of ${many} steps, script and layout, p95`,
        beside: `${few} steps`,
        unit: 'ms',
        measured: p95(costs.many),
        besideMeasured: p95(costs.few),
        aim: { atMost: 1.5 },
        details: {
          'p50/p95 of each, ms': '',
          ...Object.fromEntries(
            [...costs.many].map(([name, times]) => [name, `${told(times)} (${told(costs.few.get(name))})`]),
          ),
        },
      },
      {
        figure: 'its longest task',
        beside: 'one that is felt',
        unit: 'ms',
        measured: longest.many,
        besideMeasured: feltMs,
        aim: { atMost: 1 },
        details: { [`with ${few} steps, ms`]: longest.few },
      },
    ];
  },
};
