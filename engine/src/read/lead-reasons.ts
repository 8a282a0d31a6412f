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

/** The lines of an explanation as it was at a handoff, from what the lead keeps of it; the weightiest first. */
export const reasonsOf = (names: Names, why: unknown): { label: string; points: number }[] => {
  const lines: unknown = why !== null && typeof why === 'object' && 'why' in why ? why.why : [];
  if (!Array.isArray(lines)) return [];
  return lines
    .filter(isLine)
    .filter(({ points }) => points !== 0)
    .sort((a, b) => Math.abs(b.points) - Math.abs(a.points))
    .slice(0, mostReasons)
    .map(({ cause, label, points }) => ({
      // An automation's line is labelled by ids.
      label: cause?.startsWith('node:') ? names.cause(cause, null).causeName : label,
      points,
    }));
};
