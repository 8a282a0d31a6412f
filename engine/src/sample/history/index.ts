import { peopleOf } from '../people/person.ts';
import { calendarOf } from './calendar.ts';
import { happeningsOf } from './contact.ts';
import { inOrder, messageOf, type Happening } from './happening.ts';
import { lately } from './lately.ts';
import { dayMs, historyDays } from './moment.ts';
import { scannerClicks } from './scanner.ts';

export interface SampleOptions {
  /** The same seed gives the same workspace, byte for byte. */
  seed: number;
  contacts: number;
  /** When it ends, ms: dates are relative to it. */
  now: number;
}

/** Messages of the tracking API, in order. They are put into words one by one: held all at once they would weigh a lot. */
export interface Messages {
  readonly count: number;
  /** When a message happened, ms. */
  at(index: number): number;
  slice(from: number, to: number): Record<string, unknown>[];
}

export interface SampleHistory {
  /** Six months, up to an hour ago: for a historical load. */
  past: Messages;
  /** The last hour: to be sent as it happens. */
  live: Messages;
  startsAt: number;
}

/** The historical load ends here before the present; what comes after is live. */
const liveMs = 3_600_000;

/** Everything that happened in the sample workspace. */
export const sampleHistory = ({ seed, contacts, now }: SampleOptions): SampleHistory => {
  const people = peopleOf(seed, contacts);
  const span = { from: now - historyDays * dayMs, to: now - liveMs };
  const calendar = calendarOf(span);
  const past = people.flatMap((person) => happeningsOf(seed, person, span, calendar));
  const known = people.find(({ habit }) => habit === 'listed');
  if (known) past.push(...scannerClicks(known, past.length, now));
  past.sort(inOrder);
  const live = lately(seed, people, now).sort(inOrder);
  return { past: messages(past, 'sample'), live: messages(live, 'sample-live'), startsAt: span.from };
};

const messages = (happenings: readonly Happening[], prefix: string): Messages => ({
  count: happenings.length,
  at: (index) => happenings[index]?.at ?? Infinity,
  slice: (from, to) => happenings.slice(from, to).map((happening) => messageOf(happening, prefix)),
});
