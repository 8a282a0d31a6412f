import type { Total } from '@ripen/shared';
import { compact, count, number } from './words.ts';

/** An estimate this loose is told by its ends. */
const loose = 0.25;

/** With so many digits that mean something. */
const rounded = (value: number, digits: number, how: (value: number) => number): number => {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, value))) + 1 - digits);
  return how(value / unit) * unit;
};

const ends = ({ range }: Total): { from: number; to: number } | null =>
  range ? { from: rounded(range.from, 2, Math.floor), to: rounded(range.to + 1, 2, Math.ceil) } : null;

/** `12 contacts`, `About 34,700 contacts`, `14 to 190 contacts`, `Fewer than 80 contacts`: never none, where there may be some. */
export const totalWords = (total: Total, one: string, many = `${one}s`): string => {
  if (total.exact) return count(total.count, one, many);
  const range = ends(total);
  if (range && total.count === 0) return `Fewer than ${number(range.to)} ${many}`;
  if (range && range.to - range.from > loose * total.count)
    return `${number(range.from)} to ${number(range.to)} ${many}`;
  return `About ${number(range ? rounded(total.count, 3, Math.round) : total.count)} ${many}`;
};

/** The same where space is short: `12`, `≈ 34.7K`, `14–190`, `< 80`. */
export const totalShort = (total: Total): string => {
  if (total.exact) return compact(total.count);
  const range = ends(total);
  if (range && total.count === 0) return `< ${compact(range.to)}`;
  if (range && range.to - range.from > loose * total.count) return `${compact(range.from)}–${compact(range.to)}`;
  return `≈ ${compact(range ? rounded(total.count, 3, Math.round) : total.count)}`;
};
