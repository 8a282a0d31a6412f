import { expect, test } from 'vitest';
import { FactBook } from '../facts.ts';
import { day, model, Play, programOf, rule } from '../generators/play.ts';
import { reach, reachNeeds } from './reach.ts';
import { toPoints } from '../subject.ts';

const stages = [
  { id: 'lead', name: 'Lead', threshold: 20 },
  { id: 'mql', name: 'MQL', threshold: 40, when: { kind: 'label' as const, label: 'checked' } },
  { id: 'sql', name: 'SQL', threshold: 60 },
  { id: 'won', name: 'Won', terminal: true },
];
const sheet = model(
  [
    rule('demo', 'demo', 25, { counts: { kind: 'once' } }),
    rule('visit', 'visit', 22, { counts: { kind: 'at_most', times: 1, perDays: 7 } }),
    rule('asset', 'asset', 21, { counts: { kind: 'once_per', property: 'asset' }, group: 'content' }),
    rule('small', 'small', 3),
    rule('meeting', 'meeting', 70),
    rule('left', 'left', -50),
  ],
  {
    clamp: { min: 0, max: 100 },
    groups: [
      { id: 'engagement', name: 'Engagement', kind: 'behaviour' },
      { id: 'content', name: 'Content', kind: 'behaviour', cap: 30 },
    ],
  },
);
const program = programOf(sheet, { kind: 'lifecycle', model: 'main', stages });

const next = (play: Play, on: number) => {
  const { subject } = play.driver;
  const facts = new FactBook();
  for (const { counter, after } of reachNeeds(program, subject, day(on)))
    for (const counted of play.driver.counted)
      if (counted.counter === counter && counted.at > after) facts.addCounted(counted);
  const found = reach(program, subject, facts, day(on));
  return (
    found && [
      found.stage,
      found.missing,
      ...found.rules.map(({ rule, points, stage }) => `${rule} +${points} ${stage}`),
    ]
  );
};

test('what takes a newcomer up by happening once, the strongest first, and how far up', () => {
  expect(next(new Play(program).until(0), 0)).toEqual([
    'lead',
    20,
    'meeting +70 sql',
    'demo +25 lead',
    'visit +22 lead',
    'asset +21 lead',
  ]);
});

test('what counted once, or as often as it may for now, takes nobody further; an extra condition that is not true bars its stage', () => {
  const play = new Play(program).then({ on: 0, type: 'demo' }, { on: 0, type: 'visit' });
  expect(next(play, 0)).toEqual(['sql', 13, 'meeting +53 sql', 'asset +21 sql']);
  expect(next(play.until(7), 7)).toEqual(['sql', 13, 'meeting +53 sql', 'visit +22 sql', 'asset +21 sql']);
});

test('a cap leaves less of the points', () => {
  const play = new Play(program).then({ on: 0, type: 'asset', properties: { asset: 'a' } }, { on: 0, type: 'visit' });
  expect(toPoints(play.driver.subject.models['main']?.groups['content']?.lasting ?? 0)).toBe(21);
  // 43 points: 9 more fit under the cap, too few for 60.
  expect(next(play, 0)).toEqual(['sql', 17, 'meeting +57 sql', 'demo +25 sql']);
});

test('at the top, and where scores move nobody, nothing is next', () => {
  const top = new Play(program).then({ on: 0, type: 'meeting' });
  expect(next(top, 0)).toBeNull();
  expect(reach(programOf(sheet), top.driver.subject, new FactBook(), day(0))).toBeNull();
});
