import { describe, expect, test } from 'vitest';
import { model, Play, programOf, rule } from './generators/play.ts';

const minute = 1 / 1440;
const program = (more = {}) => programOf(model([rule('open', 'opened', 10)], more));
const country = (on: number, value: string | null, occurred?: number) => ({
  on,
  type: 'identify',
  fields: { country: value },
  ...(occurred === undefined ? {} : { occurred }),
});

describe('events that come late or early', () => {
  test('a late event counts now, dated by its own day for fading', () => {
    const play = new Play(program({ halfLifeDays: 10 })).then(
      { on: 20, type: 'opened' },
      { on: 20, type: 'opened', occurred: 10 },
    );
    expect(play.ledger).toEqual(['points +10 @20 rule:open', 'points +10 @20 of 10 rule:open']);
    expect(play.score(20)).toBe(15);
  });

  test('and for expiry', () => {
    const play = new Play(program({ windowDays: 30 })).then({ on: 20, type: 'opened', occurred: 0 }).until(50);
    expect(play.ledger).toEqual(['points +10 @20 of 0 rule:open', 'expiry -10 @30 rule:open']);
  });

  test('one older than the window is worth nothing', () => {
    const play = new Play(program({ windowDays: 30 })).then({ on: 40, type: 'opened', occurred: 10 });
    expect(play.score(40)).toBe(0);
    play.until(60);
    expect(play.outcome.entries.reduce((sum, entry) => sum + entry.points, 0)).toBe(0);
    expect(play.score(60)).toBe(0);
  });

  test('for fields the newest date wins, whatever the order of arrival', () => {
    const play = new Play(program()).then(
      country(10, 'US'),
      country(11, 'DE', 5),
      country(12, 'FR', 10.5),
      country(13, 'IT', 10.4),
    );
    expect(play.driver.subject.fields).toEqual({ country: 'FR' });
  });

  test('of two dates alike the later arrival wins', () => {
    const play = new Play(program()).then(country(10, 'US'), country(11, 'DE', 10));
    expect(play.driver.subject.fields).toEqual({ country: 'DE' });
  });

  test('a field that was emptied stays empty for what is older', () => {
    const play = new Play(program()).then(country(10, 'US'), country(12, null), country(13, 'DE', 11));
    expect(play.driver.subject.fields['country'] ?? null).toBeNull();
  });

  test('a date more than five minutes ahead is taken as received now', () => {
    const play = new Play(program()).then(
      { on: 1, type: 'opened', occurred: 1 + 6 * minute },
      { on: 2, type: 'opened', occurred: 900 },
    );
    expect(play.ledger).toEqual(['points +10 @1 rule:open', 'points +10 @2 rule:open']);
  });

  test('future dates do not make a contact active for longer', () => {
    const play = new Play(program({ decay: { afterDays: 60, by: { kind: 'points', points: 1 } } })).then({
      on: 1,
      type: 'opened',
      occurred: 900,
    });
    expect(play.dueOn).toBe(61);
  });

  test('no event moves the clock back, and what falls due is applied in order', () => {
    const play = new Play(program({ windowDays: 5 })).then(
      { on: 1, type: 'opened' },
      { on: 10, type: 'opened', occurred: 8 },
    );
    expect(play.ledger).toEqual([
      'points +10 @1 rule:open',
      'expiry -10 @6 rule:open',
      'points +10 @10 of 8 rule:open',
    ]);
    expect(play.driver.subject.clock).toBe(play.event({ on: 10, type: 'x' }).arrivedAt);
  });
});
