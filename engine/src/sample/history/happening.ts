import type { Properties } from '@ripen/shared';
import type { Person } from '../people/person.ts';
import { titleOf } from './content.ts';

/** Something a contact did, before it is put into words of the tracking API. */
export interface Happening {
  at: number;
  person: Person;
  /** Its number among the person's own: order at one instant, and part of its id. */
  number: number;
  /** Who the contact was then: unknown on the first or the second browser, or known. */
  as: 'known' | 'browser' | 'second';
  what:
    { kind: 'identify' } | { kind: 'page'; path: string } | { kind: 'track'; event: string; properties: Properties };
}

/** In the order in which they happened. */
export const inOrder = (a: Happening, b: Happening): number =>
  a.at - b.at || a.person.index - b.person.index || a.number - b.number;

const anonymousId = (person: Person, as: 'browser' | 'second'): string =>
  `${as}-${String(person.index).padStart(5, '0')}`;

/** A happening as a client library sends it. */
export const messageOf = ({ at, person, number, as, what }: Happening, prefix: string): Record<string, unknown> => {
  const common = {
    messageId: `${prefix}-${person.index}-${number}`,
    ...(as === 'known' ? { userId: person.userId } : { anonymousId: anonymousId(person, as) }),
    timestamp: new Date(at).toISOString(),
  };
  switch (what.kind) {
    case 'identify':
      return { type: 'identify', ...common, ...identity(person, as), traits: traitsOf(person) };
    case 'page':
      return { type: 'page', ...common, name: titleOf(what.path), properties: { path: what.path } };
    case 'track':
      return { type: 'track', ...common, event: what.event, properties: what.properties };
  }
};

/** Whoever says who they are does so on a browser; the list that was imported has none. */
const identity = (person: Person, as: Happening['as']): Record<string, string> => {
  if (as !== 'known') return { userId: person.userId };
  return person.anonymousFirst ? { anonymousId: anonymousId(person, 'browser') } : {};
};

const traitsOf = ({ firstName, lastName, email, title, company, leadSource }: Person): Properties => ({
  firstName,
  lastName,
  email,
  ...(title === '' ? {} : { title }),
  company: company.name,
  industry: company.industry,
  employees: company.employees,
  country: company.country,
  leadSource,
});
