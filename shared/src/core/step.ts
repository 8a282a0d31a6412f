import { openComparisons } from './scores/comparisons.ts';
import { applyDue, nextDue } from './dues.ts';
import type { FactBook } from './facts.ts';
import { applyInternalEvent } from './arrivals/internal-events.ts';
import { eventOf, scannedEvent, triggerKey, type Program } from './program.ts';
import { futureToleranceMs, liveWindowMs, type EventInput, type Input, type StepResult } from './result.ts';
import { applyProfileRules, applyRules, giveBackGone } from './scores/rules.ts';
import { react } from './runs/react.ts';
import { adoptSegments, lookAtSegments } from './conditions/segments.ts';
import { settle } from './scores/stages.ts';
import type { Subject } from './subject.ts';
import { resumeByEvent } from './runs/waits.ts';
import { Work } from './work.ts';

/** Dues that one input may set off before something must be wrong. */
const mostDues = 1_000_000;

/**
 * Applies one input to one contact: first everything due up to it, each at its own moment, then the input. Returns the
 * next state and what follows from it; runs nothing. `subject` is not touched. `facts` must hold what `needs` named; the
 * step adds what later inputs of the batch must see, and nothing when it throws.
 */
export const step = (program: Program, subject: Subject, input: Input, facts: FactBook): StepResult => {
  const revised = subject.revision !== program.revision;
  const until = input.kind === 'tick' ? input.to : momentOf(input, subject);
  if (input.kind === 'tick') {
    // A contact to whom nothing happened yet meets its first definitions with its first event.
    if (subject.clock === 0) return unchanged(subject);
    if (!revised && (subject.nextDueAt === null || subject.nextDueAt > until)) return unchanged(subject);
  }
  const work = new Work(program, subject, facts);
  try {
    work.subject.revision = program.revision;
    if (revised) adoptSegments(work);
    advance(work, input, revised ? nextDue(work) : subject.nextDueAt, until);
    if (input.kind === 'event') applyEvent(work, input, until, revised);
    else if (revised) revise(work, until);
    work.subject.nextDueAt = nextDue(work);
    if (facts.ledger) facts.addEntries(work.entries);
    facts.commit();
  } catch (error) {
    facts.discard();
    throw error;
  }
  return work.result();
};

/**
 * A contact's state taken over by another program of the same revision, as if it had been in force before: when something
 * falls due, and which watched segments the contact is in, is found out anew. Nothing else changes, and under the program
 * that it had nothing at all.
 */
export const adopt = (program: Program, subject: Subject, facts: FactBook): Subject => {
  if (subject.clock === 0) return subject;
  const work = new Work(program, subject, facts);
  adoptSegments(work);
  work.subject.nextDueAt = nextDue(work);
  return work.subject;
};

const unchanged = (subject: Subject): StepResult => ({
  subject,
  entries: [],
  moves: [],
  effects: [],
  runs: [],
  counted: [],
  freed: [],
  expiring: [],
  expired: [],
  notes: [],
  nextDueAt: subject.nextDueAt,
});

/** When an event counts from: its own date, unless that lies too far ahead. */
export const earnedAtOf = (event: Pick<EventInput, 'occurredAt' | 'arrivedAt'>): number =>
  event.occurredAt > event.arrivedAt + futureToleranceMs ? event.arrivedAt : event.occurredAt;

/** The moment that a contact's clock reaches with an event. */
export const momentOf = (
  event: Pick<EventInput, 'occurredAt' | 'arrivedAt'>,
  subject: Pick<Subject, 'clock'>,
): number => Math.max(event.arrivedAt, earnedAtOf(event), subject.clock);

const advance = (work: Work, input: Input, firstDue: number | null, until: number): void => {
  let due = firstDue;
  for (let count = 0; due !== null && due <= until; count++) {
    if (count === mostDues)
      throw new Error(
        `More than ${mostDues} moments fell due before one input; a wait or decay step repeats too quickly.`,
      );
    const late = (input.kind === 'tick' ? input.now : input.arrivedAt) - due > liveWindowMs;
    applyDue(work, due, late || (input.kind === 'event' && input.backfilled));
    react(work);
    due = nextDue(work);
  }
};

/** Brings a contact up to newly published definitions when nothing else happens to it. */
const revise = (work: Work, at: number): void => {
  work.messageId = null;
  work.enter(Math.max(work.at, at), Math.max(work.at, at), `revision:${work.program.revision}`, true);
  openComparisons(work);
  applyProfileRules(work);
  settle(work);
  react(work);
};

/** Inside one event: fields; model rules; stage moves; resumed waits; then automations. */
const applyEvent = (work: Work, event: EventInput, at: number, revised: boolean): void => {
  const first = work.subject.clock === 0;
  work.enter(at, earnedAtOf(event), event.messageId, event.backfilled);
  work.messageId = event.messageId;
  work.properties = event.properties;
  const { subject, facts } = work;
  let type = eventOf(work.program, event.type);
  if (!revised && !first && !type.watched) work.membershipStands();
  if (facts.ledger) facts.addProperties(event.messageId, event.properties);
  if (type.internal) {
    if (revised) applyProfileRules(work);
    settle(work);
    applyInternalEvent(work, event.type);
    react(work);
    return;
  }
  if (type.remembered) facts.addEvent(event.type, { at: work.earnedAt, properties: event.properties });
  const scanned = type.scanner?.why(work) ?? null;
  if (scanned !== null) {
    work.note(scanned);
    type = scannedEvent;
  }
  if (type.activity) subject.lastActivityAt = Math.max(subject.lastActivityAt ?? 0, work.earnedAt);
  if (event.fields) applyFields(work, event.fields);
  if (revised) {
    giveBackGone(work);
    work.fieldsChanged = true;
  }
  applyRules(work, scanned === null ? event.type : null, type);
  settle(work);
  lookAtSegments(work);
  if (subject.runs.length > 0 && scanned === null) resumeByEvent(work, event.type);
  // The event itself comes first: what it changed follows from it.
  react(work, type.key === null ? null : { kind: 'trigger', key: type.key, properties: event.properties });
};

const applyFields = (work: Work, fields: NonNullable<EventInput['fields']>): void => {
  openComparisons(work);
  for (const name of Object.keys(fields)) {
    const value = fields[name] ?? null;
    const known = work.subject.fieldTimes[name];
    // The newest value wins, whichever arrives first.
    if (known !== undefined && known > work.earnedAt) continue;
    const before = work.subject.fields[name] ?? null;
    work.setField(name, value, work.earnedAt);
    if (JSON.stringify(before) === JSON.stringify(value)) continue;
    work.fieldsChanged = true;
    work.queue.push({
      kind: 'trigger',
      key: triggerKey('field_changed', name),
      properties: { field: name, from: before, to: value },
    });
  }
};
