/** Of a normal distribution, 19 in 20 lie so many standard deviations around the middle. */
const deviations = 1.96;

/**
 * How many of `all` are meant, where `hits` of `looked` were: the share taken, and what it lies between 19 times in 20 (Wilson's
 * interval, which also says something where nobody was found).
 */
export const countFromSample = (
  hits: number,
  looked: number,
  all: number,
): { count: number; range: { from: number; to: number } } => {
  if (looked === 0) return { count: 0, range: { from: 0, to: all } };
  const share = hits / looked;
  const square = deviations ** 2;
  const middle = (share + square / (2 * looked)) / (1 + square / looked);
  const half =
    (deviations / (1 + square / looked)) * Math.sqrt((share * (1 - share)) / looked + square / (4 * looked ** 2));
  // Those who were looked at are known.
  const most = Math.max(hits, all - (looked - hits));
  const within = (count: number): number => Math.min(most, Math.max(hits, Math.round(count)));
  return {
    count: within(share * all),
    range: { from: within((middle - half) * all), to: within(Math.ceil((middle + half) * all)) },
  };
};
