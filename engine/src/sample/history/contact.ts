import { Dice } from '../dice.ts';
import type { Person } from '../people/person.ts';
import type { Calendar } from './calendar.ts';
import { Diary, type Span } from './diary.ts';
import { browse, buy, evaluate, learn, readMail } from './habits.ts';
import { inOrder, type Happening } from './happening.ts';
import { dayMs } from './moment.ts';

const secondMs = 1_000;

/** Everything that one contact did between two moments, in order. Depends on the seed, the contact and the moments only. */
export const happeningsOf = (seed: number, person: Person, whole: Span, calendar: Calendar): Happening[] => {
  const dice = new Dice(seed, person.index * 2 + 1);
  const span = lifeOf(dice, person, whole);
  const diary = new Diary(dice, person, span);
  appear(diary);
  live(diary, calendar);
  if (person.secondDevice) comeAnotherWay(diary);
  return number(diary.happenings);
};

/** Some were there from the start, the others come over the months; and a third falls silent again. */
const lifeOf = (dice: Dice, { habit }: Person, { from, to }: Span): Span => {
  const start = dice.chance(0.4) ? from + dice.between(0, 20) * dayMs : dice.between(from, to - dayMs);
  const stays = habit === 'buyer' ? 0.75 : 0.55;
  const end = dice.chance(stays) ? to : Math.min(to, start + (8 + dice.waiting(35)) * dayMs);
  return { from: Math.floor(start), to: Math.floor(end) };
};

/** The first thing that is known of a contact. */
const appear = (diary: Diary): void => {
  const { dice, person, span } = diary;
  if (person.staysAnonymous) {
    diary.visit(diary.moment(), 3);
    return;
  }
  if (!person.anonymousFirst) {
    diary.identify(span.from);
    return;
  }
  const first = diary.moment({ from: span.from, to: span.from + 3 * dayMs });
  const known = first + Math.ceil(dice.waiting(8) * dayMs);
  diary.knownFrom = known;
  const over = diary.visit(first, 3);
  diary.identify(Math.min(Math.max(known, over), span.to - secondMs));
};

const live = (diary: Diary, calendar: Calendar): void => {
  const { dice, person } = diary;
  const { activity } = person;
  switch (person.habit) {
    case 'listed':
      if (dice.chance(0.09))
        diary.track(diary.span.from + 3_600 * secondMs, 'Email Bounced', { reason: 'unknown user' });
      else readMail(diary, calendar, 0.12, 0.05);
      return;
    case 'browser':
      browse(diary, activity * dice.between(0.8, 1.8));
      if (!person.staysAnonymous && dice.chance(0.3)) readMail(diary, calendar, 0.18, 0.15);
      return;
    case 'reader':
      readMail(diary, calendar, dice.between(0.3, 0.85), dice.between(0.15, 0.45));
      browse(diary, activity * 0.8);
      return;
    case 'evaluator':
      readMail(diary, calendar, 0.55, 0.35);
      learn(diary, calendar, 0.6 + activity / 6);
      evaluate(diary, activity * 1.8);
      return;
    case 'buyer':
      readMail(diary, calendar, 0.65, 0.45);
      learn(diary, calendar, 1 + activity / 6);
      evaluate(diary, activity * 1.4);
      buy(diary);
      return;
  }
};

/** On another browser first, where nobody knows them; then they say who they are there too. */
const comeAnotherWay = (diary: Diary): void => {
  const at = diary.moment();
  if (at <= diary.knownFrom) return;
  diary.add(at, { kind: 'page', path: '/product' }, 'second');
  diary.add(at + 90 * secondMs, { kind: 'page', path: '/pricing' }, 'second');
  diary.add(at + 600 * secondMs, { kind: 'identify' }, 'second');
};

/** Numbered in order of time, so that ids are read in the order in which things happened. */
const number = (happenings: Happening[]): Happening[] => {
  happenings.sort(inOrder);
  for (const [index, happening] of happenings.entries()) happening.number = index;
  return happenings;
};
