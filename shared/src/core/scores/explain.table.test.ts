import { describe, expect, test } from 'vitest';
import { explain } from './explain.ts';
import { automation, day, model, Play, programOf, rule } from '../generators/play.ts';

const groups = [
  { id: 'engagement', name: 'Engagement', kind: 'behaviour' as const, cap: 80 },
  { id: 'fit', name: 'Fit', kind: 'profile' as const, cap: 10 },
];
const us = {
  kind: 'profile' as const,
  id: 'us',
  name: 'In the US',
  group: 'fit',
  points: 12,
  when: { kind: 'field' as const, field: 'country', is: { op: 'equals' as const, value: 'US' } },
};
const program = programOf(
  model(
    [rule('demo', 'demo_requested', 50, { name: 'Demo request' }), rule('page', 'viewed', 15, { name: 'Pages' }), us],
    {
      groups,
      clamp: { min: 0, max: 100 },
      decay: { afterDays: 60, by: { kind: 'points', points: 8 } },
    },
  ),
  automation(
    'gift',
    [{ type: 'event', event: 'given' }],
    [{ id: 'add', type: 'add_points', settings: { model: 'main', points: 3 } }],
  ),
  automation(
    'fix',
    [{ type: 'event', event: 'fixed' }],
    [{ id: 'set', type: 'set_score', settings: { model: 'main', score: 20 } }],
  ),
);
const lines = (play: Play, on: number): string[] =>
  explain(program, play.driver.subject, 'main', day(on)).lines.map(
    ({ kind, label, points }) => `${kind} ${points > 0 ? '+' : ''}${String(points)} ${label}`,
  );
const busy = () =>
  new Play(program).then(
    { on: 0, type: 'demo_requested' },
    { on: 0, type: 'viewed' },
    { on: 0, type: 'viewed' },
    { on: 0, type: 'viewed' },
  );

describe('why a score is what it is', () => {
  test('nothing happened', () => {
    expect(lines(new Play(program), 0)).toEqual([]);
  });

  test('points by cause, what is over the cap, and what decay took', () => {
    expect(lines(busy(), 0)).toEqual(['rule +50 Demo request', 'rule +45 Pages', 'cap -15 Over the cap of Engagement']);
    expect(lines(busy().until(60), 60)).toEqual([
      'rule +50 Demo request',
      'rule +45 Pages',
      'decay -23 Decay of Engagement',
    ]);
  });

  test('profile points under their cap, points and corrections of automations', () => {
    const play = busy().then({ on: 1, type: 'given', fields: { country: 'US' } });
    expect(lines(play, 1)).toEqual([
      'rule +12 In the US',
      'cap -2 Over the cap of Fit',
      'automation +3 gift/add',
      'rule +50 Demo request',
      'rule +45 Pages',
      'cap -15 Over the cap of Engagement',
    ]);
    expect(lines(play.then({ on: 2, type: 'fixed' }), 2).at(-1)).toBe('adjustment -73 Set by hand or by an automation');
  });

  test('the clamp, on either side', () => {
    const play = busy().then(...Array.from({ length: 5 }, () => ({ on: 1, type: 'given' })), {
      on: 1,
      type: 'seen',
      fields: { country: 'US' },
    });
    expect(lines(play, 1).at(-1)).toBe('clamp -5 Scores end at 100');
    expect(explain(program, play.driver.subject, 'main', day(1)).score).toBe(100);
  });

  test('outside the audience a score is explained, but not shown', () => {
    const audience = { kind: 'label' as const, label: 'never' };
    const closed = programOf(model([rule('open', 'opened', 5)], { audience }));
    const play = new Play(closed).then({ on: 0, type: 'opened' });
    expect(explain(closed, play.driver.subject, 'main', day(0))).toMatchObject({ score: 0, shown: false, lines: [] });
  });

  test('a model that is not there is an error', () => {
    expect(() => explain(program, busy().driver.subject, 'gone', day(0))).toThrow('There is no score model "gone".');
  });
});
