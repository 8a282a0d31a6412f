/** Whole percentages that add up to 100; the first ones take what is over. */
export const evenShares = (count: number): number[] => {
  const each = Math.floor(100 / count);
  return Array.from({ length: count }, (_, index) => each + (index < 100 - each * count ? 1 : 0));
};

/** What the shares add up to, without the noise of fractions. */
export const sumOfShares = (shares: readonly (number | undefined)[]): number =>
  Math.round(shares.reduce<number>((sum, share) => sum + (share ?? 0), 0) * 1e6) / 1e6;
