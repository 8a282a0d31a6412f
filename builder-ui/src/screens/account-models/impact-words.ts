import type { AccountImpact } from '@ripen/shared';
import { count, number } from '../../ui/words.ts';

export const bandWords = (band: { name: string } | null): string => band?.name ?? 'no band';

/** Who changes, in a sentence. */
export const impactInWords = ({ accounts, models, bands }: AccountImpact): string => {
  if (accounts === 0) return 'No account changes.';
  const up = models.reduce((sum, model) => sum + model.up, 0);
  const down = models.reduce((sum, model) => sum + model.down, 0);
  const moved = bands.reduce((sum, move) => sum + move.accounts, 0);
  const what = `${number(up)} up, ${number(down)} down, ${number(moved)} to another band`;
  return `${count(accounts, 'account')} ${accounts === 1 ? 'changes' : 'change'}: ${what}.`;
};
