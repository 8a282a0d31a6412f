import type { AccountModelChange } from '@ripen/shared';
import { count, number } from '../ui/words.ts';

export const bandWords = (band: { name: string } | null): string => band?.name ?? 'no band';

/** Which accounts change in a model, in a sentence. */
export const accountsInWords = ({ accounts, up, down, rebanded }: AccountModelChange): string => {
  if (accounts === 0) return 'No account changes.';
  const what = `${number(up)} up, ${number(down)} down, ${number(rebanded)} to another band`;
  return `${count(accounts, 'account')} ${accounts === 1 ? 'changes' : 'change'}: ${what}.`;
};

/** How many were looked at, of how many. */
export interface Looked {
  looked: number;
  of: number;
  whom: 'contact' | 'account';
}

/** Of whom figures tell, in a sentence: all of them, or some at random. */
export const lookedInWords = (all: readonly Looked[]): string => {
  const parts = all.map(({ looked, of, whom }) =>
    looked < of ? `${number(looked)} of ${count(of, whom)}` : of === 1 ? `the one ${whom}` : `all ${count(of, whom)}`,
  );
  const isSample = all.some(({ looked, of }) => looked < of);
  return `By ${parts.join(' and ')}${isSample ? ', taken at random' : ''}.`;
};
