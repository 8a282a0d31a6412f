import { Dice, type Weighted } from './dice.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** What sales reports of a lead, and when. */
export interface Report {
  at: number;
  outcome: 'accepted' | 'rejected' | 'won' | 'lost' | 'withdrawn';
  reason?: string;
  value?: number;
}

const rejections: Weighted<string> = [
  [4, 'Only looking around'],
  [3, 'No budget this year'],
  [2, 'Too small for us'],
  [2, 'Cannot be reached'],
  [1, 'Looks for a job'],
];

const losses: Weighted<string> = [
  [4, 'Chose a competitor'],
  [3, 'Project was postponed'],
  [2, 'Price'],
  [1, 'Missing a feature'],
];

/** How long sales takes to answer: mostly within the hour, sometimes days, and some leads of late lie unanswered. */
const answers: Weighted<readonly [least: number, most: number]> = [
  [6, [4 * minuteMs, 50 * minuteMs]],
  [3, [hourMs, 8 * hourMs]],
  [2, [12 * hourMs, 3 * dayMs]],
];

/** The share of leads of an age that nobody has answered yet: many of the last day, some of the days before. */
const stillOpen = (ageMs: number): number => (ageMs < 1.5 * dayMs ? 0.7 : ageMs < 4 * dayMs ? 0.3 : 0);

/** What becomes of a lead over time, decided by its id: the same lead has the same fate. */
export const fateOf = ({ id, at }: { id: string; at: number }, now: number): Report[] => {
  const dice = new Dice(Number.parseInt(id.slice(0, 8), 16), 3_000_000_000);
  const [least, most] = dice.weighted(answers);
  const left = dice.next();
  if (left < stillOpen(now - at)) return [];
  const answeredAt = Math.floor(at + dice.between(least, most));
  if (dice.chance(0.02)) return [{ at: answeredAt, outcome: 'withdrawn' }];
  if (dice.chance(0.24)) return [{ at: answeredAt, outcome: 'rejected', reason: dice.weighted(rejections) }];
  const accepted: Report = { at: answeredAt, outcome: 'accepted' };
  if (dice.chance(0.25)) return [accepted];
  const closedAt = Math.floor(answeredAt + (4 + dice.waiting(18)) * dayMs);
  const closed: Report = dice.chance(0.42)
    ? { at: closedAt, outcome: 'won', value: Math.round((2_000 * dice.skewed(0.8, 40)) / 100) * 100 }
    : { at: closedAt, outcome: 'lost', reason: dice.weighted(losses) };
  return [accepted, closed];
};
