import { commonEvents, runEvent } from './definitions.ts';
import { randomOf, zipfOf } from './random.ts';
import type { Message, Templates } from './templates.ts';

const roles = ['buyer', 'engineer', 'student', 'manager'];
const countries = ['US', 'DE', 'FR', 'IN', 'BR'];
const oneIn = 100;

export const userOf = (contact: number): string => `user-${contact}@example.com`;

export interface MessageSource {
  /** The next event of the workload, dated `at` (ms). */
  event(at: number): Message;
  /** An event of a contact. */
  of(contact: number, event: string, at: number): Message;
  /** The call that tells who a contact is. */
  identify(contact: number, at: number): Message;
}

/** How the SDK makes ids: `node-next-<ms>-<uuid>`. `run` keeps ids of several sources apart. */
const idsOf = (run: string): ((at: number) => string) => {
  let count = 0;
  return (at) =>
    `node-next-${at}-${run.padStart(8, '0').slice(-8)}-0000-4000-8000-${String(count++).padStart(12, '0')}`;
};

/** An endless stream of the SDK's messages: Zipf activity over `contacts`, one in a hundred starts a durable run. */
export const messagesOf = (
  templates: Templates,
  options: { contacts: number; seed: number; run: string },
): MessageSource => {
  const random = randomOf(options.seed);
  const someone = zipfOf(options.contacts, random);
  const nextId = idsOf(options.run);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T; // random() < 1
  const track = (contact: number, event: string, at: number): Message => {
    const page = Math.floor(random() * 500);
    return {
      ...templates.track,
      timestamp: new Date(at).toISOString(),
      event,
      properties: {
        url: `https://www.example.com/products/pages/${page}`,
        title: `Products and services, page ${page}`,
        referrer: 'https://www.google.com/',
        campaign: `campaign-${Math.floor(random() * 40)}`,
        value: page,
      },
      userId: userOf(contact),
      messageId: nextId(at),
    };
  };
  return {
    of: track,
    // Who is very active views many pages, but does not ask for many trials.
    event: (at) =>
      random() * oneIn < 1
        ? track(Math.floor(random() * options.contacts), runEvent, at)
        : track(someone(), pick(commonEvents), at),
    identify: (contact, at) => ({
      ...templates.identify,
      timestamp: new Date(at).toISOString(),
      traits: {
        email: userOf(contact),
        country: pick(countries),
        role: pick(roles),
        company: `Company ${contact % 5000}`,
      },
      userId: userOf(contact),
      messageId: nextId(at),
    }),
  };
};
