import fc from 'fast-check';
import { expect, test } from 'vitest';
import { firstOutboxMemory, judgeOutbox, type OutboxReading } from './outbox-bound.ts';

const options = { maxLagMs: 10_000, aliveMs: 20_000 };
const lookMs = 500;

const count = fc.oneof(fc.nat(5), fc.nat(5_000), fc.nat(1_000_000));
const age = fc.option(fc.nat(60_000));
const readings: fc.Arbitrary<OutboxReading> = fc.record({
  waiting: count,
  expected: count,
  perSecond: fc.option(fc.double({ min: 0.1, max: 1_000, noNaN: true })),
  carriedAgoMs: age,
  oldestMs: age,
});

test('whatever it reads, it refuses for no longer than the bound without a break', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(readings, fc.integer({ min: 1, max: 3_000 })), { maxLength: 100 }), (looks) => {
      let memory = firstOutboxMemory;
      let atMs = 0;
      let refusingSince: number | null = null;
      for (const [reading, laterMs] of looks) {
        atMs += laterMs;
        const judged = judgeOutbox(reading, memory, atMs, options);
        memory = judged.memory;
        refusingSince = judged.roomInSeconds === null ? null : (refusingSince ?? atMs);
        if (refusingSince !== null) expect(atMs - refusingSince).toBeLessThan(options.maxLagMs);
        if (judged.roomInSeconds !== null) expect(judged.roomInSeconds).toBeGreaterThanOrEqual(1);
      }
    }),
  );
});

/** What senders, lanes and dispatcher do: events and rows a second. */
interface Course {
  sent: number;
  applied: number;
  rowsPerEvent: number;
  carried: number;
}
const betweenLooksMs = ({ sent, rowsPerEvent, carried }: Course): number => (sent * lookMs * rowsPerEvent) / carried;
const courses = fc
  .record({
    sent: fc.integer({ min: 100, max: 50_000 }),
    applied: fc.integer({ min: 1_000, max: 20_000 }),
    rowsPerEvent: fc.constantFrom(0.001, 0.01, 0.1, 1),
    carried: fc.integer({ min: 20, max: 500 }),
  })
  // Who takes in more than that before it looks again is not helped by refusing.
  .filter((course) => betweenLooksMs(course) < options.maxLagMs / 2);

/** Three minutes of such a course, look by look: the longest that a row waited (ms), and whether all got its share. */
const live = ({ sent, applied, rowsPerEvent, carried }: Course): { lagMs: number; idleWhileRefusing: boolean } => {
  let [inbox, outbox, lagMs, idleWhileRefusing] = [0, 0, 0, false];
  let memory = { excused: 0, refusingSinceMs: null as number | null };
  for (let atMs = 0; atMs < 180_000; atMs += lookMs) {
    const reading = {
      waiting: outbox,
      expected: inbox * rowsPerEvent,
      perSecond: carried,
      carriedAgoMs: 0,
      oldestMs: 0,
    };
    const { roomInSeconds, ...judged } = judgeOutbox(reading, memory, atMs, options);
    memory = judged.memory;
    const share = lookMs / 1000;
    if (roomInSeconds === null) inbox += sent * share;
    const done = Math.min(inbox, applied * share);
    inbox -= done;
    outbox += done * rowsPerEvent;
    lagMs = Math.max(lagMs, (outbox * 1000) / carried);
    // Rows that are expected come while those that wait are carried out.
    if (roomInSeconds !== null && outbox + inbox * rowsPerEvent < carried * share) idleWhileRefusing = true;
    outbox = Math.max(0, outbox - carried * share);
  }
  return { lagMs, idleWhileRefusing };
};

test('at a steady pace no row waits longer than the bound and what is taken in between two looks, and nobody rests', () => {
  fc.assert(
    fc.property(courses, (course) => {
      const { lagMs, idleWhileRefusing } = live(course);
      expect(lagMs).toBeLessThanOrEqual(options.maxLagMs + betweenLooksMs(course) + 1);
      expect(idleWhileRefusing).toBe(false);
    }),
  );
});
