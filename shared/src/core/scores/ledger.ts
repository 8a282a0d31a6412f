import type { Amount } from '../../nodes/node-type.ts';
import { digest, idOf, numbered } from '../ids.ts';
import { entryName, totalKey, type CompiledModel } from '../program.ts';
import type { DecayStep, EntryKind, Expiring } from '../result.ts';
import { behaviourPart, clampScore, fade, groupValue, rawScore } from './score.ts';
import { openComparisonsOf } from './comparisons.ts';
import { plus, microPerPoint, toMicro, type GroupState, type Micro, type ModelState } from '../subject.ts';
import type { Work } from '../work.ts';

/** A decay step that would leave less than this above the floor goes to the floor: 0.01 points. */
const leastAboveFloor: Micro = microPerPoint / 100;

/** Whether a behaviour part is as good as at the floor. Rounded before it is compared, as scores are. */
export const isAtFloor = (part: number, floor: Micro): boolean => Math.round(part) - floor < leastAboveFloor;

/** Tells apart entries of one cause within one input: what each is of, and a count. */
export interface Occurrence {
  of: string;
  count: number | null;
}
/** Where there is one at most. */
export const only: Occurrence = { of: '', count: null };

interface Writing {
  kind: EntryKind;
  model: string;
  group: string | null;
  points: Micro;
  cause: string;
  occurrence: Occurrence;
  runId?: string | null;
  epoch: number;
  factors?: Record<string, number> | null;
  of?: string | null;
}

const entryId = (work: Work, name: string, { of, count }: Occurrence): string => {
  const named = digest(of, digest(name, work.rootDigest));
  return idOf(count === null ? named : numbered(count, named));
};

/** Appends an entry that is dated now. */
export const write = (work: Work, writing: Writing): void => {
  const { kind, model, cause } = writing;
  work.addEntry({
    id: entryId(work, entryName(kind, model, cause), writing.occurrence),
    seq: ++work.subject.entries,
    model,
    group: writing.group,
    kind,
    points: writing.points,
    at: work.at,
    earnedAt: work.at,
    cause,
    messageId: work.messageId,
    runId: writing.runId ?? null,
    decays: false,
    expiresAt: null,
    epoch: writing.epoch,
    factors: writing.factors ?? null,
    of: writing.of ?? null,
  });
};

/** How points of behaviour are earned: by a rule the same way every time, by a node differently with every pass. */
export interface Earning {
  group: string;
  points: Micro;
  cause: string;
  /** `totalKey` of group and cause. */
  total: string;
  /** `entryName` of its points. */
  name: string;
  occurrence: Occurrence;
  runId: string | null;
  decays: boolean;
  /** Infinity: never; null: the model's look-back window. */
  expiresAfterMs: number | null;
}

/** Whether points earned at a moment would still be worth something; else why not. */
export const worthEarning = (work: Work, model: CompiledModel, expiresAfterMs: number | null): string | null => {
  const resetAt = work.of(model.id).state?.resetAt ?? null;
  if (resetAt !== null && work.earnedAt < resetAt) return 'older than the last reset';
  const expiresAt = work.earnedAt + (expiresAfterMs ?? model.windowMs ?? Infinity);
  return expiresAt <= work.at ? 'older than the look-back window' : null;
};

