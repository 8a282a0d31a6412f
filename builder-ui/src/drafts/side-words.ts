import type { Impact, ImpactSide } from '@ripen/shared';
import { count, number } from '../ui/words.ts';

const twoDigits = new Intl.NumberFormat('en', { maximumSignificantDigits: 2 });

/** How many contacts a way of publishing changes. What was counted in a part of them is told as that part's. */
export const sideInWords = (side: ImpactSide, when: string, { looked, of }: Pick<Impact, 'looked' | 'of'>): string => {
  const isPart = looked < of;
  if (side.contacts === 0)
    return isPart ? `None of the ${number(looked)} contacts looked at changes ${when}.` : `No contact changes ${when}.`;
  const up = side.models.reduce((sum, model) => sum + model.up, 0);
  const down = side.models.reduce((sum, model) => sum + model.down, 0);
  const moves = side.moves.reduce((sum, move) => sum + move.contacts, 0);
  const whom = isPart
    ? `${number(side.contacts)} of the ${number(looked)} contacts looked at`
    : count(side.contacts, 'contact');
  const what = `${number(up)} up, ${number(down)} down, ${number(moves)} to another stage`;
  const all = isPart
    ? ` That would be about ${twoDigits.format((side.contacts / looked) * of)} of all ${number(of)}.`
    : '';
  return `${whom} ${side.contacts === 1 ? 'changes' : 'change'} ${when}: ${what}.${all}`;
};
