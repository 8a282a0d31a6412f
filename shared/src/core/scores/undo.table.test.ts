import { describe, expect, test } from 'vitest';
import type { Counting } from '../../model/counting.ts';
import { model, Play, programOf, rule, type Happening } from '../generators/play.ts';

const undo = (on: number, properties: Happening['properties']): Happening => ({ on, type: 'ripen.void', properties });
const adjust = (on: number, properties: Happening['properties']): Happening => ({
  on,
  type: 'ripen.adjust',
  properties: { model: 'main', by: 'Ada', reason: 'met at a fair', ...properties },
});

describe('undoing points', () => {
  test('takes back what is left of the entries chosen, each by one that says which', () => {
    const play = new Play(programOf(model([rule('open', 'opened', 5), rule('click', 'clicked', 8)])));
    play.then({ on: 1, type: 'opened' }, { on: 2, type: 'clicked' }, { on: 3, type: 'opened' });
    play.then(undo(4, { causes: ['rule:open'] }));
    expect(play.ledger.slice(3)).toEqual(['void -5 @4 rule:open', 'void -5 @4 rule:open']);
    expect(play.outcome.entries.slice(3).map(({ of }) => of)).toEqual(
      [play.outcome.entries[0], play.outcome.entries[2]].map((entry) => entry?.id),
    );
    expect(play.score(4)).toBe(8);
  });

  test('leaves alone what was undone before, expired, or earned outside the stretch of time', () => {
    const play = new Play(programOf(model([rule('open', 'opened', 5)], { windowDays: 10 })));
    play.then({ on: 1, type: 'opened' }, { on: 8, type: 'opened' }, { on: 9, type: 'opened' }).until(12);
    play.then(undo(12, { from: play.event({ on: 9, type: '' }).arrivedAt }), undo(12, {}), undo(12, {})).until(40);
    expect(play.ledger.slice(3)).toEqual(['expiry -5 @11 rule:open', 'void -5 @12 rule:open', 'void -5 @12 rule:open']);
    expect(play.score(40)).toBe(0);
    expect(play.driver.subject.expiring).toBe(0);
  });

  test('takes no more than half-life and decay steps left', () => {
    const decay = { afterDays: 10, by: { kind: 'percent' as const, percent: 50 } };
    const play = new Play(programOf(model([rule('open', 'opened', 16)], { halfLifeDays: 10, decay })));
    play.then({ on: 0, type: 'opened', id: 'a' }).until(20);
    play.then({ on: 20, type: 'opened', id: 'b' }, undo(20, { messages: ['a'] }));
    expect(play.ledger.at(-1)).toBe('void -2 @20 rule:open');
    expect(play.score(20)).toBe(16);
  });

  test.each<Counting>([
    { kind: 'once' },
    { kind: 'once_per', property: 'asset' },
    { kind: 'at_most', times: 1, perDays: 30 },
  ])('frees $kind', (counts) => {
    const play = new Play(programOf(model([rule('open', 'opened', 5, { counts })])));
    const opened = (on: number, id: string): Happening => ({ on, type: 'opened', properties: { asset: 'a' }, id });
    play.then(opened(1, 'bot'), opened(2, 'early'), undo(3, { messages: ['bot'] }), opened(4, 'x'), opened(5, 'y'));
    expect(play.ledger).toEqual(['points +5 @1 rule:open', 'void -5 @3 rule:open', 'points +5 @4 rule:open']);
  });

  test('the stage is looked at again, and the period begins with what stands', () => {
    const lifecycle = {
      kind: 'lifecycle' as const,
      model: 'main',
      stages: [{ id: 'mql', name: 'MQL', threshold: 10 }],
    };
    const play = new Play(programOf(model([rule('open', 'opened', 6)], { reset: { afterDays: 20 } }), lifecycle));
    play.then({ on: 1, type: 'opened', id: 'a' }, { on: 5, type: 'opened' }, undo(6, { messages: ['a'] }));
    expect(play.moves).toEqual(['- > mql @5 past mql', 'mql > - @6 past mql']);
    expect(play.until(60).ledger.at(-1)).toBe('reset -6 @25 reset');
  });
});

describe('adjusting by hand', () => {
  test('adds points, or sets the score, in the name of who did it', () => {
    const play = new Play(programOf(model([rule('open', 'opened', 5)])));
    play.then({ on: 1, type: 'opened' }, adjust(2, { points: 12.5 }), adjust(3, { setTo: 40 }));
    expect(play.ledger.slice(1)).toEqual(['adjustment +12.5 @2 person:Ada', 'adjustment +22.5 @3 person:Ada']);
    expect(play.score(3)).toBe(40);
  });

  test('can be undone like anything else', () => {
    const play = new Play(programOf(model([rule('open', 'opened', 5)])));
    play.then({ on: 1, type: 'opened' }, adjust(2, { points: 12 }), undo(3, { causes: ['person:Ada'] }));
    expect(play.score(3)).toBe(5);
  });

  test('of a model that is not there is noted, and nothing happens', () => {
    const play = new Play(programOf(model([rule('open', 'opened', 5)]))).then(adjust(1, { model: 'old', points: 3 }));
    expect(play.ledger).toEqual([]);
    expect(play.outcome.notes.join(' ')).toContain('"old"');
  });
});
