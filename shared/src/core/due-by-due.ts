import type { Subject } from './subject.ts';

/** So often an instant may fall due again: an answer given at it can end a wait and begin another that is over at once. */
const mostAtOnce = 100;

/**
 * Lets dues up to `until`, ms, fall one by one, so that what is asked at one of them is answered before the next. `tick` applies
 * what is due at the moment that it is given and answers; it returns false where nothing came of it. What then is still due is left
 * to the next input: a due that stays due would tick for ever.
 */
export const dueByDue = (
  subject: () => Pick<Subject, 'nextDueAt'>,
  until: number,
  tick: (due: number) => boolean,
): void => {
  let latest = -Infinity;
  let times = 0;
  for (let due = subject().nextDueAt; due !== null && due <= until; due = subject().nextDueAt) {
    times = due > latest ? 1 : times + 1;
    latest = Math.max(latest, due);
    if (times > mostAtOnce || !tick(due)) return;
  }
};
