import type { Definitions, Outside } from '@ripen/shared';
import { hasEnough } from '../../helpers/books.ts';
import type { GeneratedHistories } from './messages.ts';
import { simulate, type Simulated } from './simulate.ts';

/** With some to spare: what is asked of a history is 100 of each. */
const plenty = 105;
const mostContacts = 2_000;

export interface RichHistories {
  from: number;
  by: number;
  histories: (contacts: number) => GeneratedHistories;
  /** What is outside, begun anew for each history, and whether enough was asked of it. */
  outside?: { start: () => Outside; enough: () => boolean };
}

/** The smallest history, of those with ever more contacts, in which everything happens often enough to prove something. */
export const richEnough = (
  definitions: Definitions,
  { from, by, histories, outside }: RichHistories,
): GeneratedHistories & { simulated: Simulated } => {
  for (let contacts = from; contacts <= mostContacts; contacts += by) {
    const generated = histories(contacts);
    const simulated = simulate({ definitions, ...generated, outside: outside?.start() });
    if (hasEnough(simulated.happened, plenty) && (outside?.enough() ?? true)) return { ...generated, simulated };
  }
  throw new Error(`Even the histories of ${mostContacts} contacts are too poor to prove anything.`);
};
