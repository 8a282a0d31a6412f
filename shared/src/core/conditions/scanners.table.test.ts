import { describe, expect, test } from 'vitest';
import { eventTypeSchema } from '../../model/event-type.ts';
import { isScannerAgent } from '../../model/scanner-agents.ts';
import { automation, day, model, Play, programOf, rule, type Happening } from '../generators/play.ts';

const clicks = eventTypeSchema.parse({
  kind: 'event_type',
  id: 'clicked',
  name: 'Clicked',
  scanners: {
    sent: { event: 'email_sent', by: 'emailId', withinSeconds: 5 },
    links: { property: 'url', atLeast: 3, withinSeconds: 10 },
  },
});
const program = programOf(
  model([rule('click', 'clicked', 5)], { decay: { afterDays: 10, by: { kind: 'percent', percent: 100 } } }),
  clicks,
  automation('flow', [{ type: 'event', event: 'clicked' }], [{ id: 'end', type: 'end', settings: {} }]),
);
const second = 1 / 86_400;
const sent = (on: number): Happening => ({ on, type: 'email_sent', properties: { emailId: 'spring' } });
const click = (on: number, properties: Happening['properties'] = {}): Happening => ({
  on,
  type: 'clicked',
  properties: { emailId: 'spring', url: '/a', ...properties },
});
const earned = (...happenings: Happening[]): number => new Play(program).then(...happenings).ledger.length;

describe('clicks of scanners', () => {
  test('within seconds of the sending of the same message', () => {
    expect(earned(sent(1), click(1 + 4 * second))).toBe(0);
    expect(earned(sent(1), click(1 + 5 * second))).toBe(1);
    expect(earned(sent(1), click(1 + 4 * second, { emailId: 'summer' }))).toBe(1);
    expect(earned(click(1))).toBe(1);
  });

  test('by a program that says what it is', () => {
    expect(earned(click(1, { userAgent: 'Mozilla/5.0 (compatible; Barracuda Sentinel)' }))).toBe(0);
    expect(earned(click(1, { userAgent: 'Mozilla/5.0 (Macintosh) Safari/605' }))).toBe(1);
  });

  test('of every link at once, from the last of so many on', () => {
    const links = ['/a', '/b', '/c', '/d'].map((url, index) => click(1 + index * second, { url }));
    expect(earned(...links)).toBe(2);
    expect(earned(...['/a', '/a', '/a', '/a'].map((url, index) => click(1 + index * second, { url })))).toBe(4);
    expect(earned(...['/a', '/b', '/c'].map((url, index) => click(1 + index * 11 * second, { url })))).toBe(3);
  });

  test('are kept with a note, are no activity and start nothing', () => {
    const play = new Play(program).then(click(0), sent(8), click(8 + second)).until(11);
    expect(play.trails).toHaveLength(1);
    expect(play.outcome.notes).toEqual(['looks like a scanner: 1 seconds after it was sent']);
    // Silence since the first click: the decay is not put off.
    expect(play.ledger.at(-1)).toMatch(/^decay/);
    expect(play.driver.subject.lastActivityAt).toBe(day(0));
  });
});

test.each([
  ['curl/8.5', true],
  ['Mozilla/5.0 (compatible; Googlebot/2.1)', true],
  ['Mozilla/5.0 (Windows NT 10.0) Chrome/120', false],
  ['', false],
])('"%s" is a scanner: %s', (agent, is) => {
  expect(isScannerAgent(agent)).toBe(is);
});
