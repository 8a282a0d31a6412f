import { Dice, type Weighted } from '../dice.ts';
import { companyOf, type Company } from './company.ts';
import { familyNames, givenNames } from './words.ts';

/** How a contact behaves over the months. */
export type Habit = 'listed' | 'browser' | 'reader' | 'evaluator' | 'buyer';

export interface Person {
  index: number;
  userId: string;
  firstName: string;
  lastName: string;
  email: string;
  title: string;
  company: Company;
  leadSource: string;
  habit: Habit;
  /** Much for few, little for most: from 1 to 12. */
  activity: number;
  /** Comes to the site before anybody knows who it is. */
  anonymousFirst: boolean;
  /** Never says who it is. */
  staysAnonymous: boolean;
  /** Comes with a second browser, and turns out to be the same. */
  secondDevice: boolean;
}

const levels: Weighted<string> = [
  [8, 'Chief {} Officer'],
  [10, 'VP {}'],
  [14, 'Head of {}'],
  [18, 'Director of {}'],
  [28, '{} Manager'],
  [16, '{} Specialist'],
  [10, '{} Analyst'],
  [6, 'Student, {}'],
  [4, ''],
];

const functions: Weighted<string> = [
  [6, 'Marketing'],
  [5, 'Operations'],
  [4, 'Sales'],
  [3, 'Revenue'],
  [3, 'Product'],
  [2, 'Finance'],
  [2, 'Growth'],
  [1, 'Data'],
];

const habits: Weighted<Habit> = [
  [14, 'listed'],
  [43, 'browser'],
  [26, 'reader'],
  [13, 'evaluator'],
  [4, 'buyer'],
];

const sources: Readonly<Record<Habit, Weighted<string>>> = {
  listed: [
    [5, 'Trade fair'],
    [3, 'Partner'],
    [2, 'Purchased list'],
  ],
  browser: [
    [5, 'Search'],
    [3, 'Search ad'],
    [3, 'Social media'],
  ],
  reader: [
    [6, 'Newsletter'],
    [2, 'Trade fair'],
    [2, 'Social media'],
  ],
  evaluator: [
    [4, 'Webinar'],
    [4, 'Search'],
    [2, 'Search ad'],
    [2, 'Partner'],
  ],
  buyer: [
    [4, 'Referral'],
    [4, 'Search'],
    [3, 'Webinar'],
    [2, 'Partner'],
  ],
};

const implausible = ['asdf', 'test', 'donald.duck', 'nobody'] as const;

/** The contacts of a workspace. Two of one name in one company get different addresses, as they would. */
export const peopleOf = (seed: number, contacts: number): Person[] => {
  const companies = Math.ceil(contacts / 4);
  const taken = new Set<string>();
  return Array.from({ length: contacts }, (_, index) => {
    const person = personOf(seed, index, companies);
    if (taken.has(person.email)) person.email = person.email.replace('@', `${index}@`);
    taken.add(person.email);
    return person;
  });
};

const personOf = (seed: number, index: number, companies: number): Person => {
  const dice = new Dice(seed, index * 2);
  const firstName = dice.pick(givenNames);
  const lastName = dice.pick(familyNames);
  // Few companies have many contacts, most have one or two.
  const company = companyOf(seed, Math.floor(companies * dice.next() ** 1.6));
  const habit = dice.weighted(habits);
  const title = dice.weighted(levels).replace('{}', dice.weighted(functions));
  const name = dice.chance(0.008)
    ? `${dice.pick(implausible)}${dice.whole(1, 99)}`
    : `${firstName}.${lastName}`.toLowerCase();
  const staysAnonymous = habit === 'browser' && dice.chance(0.12);
  return {
    index,
    userId: `person-${String(index).padStart(5, '0')}`,
    firstName,
    lastName,
    email: `${name}@${company.domain}`,
    title,
    company,
    leadSource: dice.weighted(sources[habit]),
    habit,
    activity: dice.skewed(0.62, 12),
    anonymousFirst: staysAnonymous || dice.chance(habit === 'browser' ? 0.6 : habit === 'listed' ? 0 : 0.3),
    staysAnonymous,
    secondDevice: !staysAnonymous && habit !== 'listed' && dice.chance(0.02),
  };
};
