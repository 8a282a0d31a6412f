import { describe, expect, test } from 'vitest';
import { model, Play, programOf, rule } from '../generators/play.ts';

const open = rule('open', 'opened', 10);
const groups = (cap: number) => [
  { id: 'engagement', name: 'Engagement', kind: 'behaviour' as const, cap },
  { id: 'fit', name: 'Fit', kind: 'profile' as const, cap: 15 },
];
const country = (id: string, value: string, points: number) => ({
  kind: 'profile' as const,
  id,
  name: id,
  group: 'fit',
  points,
  when: { kind: 'field' as const, field: 'country', is: { op: 'equals' as const, value } },
});

describe('what a score is worth', () => {
  test('nothing happened: nothing', () => {
    expect(new Play(programOf(model([open]))).score(5)).toBe(0);
  });

  test("half-life runs from each entry's own moment", () => {
    const play = new Play(programOf(model([open], { halfLifeDays: 10 }))).then(
      { on: 0, type: 'opened' },
      { on: 10, type: 'opened' },
    );
    expect([10, 20, 30].map((on) => play.score(on))).toEqual([15, 7.5, 3.75]);
  });

  test('a rule that does not decay keeps its points beside others that fade', () => {
    const play = new Play(
      programOf(model([open, rule('keep', 'opened', 4, { decays: false })], { halfLifeDays: 10 })),
    ).then({ on: 0, type: 'opened' });
    expect(play.score(20)).toBe(6.5);
  });

  test('negative points count against the others and fade like them', () => {
    const play = new Play(programOf(model([open, rule('careers', 'visited', -4)], { halfLifeDays: 10 })));
    play.then({ on: 0, type: 'opened' }, { on: 0, type: 'visited' });
    expect([play.score(0), play.score(10)]).toEqual([6, 3]);
  });

  test('a group counts no more than its cap, and shows again what the cap hid as points fade', () => {
    const play = new Play(programOf(model([open], { halfLifeDays: 10, groups: groups(12) })));
    play.then({ on: 0, type: 'opened' }, { on: 0, type: 'opened' }, { on: 0, type: 'opened' });
    expect([0, 10, 20].map((on) => play.score(on))).toEqual([12, 12, 7.5]);
  });

  test('a cap holds for its own group only, profile groups too', () => {
    const play = new Play(programOf(model([open, country('us', 'US', 40)], { groups: groups(5) })));
    play.then({ on: 0, type: 'opened', fields: { country: 'US' } });
    expect(play.score(0)).toBe(20);
  });

  test('a score is clamped when it is read, never when it is written', () => {
    const play = new Play(programOf(model([open, rule('bad', 'complained', -250)], { clamp: { min: 0, max: 15 } })));
    play.then({ on: 0, type: 'opened' }, { on: 0, type: 'opened' });
    expect(play.score(0)).toBe(15);
    play.then({ on: 1, type: 'complained' });
    expect(play.score(1)).toBe(0);
    play.then(...Array.from({ length: 24 }, () => ({ on: 2, type: 'opened' })));
    expect(play.score(2)).toBe(10);
  });

  test('profile points are held while the condition is true, then reversed', () => {
    const play = new Play(programOf(model([country('us', 'US', 8), country('de', 'DE', 3)])));
    play.then(
      { on: 1, type: 'identify', fields: { country: 'US' } },
      { on: 2, type: 'identify', fields: { country: 'us ' } },
      { on: 3, type: 'identify', fields: { country: 'DE' } },
      { on: 4, type: 'identify', fields: { country: null } },
    );
    expect(play.ledger).toEqual([
      'profile +8 @1 rule:us',
      'profile +3 @3 rule:de',
      'reversal -8 @3 rule:us',
      'reversal -3 @4 rule:de',
    ]);
  });

  test('profile points neither fade nor expire nor shrink', () => {
    const program = programOf(
      model([country('us', 'US', 8), open], {
        halfLifeDays: 1,
        windowDays: 5,
        decay: { afterDays: 2, by: { kind: 'percent', percent: 50 } },
        reset: { afterDays: 4 },
      }),
    );
    const play = new Play(program).then({ on: 0, type: 'opened', fields: { country: 'US' } }).until(50);
    expect(play.score(50)).toBe(8);
  });

  test('points of behaviour expire after the window, taking exactly what was left of them', () => {
    const program = programOf(
      model([open], {
        windowDays: 20,
        halfLifeDays: 10,
        decay: { afterDays: 5, by: { kind: 'percent', percent: 40 } },
      }),
    );
    const play = new Play(program).then({ on: 0, type: 'opened' }).until(30);
    // 10 * 0.5^(5/10) * 0.4 taken on day 5; 10 * 0.5^2 * 0.6 left on day 20.
    expect(play.ledger).toEqual(['points +10 @0 rule:open', 'decay -2.828427 @5 decay', 'expiry -1.5 @20 rule:open']);
    expect(play.score(20)).toBe(0);
  });

  test('an expiry falls in the first millisecond at which the window is over', () => {
    const play = new Play(programOf(model([open], { windowDays: 20 }))).then({ on: 0, type: 'opened' });
    expect(play.dueOn).toBe(20);
    expect([play.score(20 - 1 / 86_400_000), play.until(20).score(20)]).toEqual([10, 0]);
  });

  test('a group without live entries is exactly zero, whatever digits its points had', () => {
    const program = programOf(model([rule('third', 'opened', 1 / 3)], { windowDays: 20, halfLifeDays: 7 }));
    const play = new Play(program).then(...[0, 1.1, 2.7, 3.3].map((on) => ({ on, type: 'opened' }))).until(30);
    expect(play.driver.subject.models['main']?.groups['engagement']).toMatchObject({ lasting: 0, fading: 0, live: 0 });
  });

  test('points are whole micropoints', () => {
    const play = new Play(programOf(model([rule('third', 'opened', 1 / 3)]))).then(
      ...[1, 2, 3].map((on) => ({ on, type: 'opened' })),
    );
    expect(play.outcome.entries.map((entry) => entry.points)).toEqual([333_333, 333_333, 333_333]);
    expect(play.score(3)).toBe(0.999999);
  });

  test('leaving the audience ends what is earned; entries keep ageing', () => {
    const audience = { kind: 'field' as const, field: 'country', is: { op: 'equals' as const, value: 'US' } };
    const play = new Play(programOf(model([open], { audience, windowDays: 10 })));
    play
      .then({ on: 0, type: 'opened', fields: { country: 'US' } }, { on: 1, type: 'opened', fields: { country: 'DE' } })
      .until(20);
    expect(play.ledger).toEqual(['points +10 @0 rule:open', 'expiry -10 @10 rule:open']);
  });
});
