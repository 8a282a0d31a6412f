import { describe, expect, test } from 'vitest';
import type { Counting } from '../../model/counting.ts';
import { model, Play, programOf, rule, type Happening } from '../generators/play.ts';

const opened = (on: number, asset?: string, occurred?: number): Happening => ({
  on,
  type: 'opened',
  properties: asset === undefined ? {} : { asset },
  ...(occurred === undefined ? {} : { occurred }),
});

interface Case {
  what: string;
  counts: Counting;
  happenings: Happening[];
  /** Days on which points were earned. */
  earned: string[];
}

const cases: Case[] = [
  { what: 'once', counts: { kind: 'once' }, happenings: [opened(1), opened(2), opened(99)], earned: ['@1'] },
  {
    what: 'every time, at one instant too',
    counts: { kind: 'every_time' },
    happenings: [opened(1), opened(1), opened(2)],
    earned: ['@1', '@1', '@2'],
  },
  {
    what: 'once per property',
    counts: { kind: 'once_per', property: 'asset' },
    happenings: [opened(1, 'a'), opened(2, 'b'), opened(3, 'a'), opened(4, 'b'), opened(5, 'c')],
    earned: ['@1', '@2', '@5'],
  },
  {
    what: 'once per property does not count what lacks it',
    counts: { kind: 'once_per', property: 'asset' },
    happenings: [opened(1), opened(2), opened(3, 'a')],
    earned: ['@3'],
  },
  {
    what: 'at most two in three days, sliding',
    counts: { kind: 'at_most', times: 2, perDays: 3 },
    happenings: [opened(1), opened(2), opened(3), opened(3.9), opened(4), opened(4.5), opened(5)],
    earned: ['@1', '@2', '@4', '@5'],
  },
  {
    what: 'what was counted exactly a period ago does not stand in the way',
    counts: { kind: 'at_most', times: 1, perDays: 3 },
    happenings: [opened(1), opened(4), opened(7 - 1e-8)],
    earned: ['@1', '@4'],
  },
  {
    what: 'what did not count does not fill the window',
    counts: { kind: 'at_most', times: 1, perDays: 3 },
    happenings: [opened(1), opened(3), opened(4), opened(6), opened(7)],
    earned: ['@1', '@4', '@7'],
  },
  {
    what: 'a late event asks about the days before itself',
    counts: { kind: 'at_most', times: 1, perDays: 3 },
    happenings: [opened(10), opened(11, undefined, 9), opened(12, undefined, 9.5), opened(13, undefined, 5)],
    earned: ['@10', '@11 of 9', '@13 of 5'],
  },
  {
    what: 'a late event that counted stands in the way of those just after it',
    counts: { kind: 'at_most', times: 1, perDays: 3 },
    happenings: [opened(10, undefined, 5), opened(10, undefined, 7), opened(10, undefined, 8)],
    earned: ['@10 of 5', '@10 of 8'],
  },
];

describe('how often a rule counts', () => {
  test.each(cases)('$what', ({ counts, happenings, earned }) => {
    const play = new Play(programOf(model([rule('open', 'opened', 1, { counts })]))).then(...happenings);
    expect(play.ledger).toEqual(earned.map((when) => `points +1 ${when} rule:open`));
  });

  test('the trail says when a property was missing', () => {
    const play = new Play(
      programOf(model([rule('open', 'opened', 1, { counts: { kind: 'once_per', property: 'asset' } })])),
    ).then(opened(1));
    expect(play.outcome.notes.join(' ')).toContain('asset');
  });

  test('rules count apart from each other', () => {
    const counts: Counting = { kind: 'once' };
    const play = new Play(
      programOf(model([rule('b', 'opened', 2, { counts }), rule('a', 'opened', 1, { counts })])),
    ).then(opened(1), opened(2));
    expect(play.ledger).toEqual(['points +1 @1 rule:a', 'points +2 @1 rule:b']);
  });

  test.each<Counting>([{ kind: 'once' }, { kind: 'once_per', property: 'asset' }])(
    'expiry does not free $kind',
    (counts) => {
      const play = new Play(programOf(model([rule('open', 'opened', 5, { counts })], { windowDays: 10 })));
      play.then(opened(1, 'a')).until(12).then(opened(12, 'a')).until(40);
      expect(play.ledger).toEqual(['points +5 @1 rule:open', 'expiry -5 @11 rule:open']);
    },
  );

  test.each<Counting>([
    { kind: 'once' },
    { kind: 'once_per', property: 'asset' },
    { kind: 'at_most', times: 1, perDays: 100 },
  ])('a reset frees $kind', (counts) => {
    const play = new Play(programOf(model([rule('open', 'opened', 5, { counts })], { reset: { afterDays: 10 } })));
    play.then(opened(1, 'a'), opened(5, 'a')).until(11).then(opened(11, 'a'), opened(12, 'a'));
    expect(play.ledger).toEqual(['points +5 @1 rule:open', 'reset -5 @11 reset', 'points +5 @11 rule:open']);
  });

  test('a specific rule looks at the properties', () => {
    const where = { kind: 'property' as const, property: 'seconds', is: { op: 'at_least' as const, value: 60 } };
    const play = new Play(programOf(model([rule('read', 'page_viewed', 3, { where })])));
    play.then(
      { on: 1, type: 'page_viewed', properties: { seconds: 59 } },
      { on: 2, type: 'page_viewed', properties: { seconds: 60 } },
    );
    expect(play.ledger).toEqual(['points +3 @2 rule:read']);
  });

  test('outside the audience nothing is earned and nothing is used up', () => {
    const audience = { kind: 'field' as const, field: 'country', is: { op: 'equals' as const, value: 'US' } };
    const play = new Play(programOf(model([rule('open', 'opened', 5, { counts: { kind: 'once' } })], { audience })));
    play.then(opened(1), { on: 2, type: 'identify', fields: { country: 'US' } }, opened(3), opened(4));
    expect(play.ledger).toEqual(['points +5 @3 rule:open']);
  });
});
