import type { Names } from './names.ts';

/** More than these nobody reads at a glance. */
const mostReasons = 5;

interface Line {
  cause: string | null;
  label: string;
  points: number;
}

const isLine = (value: unknown): value is Line =>
  value !== null &&
  typeof value === 'object' &&
  'label' in value &&
  typeof value.label === 'string' &&
  'points' in value &&
  typeof value.points === 'number';

interface Reason {
  label: string;
  points: number;
}

/**
 * All lines of the explanation at a handoff, from what the lead keeps of it: what gave points first, then what took them, the
 * weightiest first. They add up to the score of then.
 */
export const linesOf = (names: Names, why: unknown): Reason[] => {
  const lines: unknown = why !== null && typeof why === 'object' && 'why' in why ? why.why : [];
  if (!Array.isArray(lines)) return [];
  const points = new Map<string, number>();
  for (const line of lines.filter(isLine)) {
    // An automation's line is labelled by ids.
    const label = line.cause?.startsWith('node:') ? names.cause(line.cause, null).causeName : line.label;
    points.set(label, (points.get(label) ?? 0) + line.points);
  }
  return [...points]
    .map(([label, sum]) => ({ label, points: sum }))
    .filter((line) => line.points !== 0)
    .sort((a, b) => Number(b.points > 0) - Number(a.points > 0) || Math.abs(b.points) - Math.abs(a.points));
};

/** What spoke for the lead, at a glance. Caps and losses say nothing about why it is here. */
export const reasonsOf = (lines: readonly Reason[]): Reason[] =>
  lines.filter(({ points }) => points > 0).slice(0, mostReasons);
