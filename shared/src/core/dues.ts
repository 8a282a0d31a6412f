import { sooner } from './conditions/conditions.ts';
import { openComparisons } from './scores/comparisons.ts';
import { nextCrossing } from './scores/crossings.ts';
import { meetDates, nextDate } from './conditions/dates.ts';
import { decayStep, expire, hasPeriod, isAtFloor, only, resetModel } from './scores/ledger.ts';
import type { CompiledModel } from './program.ts';
import { applyProfileRules } from './scores/rules.ts';
import { behaviourPart } from './scores/score.ts';
import { lookAtSegments } from './conditions/segments.ts';
import { settle, stayOverAt } from './scores/stages.ts';
import type { ModelState } from './subject.ts';
import { nextWaitOver, resumeTimedOut } from './runs/waits.ts';
import type { Work } from './work.ts';

/** The next moment at which something changes without input; never before the clock. Null: nothing will. */
export const nextDue = (work: Work): number | null => {
  const { subject, program } = work;
  let due = stayOverAt(work);
  let open = false;
  for (const { when } of program.watched) {
    const flip = when.nextFlip(work);
    if (flip === null) continue;
    open = true;
    due = sooner(due, flip);
  }
  if (subject.expiring > 0) due = sooner(due, nextExpiry(work));
  for (const model of program.models) {
    const levels = open ? model.levelsOfSegments : model.levels;
    const crosses = model.halfLifeMs !== null && levels.score.length + levels.behaviour.length > 0;
    if (!crosses && !model.decay && !model.reset) continue;
    const { state } = work.of(model.id);
    if (!state) continue;
    due = sooner(due, nextDecay(work, model, state));
    due = sooner(due, nextReset(work, model, state));
    if (crosses) due = sooner(due, nextCrossing(model, levels, work.of(model.id).reading(model), work.at));
  }
  for (const condition of program.timed) due = sooner(due, condition.nextFlip(work));
  for (const { afterMs } of program.inactive) {
    const at = subject.lastActivityAt === null ? null : subject.lastActivityAt + afterMs;
    if (at !== null && at > work.at) due = sooner(due, at);
  }
  if (program.dates.length > 0) due = sooner(due, nextDate(work));
  if (subject.runs.length > 0) due = sooner(due, nextWaitOver(work));
  return due === null || due === Infinity ? null : Math.max(due, work.at);
};

const nextExpiry = (work: Work): number => {
  const next = work.facts.nextExpiring();
  if (!next)
    throw new Error(`Contact ${work.subject.id} has ${work.subject.expiring} expiring entries, but none was loaded.`);
  return next.expiresAt;
};

/** Steps fall at `lastActivityAt + after + k * every`; the first after the clock that would take something. */
const nextDecay = (work: Work, model: CompiledModel, state: ModelState): number | null => {
  const { decay } = model;
  const { lastActivityAt } = work.subject;
  if (!decay || lastActivityAt === null) return null;
  const first = lastActivityAt + decay.afterMs;
  let at = first;
  if (first <= work.at) {
    if (decay.everyMs === null) return null;
    at = first + (Math.floor((work.at - first) / decay.everyMs) + 1) * decay.everyMs;
  }
  if (!isAtFloor(behaviourPart(model, work.of(model.id).reading(model), at), decay.floor)) return at;
  // Only fading penalties can lift a part that is at its floor without an input.
  const rises = model.halfLifeMs !== null && Object.values(state.groups).some((group) => group.fading < 0);
  return rises && decay.everyMs !== null ? at : null;
};

const nextReset = (work: Work, model: CompiledModel, state: ModelState | undefined): number | null => {
  const { reset } = model;
  if (!reset || !hasPeriod(state)) return null;
  if (reset.from === 'first_point') return state.firstPointAt === null ? null : state.firstPointAt + reset.afterMs;
  const { lastActivityAt } = work.subject;
  return lastActivityAt === null ? null : Math.max(lastActivityAt, state.resetAt ?? lastActivityAt) + reset.afterMs;
};

/**
 * Applies everything due at one moment, in the order of the domain: expiries, decay steps, resets, stage moves, resumed
 * waits; then what these trigger.
 */
export const applyDue = (work: Work, at: number, backfilled: boolean): void => {
  const before = Math.max(work.at, at - 1);
  // A moment is met again only by what became due at it since: steps and silences fall once.
  const first = at > work.at;
  // Comparisons are opened on the state as it was, with the conditions' clock there too.
  work.enter(before, before, '', backfilled);
  openComparisons(work, before);
  work.messageId = null;
  // Met again, the moment is another root: its runs must not be taken for those of the first time.
  work.enter(at, at, first ? `due:${at}` : `due:${at}:${work.subject.entries}`, backfilled);
  for (let next = dueExpiry(work); next; next = dueExpiry(work)) {
    work.facts.takeExpiring();
    expire(work, work.program.model.get(next.model), next);
  }
  for (const model of work.program.models) {
    const { decay } = model;
    if (first && decay && isStep(work, decay.afterMs, decay.everyMs))
      decayStep(work, model, decay.by, decay.floor, 'decay', only, null);
  }
  for (const model of work.program.models) {
    const reset = nextReset(work, model, work.of(model.id).state);
    if (reset !== null && reset <= at) resetModel(work, model, 'reset', only, null);
  }
  if (work.program.timed.length > 0) applyProfileRules(work);
  settle(work);
  lookAtSegments(work);
  if (first && work.program.inactive.some(({ afterMs }) => work.subject.lastActivityAt === at - afterMs))
    work.queue.push({ kind: 'inactive', at });
  if (first && work.program.dates.length > 0) meetDates(work);
  resumeTimedOut(work);
};

const dueExpiry = (work: Work) => {
  const next = work.subject.expiring > 0 ? work.facts.nextExpiring() : undefined;
  return next && next.expiresAt <= work.at ? next : undefined;
};

const isStep = (work: Work, afterMs: number, everyMs: number | null): boolean => {
  const { lastActivityAt } = work.subject;
  if (lastActivityAt === null) return false;
  const sinceFirst = work.at - (lastActivityAt + afterMs);
  return sinceFirst === 0 || (sinceFirst > 0 && everyMs !== null && sinceFirst % everyMs === 0);
};
