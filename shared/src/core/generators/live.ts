import { internalEvents } from '../arrivals/internal-events.ts';
import type { Program } from '../program.ts';
import { isAsking, type Asking } from '../runs/asking.ts';
import type { EventInput } from '../result.ts';
import { derivedFraction } from '../ids.ts';
import { TestDriver } from './driver.ts';

const hourMs = 3_600_000;

const internal = (type: string, messageId: string, at: number, properties: EventInput['properties']): EventInput => ({
  kind: 'event',
  messageId,
  type,
  properties,
  fields: null,
  occurredAt: at,
  arrivedAt: at,
  backfilled: false,
});

/** What comes back: for a request a response, or nothing; for a handoff the answer, then, for most, what became of the lead. */
const repliesTo = (ask: Asking): EventInput[] => {
  const chance = derivedFraction(ask.id);
  if (ask.kind === 'deliver') {
    const said =
      chance < 0.3 ? { port: 'failed', detail: null } : { port: 'response', detail: { body: { grade: chance } } };
    return [internal(internalEvents.answer, `answer:${ask.id}`, ask.at + hourMs, { ask: ask.id, ...said })];
  }
  if (chance < 0.35)
    return [internal(internalEvents.answer, `answer:${ask.id}`, ask.at + hourMs, { ask: ask.id, port: 'no_one' })];
  const answer = internal(internalEvents.answer, `answer:${ask.id}`, ask.at + hourMs, { ask: ask.id, port: 'routed' });
  if (chance < 0.5) return [answer];
  const outcome = chance < 0.75 ? internalEvents.leadRejected : internalEvents.leadWon;
  return [
    answer,
    internal(internalEvents.leadAccepted, `accepted:${ask.id}`, ask.at + 2 * hourMs, { lead: ask.id }),
    internal(outcome, `outcome:${ask.id}`, ask.at + 50 * hourMs, { lead: ask.id }),
  ];
};

/**
 * Lives a contact's history as a lane does: every arrival by itself, every due at its moment, and replies of sales to what
 * is asked, which arrive in between. The driver's inputs are then all arrivals, in order.
 */
export const liveThrough = (program: Program, events: readonly EventInput[], asOf: number, id?: string): TestDriver => {
  const driver = new TestDriver(program, { id, frugal: true });
  const replies: EventInput[] = [];
  const seen = new Set<string>();
  const collect = (): void => {
    for (const effect of driver.outcome.effects) {
      if (!isAsking(effect) || seen.has(effect.id)) continue;
      seen.add(effect.id);
      replies.push(...repliesTo(effect));
    }
    replies.sort((a, b) => a.arrivedAt - b.arrivedAt);
  };
  /** Time passes, and with it dues and replies, until `to`. */
  const pass = (to: number): void => {
    for (;;) {
      collect();
      const due = driver.subject.nextDueAt ?? Infinity;
      const reply = replies[0];
      if (reply && reply.arrivedAt <= to && reply.arrivedAt <= due) driver.apply([replies.shift() ?? reply]);
      else if (due <= to) driver.tick(due);
      else return;
    }
  };
  for (const event of events) {
    pass(event.arrivedAt);
    driver.apply([event]);
  }
  pass(asOf);
  return driver;
};
