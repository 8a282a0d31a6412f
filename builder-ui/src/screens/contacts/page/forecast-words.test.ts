import { describe, expect, test } from 'vitest';
import { dayInWords, forecastInWords, nextInWords } from './forecast-words.ts';

const at = '2026-02-01T12:00:00.000Z';
const until = '2026-08-01T12:00:00.000Z';
const stages = ['lead', 'mql', 'sql'];
const order = (stage: string | null): number => (stage === null ? -1 : stages.indexOf(stage));
const forecast = { at, until, score: 40, moves: [], points: [{ at, score: 40 }], cut: false, next: null };
const move = (from: string | null, to: string | null) => ({
  at: '2026-03-14T12:00:00.000Z',
  from,
  fromName: from?.toUpperCase() ?? null,
  to,
  toName: to?.toUpperCase() ?? null,
});

describe('what happens if nothing happens', () => {
  test.each([
    ['mql', 'lead', 'Falls below MQL on 14 March if nothing happens.'],
    ['lead', null, 'Falls below LEAD on 14 March if nothing happens.'],
    ['lead', 'mql', 'Moves to MQL on 14 March if nothing happens.'],
  ])('from %s to %s', (from, to, sentence) => {
    expect(forecastInWords({ ...forecast, moves: [move(from, to)] }, order)).toBe(sentence);
  });

  test('a score that fades without a move', () => {
    const points = [
      { at, score: 40 },
      { at: '2026-06-01T12:00:00.000Z', score: 12.34 },
    ];
    expect(forecastInWords({ ...forecast, points }, order)).toBe(
      'Stays in this stage. If nothing happens the score falls to 12.3 by 1 June.',
    );
  });

  test('nothing that changes', () => {
    expect(forecastInWords(forecast, order)).toBe('The score and the stage stay as they are if nothing happens.');
  });

  test('days of another year name it', () => {
    expect(dayInWords(Date.parse('2027-03-14T12:00:00Z'), Date.parse(at))).toBe('14 March 2027');
  });
});

describe('what is one event away', () => {
  const way = (name: string, points: number, stage = 'mql') => ({
    ...{ rule: name, name, points },
    ...{ stage, stageName: stage.toUpperCase() },
  });
  const next = (missing: number, ...rules: ReturnType<typeof way>[]) => ({ stage: 'mql', name: 'MQL', missing, rules });

  test.each([
    [next(40), '40 points below MQL: more than any one rule adds now.'],
    [next(1, way('Clicked', 5)), '1 point below MQL: one “Clicked” (+5) is enough.'],
    [
      next(9, way('Met', 60, 'sql'), way('Asked', 30)),
      '9 points below MQL: one “Met” (+60, to SQL) or “Asked” (+30) is enough.',
    ],
    [
      next(9, way('A', 13), way('B', 12), way('C', 11), way('D', 10), way('E', 9)),
      '9 points below MQL: one “A” (+13), “B” (+12), “C” (+11) or one of 2 others is enough.',
    ],
  ])('%j', (given, words) => expect(nextInWords(given)).toBe(words));
});
