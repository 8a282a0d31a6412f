import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Definitions } from '../../model/definitions.ts';
import { dayMs } from '../../model/time.ts';
import { compile } from '../compile.ts';
import { explain, scoreAt } from './explain.ts';
import { plainDefinitions } from '../generators/definitions.ts';
import { TestDriver } from '../generators/driver.ts';
import { history, lookAfterMs } from '../generators/histories.ts';
import { internalEvents } from '../arrivals/internal-events.ts';
import type { EventInput } from '../result.ts';

const numRuns = Number(process.env['PROPERTY_RUNS'] ?? 300);

/** Everybody belongs to the audience: who does not at the end would not earn again what was undone. */
const forAll = (definitions: Definitions): Definitions => ({
  ...definitions,
  models: definitions.models.map(({ audience: _, ...model }) => model),
});

/** In order: a late event may have taken a place in a counter that lies before the one undone. */
const inOrder = (events: readonly EventInput[]): EventInput[] =>
  events.map((event) => ({ ...event, occurredAt: event.arrivedAt, backfilled: false }));

const undone = fc
  .tuple(plainDefinitions.map(forAll), history({ minLength: 3 }).map(inOrder), lookAfterMs, fc.nat())
  .map(([definitions, events, after, pick]) => ({ definitions, events, after, pick: pick % events.length }));

const voiding = (messages: string[], at: number): EventInput => ({
  kind: 'event',
  messageId: 'undo',
  type: internalEvents.void,
  properties: { messages },
  fields: null,
  occurredAt: at,
  arrivedAt: at,
  backfilled: false,
});

let voids = 0;

describe('void then add again', () => {
  test('is as before: scores, their explanations, counters', () => {
    fc.assert(
      fc.property(undone, fc.integer({ min: 0, max: 60 * dayMs }), ({ definitions, events, after, pick }, later) => {
        const program = compile(definitions);
        const driver = new TestDriver(program, { frugal: true });
        for (const event of events) driver.apply([event]);
        // A reset in the very instant took what was there; what comes again comes after it.
        if (driver.outcome.entries.some(({ kind, at }) => kind === 'reset' && at === events[pick]?.arrivedAt)) return;
        const at = driver.subject.clock + after;
        driver.tick(at);
        const before = driver.subject;
        const event = events[pick];
        // Fields are not points: a change of them that is sent again may be older than what changed them since.
        if (!event || event.fields) return;
        driver.apply([voiding([event.messageId], at)]);
        voids += driver.outcome.entries.filter(({ kind }) => kind === 'void').length;
        driver.apply([{ ...event, messageId: 'again', arrivedAt: at }]);
        const until = Math.min(before.nextDueAt ?? Infinity, driver.subject.nextDueAt ?? Infinity) - 1;
        for (const { id } of definitions.models) {
          for (const moment of [at, Math.min(at + later, until)]) {
            if (moment < at) continue;
            const [was, is] = [before, driver.subject].map((subject) => scoreAt(program, subject, id, moment).score);
            expect(Math.abs((is ?? NaN) - (was ?? NaN))).toBeLessThanOrEqual(3e-6);
          }
          const causes = [before, driver.subject].map((subject) =>
            explain(program, subject, id, at).lines.flatMap(({ kind, cause, points }) =>
              kind === 'rule' ? [`${cause ?? ''} ${String(points)}`] : [],
            ),
          );
          expect(causes[1]).toEqual(causes[0]);
          const [was, is] = [before.models[id], driver.subject.models[id]];
          expect([...(is?.counted ?? [])].sort()).toEqual([...(was?.counted ?? [])].sort());
          expect(is?.firstPointAt ?? null).toBe(was?.firstPointAt ?? null);
        }
        expect(driver.subject.expiring).toBe(before.expiring);
      }),
      { numRuns },
    );
    expect(voids).toBeGreaterThan(numRuns / 10);
  });
});
