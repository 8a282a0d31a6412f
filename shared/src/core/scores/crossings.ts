import { sooner } from '../conditions/conditions.ts';
import type { CompiledModel, Levels } from '../program.ts';
import { fade, lastingScore, scoreOf, type Reading } from './score.ts';
import type { Micro } from '../subject.ts';

/** After so many half-lives nothing fading is worth a micropoint. */
const forgottenAfterHalfLives = 64;

/** A group as `constant + slope * h`, with `h = 0.5^(dt / halfLife)` falling from 1 to 0, under its cap. */
interface Line {
  constant: number;
  slope: number;
  cap: number;
}

/** The first millisecond after `t` at which the score, or the part that decays, meets one of its levels, if nothing arrives. */
export const nextCrossing = (
  model: CompiledModel,
  { score, behaviour }: Levels,
  reading: Reading,
  t: number,
): number | null => {
  if (model.halfLifeMs === null) return null;
  const crossing = score.length > 0 ? crossingOf(model, score, reading, t) : null;
  if (behaviour.length === 0 || !reading.state) return crossing;
  // The part that decays, as if it were all of the score.
  const unclamped = { ...model, min: -Infinity, max: Infinity };
  const part = { ...reading, profile: 0, state: { ...reading.state, adjustment: 0 } };
  return sooner(crossing, crossingOf(unclamped, behaviour, part, t));
};

/**
 * The first millisecond after `t` at which `score >= level` flips for one of the levels. Solved: the
 * score is piecewise linear in `h`, with corners where a group meets its cap; each candidate is confirmed on the
 * score itself at `t - 1` and `t`.
 */
const crossingOf = (model: CompiledModel, levels: readonly Micro[], reading: Reading, t: number): number | null => {
  const { halfLifeMs } = model;
  if (halfLifeMs === null) return null;
  const course = courseOf(reading);
  if (course === 'still') return null;
  let from = t;
  let scoreFrom = scoreOf(model, reading, t);
  const last = t + Math.ceil(forgottenAfterHalfLives * halfLifeMs);
  const falls = course === 'falls';
  const met = falls ? firstMet(levels, scoreFrom, lastingScore(model, reading)) : null;
  if (falls && met === null) return null;
  const lines = linesOf(model, reading, t, halfLifeMs);
  if (met !== null) {
    // Where the closed form is right, which is nearly always, it is the answer: the score only falls.
    const at = momentOf(fallenTo(met - 0.5, lines, reading), t, halfLifeMs);
    const isBelow = (moment: number): boolean => scoreOf(model, reading, moment) < met;
    if (at > t && at <= last && isBelow(at) && (at - 1 === t || !isBelow(at - 1))) return at;
  }
  for (const to of stretchesOf(lines, t, last, halfLifeMs)) {
    if (to <= from) continue;
    const scoreTo = scoreOf(model, reading, to);
    const level = firstMet(levels, scoreFrom, scoreTo);
    if (level !== null) return flipIn(model, reading, level, scoreFrom >= level, from, to, lines, t, halfLifeMs);
    from = to;
    scoreFrom = scoreTo;
  }
  return null;
};

/** The `h` at which lines, each cut by its cap or not as it is at another one, add up to `sum`. */
const metBy = (sum: number, lines: readonly Line[], { state }: Reading, asAt: number): number => {
  let constant = state?.adjustment ?? 0;
  let slope = 0;
  for (const line of lines) {
    if (line.constant + line.slope * asAt >= line.cap) constant += line.cap;
    else {
      constant += line.constant;
      slope += line.slope;
    }
  }
  return (sum - constant) / slope;
};

/**
 * The `h` at which lines that only fall add up to `sum`. Found from below: at `h = 0` no line that moves is cut by its cap,
 * and each one that turns out to be asks for a larger `h`.
 */
