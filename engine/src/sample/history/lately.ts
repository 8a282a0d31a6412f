import { Dice } from '../dice.ts';
import type { Person } from '../people/person.ts';
import type { Happening } from './happening.ts';

const minuteMs = 60_000;
const stream = 2_000_000_000;

/** What is live: within the last hour, so that queues tick, messages go out and runs wait. */
const latelyMs = 55 * minuteMs;

/**
 * What some contacts did within the last hour. It is sent as live events after the historical load, so that it pages people
 * as any other day would: a few ask to be contacted, some click through to pricing, some try the product.
 */
export const lately = (seed: number, people: readonly Person[], now: number): Happening[] => {
  const dice = new Dice(seed, stream);
  const happenings: Happening[] = [];
  const keen = people.filter(({ habit }) => habit === 'buyer' || habit === 'evaluator');
  const count = Math.min(keen.length, Math.max(6, Math.round(people.length / 100)));
  const chosen = new Set<Person>();
  for (let tries = 0; chosen.size < count && tries < count * 20; tries++) {
    const person = keen[Math.floor(dice.next() * keen.length)];
    if (person) chosen.add(person);
  }
  for (const [index, person] of [...chosen].entries()) {
    let at = Math.floor(now - latelyMs + dice.next() * (latelyMs - 10 * minuteMs));
    let number = 0;
    const add = (what: Happening['what']): void => {
      happenings.push({ at, person, number: number++, as: 'known', what });
      at += dice.whole(20_000, 90_000);
    };
    const page = (path: string): void => add({ kind: 'page', path });
    const track = (event: string, properties = {}): void => add({ kind: 'track', event, properties });
    if (number === 0 && person.anonymousFirst) add({ kind: 'identify' });
    switch (index % 4) {
      case 0:
        page('/pricing');
        track('Contact Form Submitted', { topic: 'A demonstration' });
        break;
      case 1:
        track('Email Clicked', { email: 'Before you call', link: '/pricing' });
        if (dice.chance(0.4)) page('/pricing');
        break;
      case 2:
        track('Trial Started', { plan: 'Team' });
        track('Feature Used', { feature: 'Canvas' });
        track('Teammate Invited');
        break;
      default:
        page('/customers/logistics');
        track('Guide Downloaded', { guide: 'The handoff that sales likes' });
        page('/pricing');
    }
  }
  return happenings;
};
