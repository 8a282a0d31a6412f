import { count, number } from '../../ui/words.ts';

/** How many contacts: "12 contacts", "About 12,000 contacts". */
export const totalWords = (total: { count: number; exact: boolean }): string =>
  total.exact ? count(total.count, 'contact') : `About ${number(total.count)} contacts`;
