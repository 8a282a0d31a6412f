import { describe, expect, test } from 'vitest';
import { model, Play, programOf, rule } from '../generators/play.ts';

const opened = (on: number, occurred?: number) => ({
  on,
  type: 'opened',
  ...(occurred === undefined ? {} : { occurred }),
});
const program = (from: 'first_point' | 'last_activity', more = {}) =>
  programOf(
    model(
      [
        rule('open', 'opened', 10),
        rule('sent', 'email_sent', 1),
        {
          kind: 'profile',
          id: 'us',
          name: 'US',
          group: 'fit',
          points: 7,
          when: { kind: 'field', field: 'country', is: { op: 'equals', value: 'US' } },
        },
      ],
      { reset: { afterDays: 60, from }, ...more },
    ),
  );

describe('reset', () => {
  test('a term after the first point of each period', () => {
    const play = new Play(program('first_point'))
      .then(opened(0), opened(50))
      .until(60)
      .then(opened(70), opened(100))
      .until(200);
    expect(play.ledger).toEqual([
      'points +10 @0 rule:open',
      'points +10 @50 rule:open',
      'reset -20 @60 reset',
      'points +10 @70 rule:open',
      'points +10 @100 rule:open',
      'reset -20 @130 reset',
    ]);
    expect(play.dueOn).toBeNull();
  });

  test('a term after the last activity', () => {
    const play = new Play(program('last_activity'))
      .then(opened(0), opened(50), { on: 55, type: 'email_sent' })
      .until(300);
    expect(play.ledger.slice(3)).toEqual(['reset -21 @110 reset']);
    expect(play.dueOn).toBeNull();
  });

  test('profile points stay', () => {
    const play = new Play(program('first_point')).then({ on: 0, type: 'opened', fields: { country: 'US' } }).until(61);
    expect(play.score(61)).toBe(7);
  });

  test('it takes what is left, capped, after decay', () => {
    const play = new Play(program('first_point', { halfLifeDays: 30 })).then(opened(0)).until(60);
    expect(play.ledger.at(-1)).toBe('reset -2.5 @60 reset');
  });

  test('points of the moment come after it', () => {
    const play = new Play(program('first_point')).then(opened(0), opened(60));
    expect(play.score(60)).toBe(10);
  });

  test('a late event older than the reset is worth nothing; one not older counts', () => {
    const play = new Play(program('first_point')).then(opened(0)).until(65).then(opened(65, 59.5));
    expect(play.score(65)).toBe(0);
    play.then(opened(65, 60));
    expect(play.score(65)).toBe(10);
  });

  test('entries of before neither expire nor shrink any more', () => {
    const play = new Play(
      program('first_point', { windowDays: 80, decay: { afterDays: 70, by: { kind: 'points', points: 1 } } }),
    );
    play.then(opened(0)).until(300);
    expect(play.ledger).toEqual(['points +10 @0 rule:open', 'reset -10 @60 reset']);
  });

  test('at one instant the decay step comes before the reset', () => {
    const play = new Play(program('first_point', { decay: { afterDays: 60, by: { kind: 'points', points: 4 } } }))
      .then(opened(0))
      .until(60);
    expect(play.ledger.slice(1)).toEqual(['decay -4 @60 decay', 'reset -6 @60 reset']);
  });

  test('a contact without points is not reset', () => {
    expect(new Play(program('last_activity')).then({ on: 0, type: 'something_else' }).dueOn).toBeNull();
  });
});
