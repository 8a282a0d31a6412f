import { describe, expect, test } from 'vitest';
import type { ScoreModel } from '../../model/score-model.ts';
import { automation, model, Play, programOf, rule } from '../generators/play.ts';

const opened = (on: number, occurred?: number) => ({
  on,
  type: 'opened',
  ...(occurred === undefined ? {} : { occurred }),
});
const by = (points: number) => ({ kind: 'points' as const, points });
const percent = (value: number) => ({ kind: 'percent' as const, percent: value });
const silent = (
  decay: Partial<NonNullable<ScoreModel['decay']>> & { by: NonNullable<ScoreModel['decay']>['by'] },
  more = {},
) =>
  programOf(
    model([rule('open', 'opened', 10), rule('sent', 'email_sent', 1), rule('bad', 'complained', -30)], {
      decay: { floor: 0, afterDays: 60, ...decay },
      ...more,
    }),
  );
const decays = (play: Play) => play.ledger.filter((line) => line.startsWith('decay'));

describe('decay by inactivity', () => {
  test('sixty days of silence by default, each step at the moment it fell due', () => {
    const play = new Play(programOf(model([rule('open', 'opened', 10)], { decay: { by: by(4), everyDays: 30 } })))
      .then(opened(1))
      .until(500);
    expect(decays(play)).toEqual(['decay -4 @61 decay', 'decay -4 @91 decay', 'decay -2 @121 decay']);
    expect(play.dueOn).toBeNull();
  });

  test('one step per silence without a repetition', () => {
    const play = new Play(silent({ by: by(4) })).then(opened(0)).until(200).then(opened(200)).until(400);
    expect(decays(play)).toEqual(['decay -4 @60 decay', 'decay -4 @260 decay']);
  });

  test('activity puts it off, and what is no activity does not', () => {
    const play = new Play(silent({ by: by(4) })).then(opened(0), opened(50), { on: 55, type: 'email_sent' }).until(112);
    expect(decays(play)).toEqual(['decay -4 @110 decay']);
  });

  test('activity at the very moment comes after the step', () => {
    const play = new Play(silent({ by: by(4) })).then(opened(0), opened(60)).until(61);
    expect(play.ledger).toEqual(['points +10 @0 rule:open', 'decay -4 @60 decay', 'points +10 @60 rule:open']);
    expect(play.score(60)).toBe(16);
  });

  test('percent of the behaviour part', () => {
    const play = new Play(silent({ by: percent(25), everyDays: 10 })).then(opened(0), opened(0)).until(75);
    expect(decays(play)).toEqual(['decay -5 @60 decay', 'decay -3.75 @70 decay']);
  });

  test('stops at its floor', () => {
    const play = new Play(silent({ by: by(4), everyDays: 10, floor: 5 })).then(opened(0)).until(300);
    expect(decays(play)).toEqual(['decay -4 @60 decay', 'decay -1 @70 decay']);
    expect(play.score(300)).toBe(5);
  });

  test('a step that would leave less than a hundredth of a point goes to the floor', () => {
    const play = new Play(silent({ by: by(9.995), everyDays: 10 })).then(opened(0)).until(300);
    expect(decays(play)).toEqual(['decay -10 @60 decay']);
    expect(play.score(300)).toBe(0);
  });

  test('a step that leaves a hundredth leaves it', () => {
    const play = new Play(silent({ by: by(9.99), everyDays: 10 })).then(opened(0)).until(65);
    expect(decays(play)).toEqual(['decay -9.99 @60 decay']);
  });

  test('a part less than a hundredth above the floor takes no step', () => {
    const play = new Play(silent({ by: by(1), floor: 9.995 })).then(opened(0)).until(300);
    expect(decays(play)).toEqual([]);
  });

  test('a part a hundredth above the floor takes one', () => {
    const play = new Play(silent({ by: by(1), floor: 9.99 })).then(opened(0)).until(300);
    expect(decays(play)).toEqual(['decay -0.01 @60 decay']);
  });

  test('a part below nothing takes no step', () => {
    const play = new Play(silent({ by: by(1), everyDays: 5 }))
      .then(opened(0), { on: 0, type: 'complained' })
      .until(300);
    expect(decays(play)).toEqual([]);
    expect(play.score(300)).toBe(-20);
  });

  test('decay shrinks what was earned, never what comes after', () => {
    const play = new Play(silent({ by: percent(50), everyDays: 40 }))
      .then(opened(0))
      .until(60)
      .then(opened(60), opened(61));
    expect(play.score(61)).toBe(25);
  });

  test('a step cuts every group to its cap first, and says so in its factors', () => {
    const groups = [
      { id: 'engagement', name: 'E', kind: 'behaviour' as const, cap: 8 },
      { id: 'web', name: 'W', kind: 'behaviour' as const },
      { id: 'fit', name: 'F', kind: 'profile' as const },
    ];
    const program = programOf(
      model([rule('open', 'opened', 20), rule('view', 'viewed', 2, { group: 'web' })], {
        groups,
        decay: { by: by(5), afterDays: 60 },
      }),
    );
    const play = new Play(program).then(opened(0), { on: 0, type: 'viewed' }).until(60);
    expect(play.score(60)).toBe(5);
    const step = play.outcome.entries.at(-1);
    expect([step?.points, step?.factors]).toEqual([-5_000_000, { engagement: 0.2, web: 0.5, automations: 0.5 }]);
    // What the cap had cut off is gone for good: 20 * 0.2 and not 20 - something.
    play.then(opened(61));
    expect(play.score(61)).toBe(9);
  });

  test('a decayed entry takes with it what was left when it expires', () => {
    const play = new Play(silent({ by: by(4) }, { windowDays: 80 })).then(opened(0), opened(30)).until(115);
    expect(play.ledger.slice(2)).toEqual([
      'expiry -10 @80 rule:open',
      'decay -4 @90 decay',
      'expiry -6 @110 rule:open',
    ]);
  });

  test('at one instant entries expire before the step', () => {
    const play = new Play(silent({ by: percent(50) }, { windowDays: 60 }))
      .then(opened(0), { on: 10, type: 'email_sent' })
      .until(60);
    expect(play.ledger.slice(2)).toEqual(['expiry -10 @60 rule:open', 'decay -0.5 @60 decay']);
  });

  test('a late event is shrunk by the steps since it happened, and by no others', () => {
    const play = new Play(silent({ by: percent(50), everyDays: 10 })).then(opened(0)).until(75);
    play.then({ on: 75, type: 'opened', occurred: 65 });
    // Steps on day 60 and 70 halved the first twice; the late one met only that of day 70.
    expect(play.score(75)).toBe(2.5 + 5);
    play.then({ on: 75, type: 'opened', occurred: 60 }, { on: 75, type: 'opened', occurred: 59 });
    expect(play.score(75)).toBe(2.5 + 5 + 5 + 2.5);
  });

  test('a late event is shrunk in a group that was empty at the step', () => {
    const groups = [
      { id: 'engagement', name: 'E', kind: 'behaviour' as const },
      { id: 'web', name: 'W', kind: 'behaviour' as const },
      { id: 'fit', name: 'F', kind: 'profile' as const },
    ];
    const program = programOf(
      model([rule('open', 'opened', 20), rule('view', 'viewed', 8, { group: 'web' })], {
        groups,
        decay: { by: percent(50), afterDays: 60 },
      }),
    );
    const play = new Play(program).then(opened(0)).until(70).then({ on: 70, type: 'viewed', occurred: 50 });
    expect(play.score(70)).toBe(14);
  });

  test('a step that took all leaves late points of before it worthless', () => {
    const play = new Play(silent({ by: by(100) })).then(opened(0)).until(70).then(opened(70, 50));
    expect(play.score(70)).toBe(0);
    play.then(opened(71, 65));
    expect(play.score(71)).toBe(10);
  });

  test('a late activity moves the next step but undoes none', () => {
    const play = new Play(silent({ by: by(2), everyDays: 30 }))
      .then(opened(0))
      .until(95)
      .then({ on: 95, type: 'opened', occurred: 50 });
    expect(decays(play)).toEqual(['decay -2 @60 decay', 'decay -2 @90 decay']);
    expect(play.dueOn).toBe(110);
  });

  test('any number of steps can shrink a group, and points of after them keep their worth', () => {
    const shrink = automation(
      'shrink',
      [{ type: 'event', event: 'opened' }],
      [{ id: 'take', type: 'decay_percent', settings: { model: 'main', percent: 99 } }],
    );
    const play = new Play(programOf(model([rule('open', 'opened', 10)], { windowDays: 1_000 }), shrink));
    play.then(...Array.from({ length: 400 }, (_, index) => opened(index))).until(1_398);
    // Each opening adds 10 and leaves a hundredth of all: 0.1 and a bit.
    expect(play.outcome.entries.every((entry) => Number.isSafeInteger(entry.points))).toBe(true);
    expect(play.score(1_398)).toBe(0.1);
    expect(play.until(1_400).score(1_400)).toBe(0);
  });

  test('a late event never lowers the last activity', () => {
    const play = new Play(silent({ by: by(2) })).then(opened(50), opened(55, 10));
    expect(play.dueOn).toBe(110);
  });
});
