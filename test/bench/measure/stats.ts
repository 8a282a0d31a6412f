/** The value that `share` (0 to 1) of the values do not exceed, by the nearest rank. Throws on an empty list. */
export const percentile = (values: readonly number[], share: number): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const value = sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(sorted.length * share) - 1))];
  if (value === undefined) throw new Error('There is nothing to take a percentile of.');
  return value;
};

export const median = (values: readonly number[]): number => percentile(values, 0.5);