/** Adds points of behaviour, dated `work.earnedAt`; decay steps since then shrink them. */
export const earn = (work: Work, model: CompiledModel, earning: Earning): void => {
  openComparisonsOf(work, model);
  const bench = work.of(model.id);
  const state = bench.own();
  const group = bench.group(earning.group);
  const { earnedAt } = work;
  const { points } = earning;
  const decays = earning.decays && model.halfLifeMs !== null;
  const over = earnedAt + (earning.expiresAfterMs ?? model.windowMs ?? Infinity);
  const expiresAt = over === Infinity ? null : over;
  const id = entryId(work, earning.name, earning.occurrence);
  const seq = ++work.subject.entries;
  work.addEntry({
    id,
    seq,
    model: model.id,
    group: earning.group,
    kind: 'points',
    points,
    at: work.at,
    earnedAt,
    cause: earning.cause,
    messageId: work.messageId,
    runId: earning.runId,
    decays,
    expiresAt,
    epoch: state.epoch,
    factors: null,
    of: null,
  });
  const shrunkSince = earnedAt < work.at ? shrinkSince(work, model, state, earning.group, earnedAt) : 1;
  bench.addTotal(earning.total, points);
  if (state.firstPointAt === null || earnedAt < state.firstPointAt) state.firstPointAt = earnedAt;
  if (expiresAt !== null) {
    const expiring: Expiring = {
      entryId: id,
      seq,
      model: model.id,
      group: earning.group,
      cause: earning.cause,
      epoch: state.epoch,
      // An era that cannot come again: what a step to zero took never comes back.
      era: shrunkSince === 0 ? -1 : group.era,
      shrink: shrunkSince === 0 ? 0 : group.shrink - Math.log(shrunkSince),
      points,
      earnedAt,
      decays,
      expiresAt,
    };
    work.addExpiring(expiring);
    work.facts.addExpiring(expiring);
    work.subject.expiring++;
  }
  if (shrunkSince === 0) return;
  group.live++;
  const worth = points * shrunkSince;
  if (!decays) group.lasting = plus(group.lasting, worth);
  else if (earnedAt > group.at) {
    group.fading = group.fading * fade(earnedAt - group.at, model.halfLifeMs) + worth;
    group.at = earnedAt;
  } else group.fading += worth * fade(group.at - earnedAt, model.halfLifeMs);
};

const shrinkSince = (work: Work, model: CompiledModel, state: ModelState, group: string, since: number): number => {
  let product = 1;
  for (const step of work.facts.stepsAfter(model.id, state.epoch, since)) product *= step.factors[group] ?? 1;
  return product;
};

/** Takes off what is left of an entry whose window is over. */
export const expire = (work: Work, model: CompiledModel | undefined, expiring: Expiring): void => {
  work.addExpired(expiring.entryId);
  work.subject.expiring--;
  const bench = work.of(expiring.model);
  if (bench.state?.epoch !== expiring.epoch) return;
  const group = bench.group(expiring.group);
  let left = 0;
  if (expiring.era === group.era) {
    const ratio = Math.exp(group.shrink - expiring.shrink);
    const halfLifeMs = model?.halfLifeMs ?? null;
    if (expiring.decays) {
      left = expiring.points * ratio * fade(work.at - expiring.earnedAt, halfLifeMs);
      group.fading -= expiring.points * ratio * fade(group.at - expiring.earnedAt, halfLifeMs);
    } else {
      left = expiring.points * ratio;
      group.lasting -= left;
    }
    group.live--;
    if (group.live === 0) {
      group.lasting = 0;
      group.fading = 0;
    }
  }
  bench.addTotal(totalKey(expiring.group, expiring.cause), -expiring.points);
  write(work, {
    kind: 'expiry',
    model: expiring.model,
    group: expiring.group,
    points: -Math.round(left) + 0,
    cause: expiring.cause,
    occurrence: { of: expiring.entryId, count: null },
    epoch: expiring.epoch,
    of: expiring.entryId,
  });
};

/**
 * A decay step: cuts every behaviour group to its cap, then shrinks all alike. Returns what it took, in micropoints; null
 * when the part is at the floor already.
 */
export const decayStep = (
  work: Work,
  model: CompiledModel,
  by: Amount,
  floor: Micro,
  cause: string,
  occurrence: Occurrence,
  runId: string | null,
): Micro | null => {
  const bench = work.of(model.id);
  const part = behaviourPart(model, bench.reading(model), work.at);
  if (isAtFloor(part, floor)) return null;
  openComparisonsOf(work, model);
  const state = bench.own();
  const wanted = by.kind === 'points' ? toMicro(by.points) : (part * by.percent) / 100;
  const left = isAtFloor(part - wanted, floor) ? floor : part - wanted;
  const ratio = left / part;
  const factors: Record<string, number> = {};
  for (const { id, kind, cap } of model.groups) {
    if (kind !== 'behaviour') continue;
    const group = state.groups[id];
    const value = groupValue(group, model.halfLifeMs, work.at);
    const factor = Math.min(1, (value > cap ? cap / value : 1) * ratio);
    // An empty group has a factor too: what arrives late may have been earned before this step.
    factors[id] = factor;
    if (group && group.live > 0) shrinkGroup(bench.group(id), factor);
  }
  const step: DecayStep = { model: model.id, epoch: state.epoch, at: work.at, factors };
  work.facts.addStep(step);
  const taken = Math.round(part - left) + 0;
  write(work, {
    kind: 'decay',
    model: model.id,
    group: null,
    points: -taken + 0,
    cause,
    occurrence,
    runId,
    epoch: state.epoch,
    factors,
  });
  return taken;
};