const fallenTo = (sum: number, lines: readonly Line[], reading: Reading): number => {
  let h = 0;
  let next = metBy(sum, lines, reading, h);
  while (next > h) {
    h = next;
    next = metBy(sum, lines, reading, h);
  }
  return next;
};

/** When `h` is so much; NaN where it never is. */
const momentOf = (h: number, t: number, halfLifeMs: number): number =>
  h > 0 && h <= 1 ? Math.ceil(t + Math.log2(1 / h) * halfLifeMs) : NaN;

/** Where a score goes by fading alone: nowhere, only down where all that fades is for the contact, or up and down. */
const courseOf = ({ groups }: Reading): 'still' | 'falls' | 'turns' => {
  let course: 'still' | 'falls' = 'still';
  for (const group of groups) {
    if (!group || group.live === 0 || group.fading === 0) continue;
    if (group.fading < 0) return 'turns';
    course = 'falls';
  }
  return course;
};

/** The level that a score meets first on its way; it does not turn round on a stretch. */
const firstMet = (levels: readonly Micro[], from: Micro, to: Micro): Micro | null => {
  let met: Micro | null = null;
  for (const level of levels) {
    if (from >= level === to >= level) continue;
    if (met === null || (to < from ? level > met : level < met)) met = level;
  }
  return met;
};

const linesOf = (model: CompiledModel, reading: Reading, t: number, halfLifeMs: number): Line[] => {
  const lines: Line[] = [{ constant: reading.profile, slope: 0, cap: Infinity }];
  for (const [index, { cap }] of model.behaviourGroups.entries()) {
    const value = reading.groups[index];
    if (value && value.live > 0)
      lines.push({ constant: value.lasting, slope: value.fading * fade(t - value.at, halfLifeMs), cap });
  }
  return lines;
};

/** Ends of the stretches on which the score is linear: the moments around which a group meets its cap, in order. */
const stretchesOf = (lines: readonly Line[], t: number, last: number, halfLifeMs: number): number[] => {
  const ends = [last];
  for (const { constant, slope, cap } of lines) {
    const h = (cap - constant) / slope;
    if (!(h > 0 && h < 1)) continue;
    const at = t + Math.log2(1 / h) * halfLifeMs;
    ends.push(Math.floor(at), Math.ceil(at));
  }
  return ends.length === 1 ? ends : ends.sort((a, b) => a - b);
};

/** Where the comparison with a level flips in `(from, to]`, a stretch on which the score is linear in `h`. */
const flipIn = (
  model: CompiledModel,
  reading: Reading,
  level: Micro,
  before: boolean,
  from: number,
  to: number,
  lines: readonly Line[],
  t: number,
  halfLifeMs: number,
): number => {
  const flipped = (at: number): boolean => scoreOf(model, reading, at) >= level !== before;
  const guess = guessOf(reading, level, (from + to) / 2, lines, t, halfLifeMs);
  let low = from;
  let high = to;
  if (guess > from && guess <= to) {
    // The closed form is right to a few milliseconds, and nearly always to one; look near it first.
    if (flipped(guess)) {
      high = guess;
      if (guess - 1 === from || !flipped(guess - 1)) return guess;
    } else low = guess;
    if (high === guess && guess - 4 > low && !flipped(guess - 4)) low = guess - 4;
    if (low === guess && guess + 4 < high && flipped(guess + 4)) high = guess + 4;
  }
  while (high - low > 1) {
    const middle = low + Math.floor((high - low) / 2);
    if (flipped(middle)) high = middle;
    else low = middle;
  }
  return high;
};

/** The closed form for the stretch around `inside`: rounding turns `score >= level` into `sum >= level - 0.5`. */
const guessOf = (
  reading: Reading,
  level: Micro,
  inside: number,
  lines: readonly Line[],
  t: number,
  halfLifeMs: number,
): number => {
  return momentOf(metBy(level - 0.5, lines, reading, fade(inside - t, halfLifeMs)), t, halfLifeMs);
};
