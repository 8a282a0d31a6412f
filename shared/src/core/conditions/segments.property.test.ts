import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { dayMs } from '../../model/time.ts';
import { compile } from '../compile.ts';
import { richDefinitions } from '../generators/definitions.ts';
import { TestDriver } from '../generators/driver.ts';
import { history } from '../generators/histories.ts';
import { question } from './question.ts';

const numRuns = Number(process.env['PROPERTY_RUNS'] ?? 120);
let watchedOnes = 0;
let members = 0;
let bounded = 0;

test('what is known of membership stays right until the next due moment, and questions with what they need answer the same', () => {
  fc.assert(
    fc.property(
      richDefinitions,
      history({ minLength: 3, maxLength: 15 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (definitions, events, share) => {
        const program = compile(definitions);
        const driver = new TestDriver(program, { frugal: true });
        for (const event of events) {
          driver.live(event.arrivedAt);
          driver.apply([event]);
          const { clock, nextDueAt } = driver.subject;
          const last = nextDueAt === null ? clock + 60 * dayMs : nextDueAt - 1;
          const at = clock + Math.max(0, Math.floor((last - clock) * share));
          for (const { id, when } of definitions.segments) {
            const asked = question(program, when);
            const everything = asked.holds(driver.subject, driver.book(null), at);
            const named = asked.holds(driver.subject, driver.book(asked.needs(driver.subject, at)), at);
            expect(named).toBe(everything);
            if (!program.watched.some((watched) => watched.id === id)) continue;
            watchedOnes++;
            if (nextDueAt !== null && at > clock) bounded++;
            if (everything) members++;
            expect({ id, at, is: driver.subject.segments.includes(id) }).toEqual({ id, at, is: everything });
          }
        }
      },
    ),
    { numRuns },
  );
  expect(Math.min(watchedOnes, members, bounded)).toBeGreaterThan(numRuns / 5);
});
