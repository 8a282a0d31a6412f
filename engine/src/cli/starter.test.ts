import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runForTest } from './testing.ts';

const repo = join(import.meta.dirname, '../../..');

type Line = Record<string, unknown> & { kind: string };

/** Runs the starter's definitions over events; days count from 1 January 2026. */
const simulate = async (
  events: readonly [day: number, event: string, properties?: object][],
  days: number[],
  country = 'FR',
) => {
  const at = (day: number): string => new Date(Date.UTC(2026, 0, 1) + day * 86_400_000).toISOString();
  const lines = [
    { type: 'identify', userId: 'ann', traits: { email: 'ann@x.example', country }, timestamp: at(0) },
    ...events.map(([day, event, properties = {}]) => ({
      type: 'track',
      event,
      userId: 'ann',
      properties,
      timestamp: at(day),
    })),
  ];
  const argv = ['simulate', '-d', 'shared/examples/starter', '-e', '-', '--until', at(Math.max(...days))];
  const { stdout, code, stderr } = await runForTest([...argv, ...days.flatMap((day) => ['--scores-at', at(day)])], {
    cwd: repo,
    stdin: lines.map((line) => JSON.stringify(line)).join('\n'),
  });
  if (code !== 0) throw new Error(stderr);
  const records = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
  return {
    of: (kind: string) => records.filter((record) => record.kind === kind),
    scores: records.filter((record) => record.kind === 'score').map(({ score, stage }) => [score, stage]),
  };
};

describe("the first article's system", () => {
  test('each free offer counts once; five of them make a lead', async () => {
    const offers = ['a', 'b', 'a', 'c', 'd', 'e'].map((offer, day): [number, string, object] => [
      day,
      'Free Offer Downloaded',
      { offer },
    ]);
    const { scores } = await simulate(offers, [0.5, 4.5, 5.5]);
    expect(scores).toEqual([
      [10, 'prospect'],
      [40, 'prospect'],
      [50, 'lead'],
    ]);
  });

  test('the form makes a lead, scheduled time an MQL, an attended event an SQL, once each', async () => {
    expect(
      (
        await simulate(
          [
            [0, 'Contact Form Submitted'],
            [1, 'Contact Form Submitted'],
          ],
          [2],
        )
      ).scores,
    ).toEqual([[50, 'lead']]);
    expect(
      (
        await simulate(
          [
            [0, 'Time Scheduled'],
            [1, 'Time Scheduled'],
          ],
          [2],
        )
      ).scores,
    ).toEqual([[75, 'mql']]);
    expect(
      (
        await simulate(
          [
            [0, 'Event Attended'],
            [1, 'Event Attended'],
          ],
          [2],
        )
      ).scores,
    ).toEqual([[100, 'sql']]);
  });

  test('opens, clicks and visits count every time', async () => {
    const events: [number, string][] = [
      [0, 'Email Opened'],
      [1, 'Email Opened'],
      [2, 'Email Clicked'],
      [3, 'Site Visited'],
      [4, 'Site Visited'],
    ];
    expect((await simulate(events, [5])).scores).toEqual([[1 + 1 + 2 + 3 + 3, 'prospect']]);
  });

  test('points decay after 60 days of silence, not before, and activity puts it off', async () => {
    const form: [number, string] = [0, 'Contact Form Submitted'];
    expect((await simulate([form], [59.9, 60.1, 90.1])).scores).toEqual([
      [50, 'lead'],
      [40, 'prospect'],
      [30, 'prospect'],
    ]);
    expect((await simulate([form, [30, 'Email Opened']], [60.1, 89.9, 90.1])).scores).toEqual([
      [51, 'lead'],
      [51, 'lead'],
      [41, 'prospect'],
    ]);
  });

  test('a junk address is worth nothing', async () => {
    const { scores } = await simulate(
      [
        [0, 'Contact Form Submitted'],
        [0, 'Time Scheduled'],
      ],
      [1],
    );
    expect(scores).toEqual([[100, 'sql']]);
    const junk = [
      'simulate',
      '-d',
      'shared/examples/starter',
      '-e',
      '-',
      '--scores-at',
      '2026-01-02',
      '--only',
      'score',
    ];
    const event = {
      type: 'track',
      event: 'Contact Form Submitted',
      userId: 'd',
      context: { traits: { email: 'DonaldDuck@gmail.com' } },
      timestamp: '2026-01-01',
    };
    const { stdout } = await runForTest(junk, { cwd: repo, stdin: JSON.stringify(event) });
    expect(JSON.parse(stdout)).toMatchObject({ score: 0, stage: null });
  });
});

describe("the card's automation", () => {
  test('takes who clicked from the US to MQL, to sales, and says so', async () => {
    const { of, scores } = await simulate([[1, 'Email Clicked']], [2], 'US');
    expect(scores).toEqual([[2 + 25, 'mql']]);
    expect(of('lead')).toMatchObject([{ queue: 'sales', rep: 'rep-1', held: false }]);
    expect(of('delivery')).toMatchObject([
      {
        channel: 'sales-webhook',
        node: 'tell-sales',
        status: 'sent',
        payload: { message: { body: expect.stringContaining('has 27 points') as string } },
      },
    ]);
    expect(of('run').find(({ automation }) => automation === 'us-clicks-to-sales')).toMatchObject({
      status: 'completed',
      trail: ['country', 'score', 'below-mql', 'to-mql', 'to-sales', 'to-sales', 'tell-sales', 'end'].map((node) => ({
        node,
      })),
    });
  });

  test('scores every time, and hands over once while sales has the lead', async () => {
    const { of, scores } = await simulate(
      [
        [1, 'Email Clicked'],
        [2, 'Email Clicked'],
        [3, 'Email Clicked'],
      ],
      [4],
      'US',
    );
    expect(scores).toEqual([[3 * 27, 'mql']]);
    expect(of('lead')).toHaveLength(1);
  });

  test('leaves others to the two points of a click, and an SQL an SQL', async () => {
    expect((await simulate([[1, 'Email Clicked']], [2], 'FR')).scores).toEqual([[2, null]]);
    expect(
      (
        await simulate(
          [
            [0, 'Event Attended'],
            [1, 'Email Clicked'],
          ],
          [2],
          'US',
        )
      ).scores,
    ).toEqual([[100, 'sql']]);
  });
});
