/** Five steps of the ripening scale: 1 leaf green, 5 tomato. */
export type Ripeness = 1 | 2 | 3 | 4 | 5;

/** How ripe a value is on its way to `ripe` (the last threshold, say). Below zero and unknown scales are unripe. */
export const ripenessOf = (value: number, ripe: number): Ripeness => {
  const share = ripe > 0 ? value / ripe : 0;
  if (share >= 1) return 5;
  if (share >= 0.75) return 4;
  if (share >= 0.5) return 3;
  return share >= 0.25 ? 2 : 1;
};

/** Of a stage by its place among all: the last one is ripe. */
export const ripenessOfStage = (index: number, count: number): Ripeness => ripenessOf(index + 1, Math.max(count, 1));

export const ripeColor = (ripeness: Ripeness): string => `var(--ripe-${ripeness})`;
