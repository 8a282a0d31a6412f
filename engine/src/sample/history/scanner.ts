import { mostWaitingRuns } from '@ripen/shared';
import type { Person } from '../people/person.ts';
import type { Happening } from './happening.ts';
import { dayMs } from './moment.ts';

/** More than a contact may wait in: what comes after fails, visibly. */
const clicks = mostWaitingRuns + 8;

/**
 * A mail scanner follows every link of a newsletter within minutes, as they do. It shows what caps and limits are for: the
 * group's cap keeps the score sane, and the runs beyond the limit fail with a reason.
 */
export const scannerClicks = (person: Person, first: number, now: number): Happening[] =>
  Array.from({ length: clicks }, (_, index) => ({
    at: Math.floor(now - 9 * dayMs) + index * 700,
    person,
    number: first + index,
    as: 'known' as const,
    what: {
      kind: 'track' as const,
      event: 'Email Clicked',
      properties: { email: 'What ripens when', link: `/pricing?link=${index + 1}` },
    },
  }));
