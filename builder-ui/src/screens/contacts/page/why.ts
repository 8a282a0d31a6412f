import type { ScoreExplanation } from '@ripen/shared';

type Line = ScoreExplanation['lines'][number];

/** A signed line of *why this score*, in points as they are shown: with one decimal at most. */
export interface WhyLine {
  kind: Line['kind'];
  cause: string | null;
  label: string;
  points: number;
  /** Of what a person adjusted. */
  by?: string | undefined;
  at?: string | undefined;
}

export interface WhyGroup {
  /** Null: what belongs to no group. */
  id: string | null;
  points: number;
  lines: WhyLine[];
}

export interface Why {
  groups: WhyGroup[];
  score: number;
}

/**
 * The lines as they are shown, so that what people add up in their heads is the score: rounded lines are put right by a
 * tenth where their rounding was furthest off. Lines that come to nothing are left out.
 */
export const whyOf = (explanation: Pick<ScoreExplanation, 'score' | 'lines'>): Why => {
  const score = Math.round(explanation.score * 10);
  const exact = explanation.lines.map(({ points }) => points * 10);
  const tenths = addingUpTo(exact, score);
  const groups = new Map<string | null, WhyGroup & { tenths: number }>();
  for (const [index, line] of explanation.lines.entries()) {
    const value = tenths[index] ?? 0;
    if (value === 0) continue;
    const group = groups.get(line.group) ?? { id: line.group, points: 0, tenths: 0, lines: [] };
    groups.set(line.group, group);
    group.tenths += value;
    group.points = group.tenths / 10;
    group.lines.push({
      kind: line.kind,
      cause: line.cause,
      label: line.label,
      points: value / 10,
      by: line.by,
      at: line.at,
    });
  }
  return {
    groups: [...groups.values()].map(({ id, points, lines }) => ({ id, points, lines: lines.toSorted(byWeight) })),
    score: score / 10,
  };
};

/** Rounds so that the sum is `total`, which is near the sum of what is rounded. */
const addingUpTo = (values: readonly number[], total: number): number[] => {
  const rounded = values.map((value) => Math.round(value) + 0);
  let missing = total - rounded.reduce((sum, value) => sum + value, 0);
  const direction = Math.sign(missing);
  const furthest = values
    .map((value, index) => ({ index, off: (value - (rounded[index] ?? 0)) * direction }))
    .toSorted((a, b) => b.off - a.off);
  for (const { index } of furthest) {
    if (missing === 0) break;
    rounded[index] = (rounded[index] ?? 0) + direction;
    missing -= direction;
  }
  return rounded;
};

/** What was earned first, the most first; then what takes away from it as a whole. */
const byWeight = (a: WhyLine, b: WhyLine): number =>
  Number(isWhole(a)) - Number(isWhole(b)) || Math.abs(b.points) - Math.abs(a.points);

const isWhole = ({ kind }: WhyLine): boolean => kind !== 'rule' && kind !== 'automation';
