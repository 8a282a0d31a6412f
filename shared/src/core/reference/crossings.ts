import type { ScoreModel } from '../../model/score-model.ts';
import { groupsOf, groupValue, referenceScore } from './books.ts';
import type { Line } from './books.ts';

/** The first whole millisecond in `(after, upTo]` at which a test that flips at most once there differs from `after`. */
export const firstFlip = (after: number, upTo: number, test: (t: number) => boolean): number | null => {
  const start = test(after);
  if (upTo <= after || test(upTo) === start) return null;
  let low = after;
  let high = upTo;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (test(middle) === start) low = middle;
    else high = middle;
  }
  return high;
};

/**
 * The first moment in `(after, upTo]` at which the score gets to the other side of one of the levels by fading alone.
 * Nothing may expire in between. Every group is one exponential, so it meets its cap at most once, and between such
 * meetings the score only rises or only falls: bisection cannot miss a crossing.
 */
export const nextCrossing = (
  model: ScoreModel,
  ledger: readonly Line[],
  levels: readonly number[],
  after: number,
  upTo: number,
): number | null => {
  if (model.halfLifeDays === undefined || upTo <= after) return null;
  const bends = groupsOf(model)
    .filter((group) => group.kind === 'behaviour' && Number.isFinite(group.cap))
    .map((group) => firstFlip(after, upTo, (t) => groupValue(model, ledger, group, t) >= group.cap))
    .filter((moment) => moment !== null);
  // A bend is where the side has changed already, so the millisecond before it ends a segment too.
  const ends = [...bends.flatMap((bend) => [bend - 1, bend]), upTo].filter((end) => end > after).sort((a, b) => a - b);
  let from = after;
  for (const end of ends) {
    const start = from;
    const found = levels
      .map((level) => firstFlip(start, end, (t) => referenceScore(model, ledger, t) >= level))
      .filter((moment) => moment !== null);
    if (found.length > 0) return Math.min(...found);
    from = end;
  }
  return null;
};
