import type { Round } from '@ripen/shared';
import { count, number } from '../../../ui/words.ts';

/** "Every Monday at 09:00, Europe/Berlin". */
export const scheduleHeading = (words: string): string => words.slice(0, 1).toUpperCase() + words.slice(1);

/** What a round came to: "280 of 312 contacts told to enter". */
export const roundWords = ({
  members,
  told,
  held,
  error,
}: Pick<Round, 'members' | 'told' | 'held' | 'error'>): string => {
  if (error !== null) return error;
  const loading =
    held === 0 ? '' : `; ${count(held, 'contact')} left for the next time, because their history is being loaded`;
  if (members === 0) return 'There was nobody whom it is about';
  return told === members
    ? `${count(told, 'contact')} told to enter`
    : `${number(told)} of ${count(members, 'contact')} told to enter${loading}`;
};
