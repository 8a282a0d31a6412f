import type { Definitions } from '@ripen/shared';
import { hasEnough } from '../../helpers/books.ts';
import type { GeneratedHistories } from './messages.ts';
import { simulate, type Simulated } from './simulate.ts';

/** With some to spare: what is asked of a history is 100 of each. */
const plenty = 105;
const mostContacts = 2_000;

/** The smallest history, of those with ever more contacts, in which everything happens often enough to prove something. */
export const richEnough = (
  definitions: Definitions,
  { from, by, histories }: { from: number; by: number; histories: (contacts: number) => GeneratedHistories },
): GeneratedHistories & { simulated: Simulated } => {
  for (let contacts = from; contacts <= mostContacts; contacts += by) {
    const generated = histories(contacts);
    const simulated = simulate({ definitions, ...generated });
    if (hasEnough(simulated.happened, plenty)) return { ...generated, simulated };
  }
  throw new Error(`Even the histories of ${mostContacts} contacts are too poor to prove anything.`);
};
