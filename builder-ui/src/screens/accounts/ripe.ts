import type { AccountModel } from '@ripen/shared';

/** Where the ripening scale of an account's score ends: where the highest band starts, else the end of the range. */
export const ripeOf = ({ bands = [], clamp }: Pick<AccountModel, 'bands' | 'clamp'>): number => {
  const highest = Math.max(...bands.map(({ from }) => from));
  return bands.length > 1 && highest > 0 ? highest : clamp.max;
};