const shrinkGroup = (group: GroupState, factor: number): void => {
  if (factor > 0) {
    group.lasting *= factor;
    group.fading *= factor;
    group.shrink += Math.log(factor);
    return;
  }
  group.lasting = 0;
  group.fading = 0;
  group.live = 0;
  group.shrink = 0;
  group.era++;
};

/** Whether a reset would change anything. */
export const hasPeriod = (state: ModelState | undefined): state is ModelState =>
  state !== undefined && (state.firstPointAt !== null || state.adjustment !== 0 || state.counted.length > 0);

/** A new epoch: behaviour is worth nothing, counters are clear, profile points stay. Returns what it took. */
export const resetModel = (
  work: Work,
  model: CompiledModel,
  cause: string,
  occurrence: Occurrence,
  runId: string | null,
): Micro => {
  openComparisonsOf(work, model);
  const bench = work.of(model.id);
  const state = bench.own();
  const taken = Math.round(behaviourPart(model, bench.reading(model), work.at)) + state.adjustment;
  write(work, {
    kind: 'reset',
    model: model.id,
    group: null,
    points: -taken + 0,
    cause,
    occurrence,
    runId,
    epoch: state.epoch,
  });
  // Rows of `expiring` stay until their moment: not all of them are loaded here, and no driver may know more than another.
  bench.clear();
  state.epoch++;
  state.resetAt = work.at;
  return taken;
};

/** A lasting adjustment after which the score reads the target (within the clamp). */
export const adjustTo = (
  work: Work,
  model: CompiledModel,
  target: Micro,
  cause: string,
  occurrence: Occurrence,
  runId: string | null,
): Micro => {
  const bench = work.of(model.id);
  // Owned before it is read: a model nothing was earned in is at zero, not at nothing.
  bench.own();
  const change = clampScore(model, target) - rawScore(model, bench.reading(model), work.at);
  return adjustBy(work, model, change, cause, occurrence, runId);
};

/** Points outside all groups, which neither decay nor expire; a reset takes them. Returns what it added. */
export const adjustBy = (
  work: Work,
  model: CompiledModel,
  change: Micro,
  cause: string,
  occurrence: Occurrence,
  runId: string | null,
): Micro => {
  openComparisonsOf(work, model);
  const state = work.of(model.id).own();
  state.adjustment += change;
  write(work, {
    kind: 'adjustment',
    model: model.id,
    group: null,
    points: change,
    cause,
    occurrence,
    runId,
    epoch: state.epoch,
  });
  return change;
};

/** Holds, changes or gives back the points of a profile rule. */
export const hold = (
  work: Work,
  model: CompiledModel,
  ruleId: string,
  cause: string,
  held: { group: string; points: Micro } | null,
): void => {
  const bench = work.of(model.id);
  const before = bench.state?.held[ruleId];
  if (before ? held !== null && held.group === before.group && held.points === before.points : held === null) return;
  openComparisonsOf(work, model);
  const { epoch } = bench.own();
  if (before) {
    delete bench.held()[ruleId];
    write(work, {
      kind: 'reversal',
      model: model.id,
      group: before.group,
      points: -before.points + 0,
      cause,
      occurrence: { of: '', count: work.subject.entries },
      epoch,
    });
  }
  if (held) {
    bench.held()[ruleId] = held;
    write(work, {
      kind: 'profile',
      model: model.id,
      group: held.group,
      points: held.points,
      cause,
      occurrence: { of: '', count: work.subject.entries },
      epoch,
    });
  }
};
