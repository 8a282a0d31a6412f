import { readFileSync } from 'node:fs';
import { createPool } from '@ripen/engine';
import { waitUntil } from '@ripen/infra';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { booksOf } from '../helpers/books.ts';
import { settled } from '../helpers/settled.ts';
import { admin, openHouse, type House } from './support/house.ts';

// Try it, in the bundle that people get: what it shows of two months is what the live product makes of the same calls.
const model = {
  kind: 'model',
  id: 'interest',
  name: 'Interest',
  groups: [
    { id: 'fit', name: 'Fit', kind: 'profile' },
    { id: 'deeds', name: 'Deeds', kind: 'behaviour' },
  ],
  rules: [
    {
      kind: 'profile',
      id: 'us',
      name: 'Lives in the US',
      group: 'fit',
      points: 10,
      when: { kind: 'field', field: 'country', is: { op: 'equals', value: 'US' } },
    },
    {
      kind: 'behaviour',
      id: 'read',
      name: 'Read',
      group: 'deeds',
      points: 3,
      event: 'guide_read',
      counts: { kind: 'every_time' },
    },
  ],
  decay: { afterDays: 10, everyDays: 10, by: { kind: 'percent', percent: 30 } },
};
const lifecycle = { kind: 'lifecycle', model: 'interest', stages: [{ id: 'warm', name: 'Warm', threshold: 30 }] };
const automation = {
  kind: 'automation',
  id: 'guides',
  name: 'Guides',
  triggers: [{ type: 'event', event: 'guide_read' }],
  nodes: [
    {
      id: 'where',
      type: 'condition',
      settings: {
        branches: [
          { id: 'us', name: 'US', when: { kind: 'field', field: 'country', is: { op: 'equals', value: 'US' } } },
        ],
      },
    },
    { id: 'wait', type: 'wait_time', settings: { duration: { amount: 3, unit: 'days' } } },
    { id: 'add', type: 'add_points', settings: { model: 'interest', points: 25 } },
  ],
  edges: [
    { from: 'start', to: 'where' },
    { from: 'where', port: 'us', to: 'wait' },
    { from: 'wait', to: 'add' },
  ],
};

let house: House;
beforeAll(async () => {
  house = await openHouse(inject('chromiumPath'));
  await house.setUp();
  await house.api.post('/api/apply', { documents: [model, lifecycle, automation] });
}, 180_000);
afterAll(() => house.close());

interface Downloaded {
  calls: { timestamp: string }[];
  records: { kind: string }[];
}

const linesOf = ({ records }: Downloaded, kind: string): string[] =>
  records.filter((record) => record.kind === kind).map((record) => JSON.stringify(record));

/** In the page: moves the slider through all of its days and answers with how long each stop took, ms, the shortest first. */
const dragThrough = `(() => {
  const slider = document.querySelector('input[type=range]');
  const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set;
  const stops = [];
  for (let minutes = 0; minutes <= Number(slider.max); minutes += 1440) {
    const since = performance.now();
    set.call(slider, String(minutes));
    slider.dispatchEvent(new Event('input', { bubbles: true }));
    stops.push(performance.now() - since);
  }
  return stops.sort((a, b) => a - b);
})()`;

test(
  'what is tried in the browser is what the live product does with the same calls',
  { timeout: 180_000 },
  async () => {
    const context = await house.open(admin);
    const page = await context.newPage();
    await page.goto('/automations/guides');
    await page.getByRole('button', { name: 'Try it' }).click();
    const panel = page.getByRole('complementary', { name: 'Try it' });
    await panel.getByLabel('It begins').fill('2026-08-01T09:00');
    await panel.getByRole('button', { name: 'Add a field' }).first().click();
    await panel.getByRole('textbox', { name: 'Field', exact: true }).last().fill('country');
    await panel.getByRole('textbox', { name: 'Field', exact: true }).last().press('Enter');
    await panel.getByLabel('Field country: value').fill('US');

    const time = page.getByRole('slider', { name: 'Time' });
    const now = page.getByRole('status', { name: 'At this moment' });
    await time.focus();
    await time.press('ArrowRight');
    await panel.getByText('Lives in the US').waitFor();
    await page.getByText(/waits until/).waitFor();
    await panel.getByText(/Yes.*country is US/i).waitFor();
    await page.getByRole('button', { name: /^Next:/ }).click();
    await now.getByText('Warm').waitFor();
    // All of it in one go, and every stop of the way answered before the next frame.
    if (process.env['SHOT']) await page.screenshot({ path: process.env['SHOT'] });
    const stops = await page.evaluate<number[]>(dragThrough);
    const slow = stops[Math.floor(stops.length * 0.95)] ?? Infinity;
    console.log(
      `A stop of the slider: median ${stops[stops.length >> 1]?.toFixed(1)} ms, p95 ${slow.toFixed(1)} ms, longest ${stops.at(-1)?.toFixed(1)} ms.`,
    );
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      panel.getByRole('button', { name: 'Download all of it as JSON' }).click(),
    ]);
    const tried = JSON.parse(readFileSync(await download.path(), 'utf8')) as Downloaded; // Written by the page just now.
    expect(linesOf(tried, 'entry').length).toBeGreaterThan(4);

    const { id } = await house.api.post<{ id: string }>('/api/imports', { name: 'The same' });
    const sent = await house.api.fetch(`/v1/batch?import=${id}`, {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from(`${house.api.writeKey}:`).toString('base64')}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ batch: tried.calls }),
    });
    expect(await sent.json()).toMatchObject({ accepted: tried.calls.length });
    await house.api.post(`/api/imports/${id}/close`, {});
    const pool = createPool({ databaseUrl: house.product.databaseUrl, max: 1 });
    try {
      await waitUntil({
        what: 'The load',
        timeoutMs: 60_000,
        until: async () => (await house.api.get<{ status: string }>(`/api/imports/${id}`)).status === 'closed',
      });
      await settled(pool, Date.now(), 60_000);
      const until = Date.parse(tried.calls[0]?.timestamp ?? '') + 60 * 86_400_000;
      const isTried = (line: string): boolean => Date.parse((JSON.parse(line) as { at: string }).at) <= until;
      const { entries: live, moves } = await booksOf(pool);
      expect(linesOf(tried, 'entry')).toEqual(live.filter(isTried));
      expect(slow).toBeLessThan(50);
      expect(linesOf(tried, 'move')).toEqual(moves.filter(isTried));
    } finally {
      await pool.end();
      await context.close();
    }
  },
);
