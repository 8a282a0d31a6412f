import type { Condition } from '../../model/condition.ts';
import { daysMs } from '../../model/time.ts';
import { ownValue, readPath, type FieldValue, type Properties } from '../../model/value.ts';
import { compileComparison } from './comparison.ts';
import type { PastEvent } from '../facts.ts';
import { toMicro, type Micro } from '../subject.ts';

/** What a condition looks at. */
export interface View {
  readonly at: number;
  readonly fields: Readonly<Record<string, FieldValue>>;
  readonly labels: readonly string[];
  readonly stage: string | null;
  /** Properties of the event at hand. */
  readonly properties: Properties;
  events(type: string): readonly PastEvent[];
  /** Score in micropoints, clamped. */
  score(model: string, part: 'all' | 'behaviour'): Micro;
  /** The band that a score lies in. */
  band(model: string): string | null;
}

/** An event count that a condition needs from the past. */
export interface PastNeed {
  type: string;
  withinMs: number | null;
  /** How many of the latest events decide it; null when each must be looked at. */
  latest: number | null;
  /** It is asked only where all of these hold; undefined: always. */
  gates?: readonly FieldGate[] | undefined;
}

/** What a condition asks of one field, whose answer time does not change. */
export interface FieldGate {
  field: string;
  holds(value: FieldValue | undefined): boolean;
}

export interface CompiledCondition {
  holds(view: View): boolean;
  /**
   * Next moment at which time alone may change the answer; Infinity: only scores that fade can, and when is solved by their
   * levels; null: nothing but an input can.
   */
  nextFlip(view: View): number | null;
  readonly past: readonly PastNeed[];
  /** It does not hold where one of these does not. */
  readonly gates: readonly FieldGate[];
  /** Scores that it compares with a level: what time does to them is solved there, not by `nextFlip`. */
  readonly levels: readonly ScoreLevel[];
  /** Where it asks for bands: what time does to them is solved there too. */
  readonly bands: readonly Bands[];
  /** Whether time alone can change the answer, apart from scores. */
  readonly timed: boolean;
  readonly looksAtStage: boolean;
}

/** A value of a score, in micropoints, at which an answer flips. */
export interface ScoreLevel {
  model: string;
  part: 'all' | 'behaviour';
  level: Micro;
}

/** Bands of a model that a score is asked to lie in. */
export interface Bands {
  model: string;
  among: ReadonlySet<string | null>;
}

/** The condition of a segment, compiled; null when there is no segment of the id. */
export type SegmentOf = (id: string) => CompiledCondition | null;

const never = (): null => null;
const asScoresFade = (): number => Infinity;

/** What most conditions have nothing of. */
const plain = {
  nextFlip: never,
  ...{ past: [], gates: [], levels: [], bands: [], timed: false, looksAtStage: false },
} as const;

/** Nobody is in a segment that is gone: old versions of automations may still name it. */
const nobody: CompiledCondition = { ...plain, holds: () => false };

/** Compiles a condition. Throws a sentence when a pattern in it cannot be read. */
export const compileCondition = (condition: Condition, segmentOf: SegmentOf): CompiledCondition => {
  switch (condition.kind) {
    case 'all':
    case 'any':
      return combine(
        condition.of.map((part) => compileCondition(part, segmentOf)),
        condition.kind === 'any',
      );
    case 'not': {
      const inner = compileCondition(condition.of, segmentOf);
      return { ...inner, gates: [], holds: (view) => !inner.holds(view) };
    }
    case 'field': {
      const test = compileComparison(condition.is);
      const read = (view: View) => ownValue(view.fields, condition.field);
      return {
        ...plain,
        holds: (view) => test.holds(read(view), view.at),
        nextFlip: (view) => test.nextFlip(read(view), view.at),
        gates: test.timed ? [] : [{ field: condition.field, holds: (value) => test.holds(value, 0) }],
        timed: test.timed,
      };
    }
    case 'property': {
      const test = compileComparison(condition.is);
      return {
        ...plain,
        holds: (view) => test.holds(readPath(view.properties, condition.property), view.at),
        nextFlip: (view) => test.nextFlip(readPath(view.properties, condition.property), view.at),
        timed: test.timed,
      };
    }
    case 'performed':
      return performed(condition, segmentOf);
    case 'score': {
      const { model, part = 'all' } = condition;
      const from = condition.atLeast === undefined ? -Infinity : toMicro(condition.atLeast);
      const below = condition.below === undefined ? Infinity : toMicro(condition.below);
      const holds = (view: View): boolean => {
        const score = view.score(model, part);
        return score >= from && score < below;
      };
      const levels = [from, below].filter(Number.isFinite).map((level) => ({ model, part, level }));
      return { ...plain, holds, nextFlip: asScoresFade, levels };
    }
    case 'band': {
      const { model } = condition;
      const among = new Set<string | null>(condition.in);
      const holds = (view: View): boolean => among.has(view.band(model));
      return { ...plain, holds, nextFlip: asScoresFade, bands: [{ model, among }] };
    }
    case 'stage':
      return { ...plain, holds: (view) => condition.in.includes(view.stage), looksAtStage: true };
    case 'label':
      return { ...plain, holds: (view) => view.labels.includes(condition.label) };
    case 'segment':
      return segmentOf(condition.segment) ?? nobody;
  }
};

/** The cheapest to ask come first: fields before what is in the past, scores last. */
const byCost = (a: CompiledCondition, b: CompiledCondition): number => costOf(a) - costOf(b);
const costOf = ({ levels, bands, past }: CompiledCondition): number =>
  levels.length + bands.length > 0 ? 2 : past.length > 0 ? 1 : 0;

/** All of the parts, or any of them: one part of the answer `decisive` decides it. */
const combine = (parts: readonly CompiledCondition[], decisive: boolean): CompiledCondition => {
  const inTurn = [...parts].sort(byCost);
  // Of all parts the cheap ones come first, so the past is not asked where one of their gates is shut.
  const gates = decisive ? [] : parts.flatMap((part) => part.gates);
  const before = decisive ? [] : parts.filter((part) => costOf(part) === 0).flatMap((part) => part.gates);
  return {
    holds: (view) => {
      for (const part of inTurn) if (part.holds(view) === decisive) return decisive;
      return !decisive;
    },
    nextFlip: (view) => {
      let first: number | null = null;
      for (const part of inTurn) {
        const flip = part.nextFlip(view);
        if (flip === null && part.holds(view) === decisive) return null;
        first = sooner(first, flip);
      }
      return first;
    },
    past: parts.flatMap((part) => part.past.map((need) => behind(before, need))),
    gates,
    levels: parts.flatMap((part) => part.levels),
    bands: parts.flatMap((part) => part.bands),
    timed: parts.some((part) => part.timed),
    looksAtStage: parts.some((part) => part.looksAtStage),
  };
};

const behind = (gates: readonly FieldGate[], need: PastNeed): PastNeed =>
  gates.length === 0 ? need : { ...need, gates: [...(need.gates ?? []), ...gates] };

const performed = (condition: Extract<Condition, { kind: 'performed' }>, segmentOf: SegmentOf): CompiledCondition => {
  const where = condition.where ? compileCondition(condition.where, segmentOf) : null;
  const withinMs = condition.withinDays === undefined ? null : daysMs(condition.withinDays);
  const atLeast = condition.atLeast ?? (condition.atMost === undefined ? 1 : 0);
  const atMost = condition.atMost ?? Infinity;
  /** The `n`th event that counts, from 0 for the latest; undefined when there are not so many. */
  const latest = (view: View, n: number): PastEvent | undefined => {
    const events = view.events(condition.event);
    let left = n;
    for (let index = events.length - 1; index >= 0; index--) {
      const event = events[index] as PastEvent; // within bounds
      if (withinMs !== null && event.at <= view.at - withinMs) return undefined;
      if (event.at <= view.at && (!where || where.holds(withEvent(view, event))) && left-- === 0) return event;
    }
    return undefined;
  };
  const isEnough = (view: View): boolean => atLeast === 0 || latest(view, atLeast - 1) !== undefined;
  const isTooMany = (view: View): boolean => atMost !== Infinity && latest(view, atMost) !== undefined;
  /** Whether what is asked of each event may change without an input. */
  const changing = where !== null && (where.timed || where.levels.length + where.bands.length > 0);
  const nextFlip = (view: View): number | null => {
    if (withinMs === null && !changing) return null;
    // The one without which it is no longer one too many, or one too few.
    const decisive =
      (atMost === Infinity ? undefined : latest(view, atMost)) ??
      (atLeast === 0 ? undefined : latest(view, atLeast - 1));
    let flip = decisive && withinMs !== null ? decisive.at + withinMs : null;
    if (where && changing)
      for (const event of view.events(condition.event)) flip = sooner(flip, where.nextFlip(withEvent(view, event)));
    return flip;
  };
  return {
    holds: (view) => isEnough(view) && !isTooMany(view),
    nextFlip,
    past: [
      {
        type: condition.event,
        withinMs,
        latest: where ? null : Math.max(atLeast, atMost === Infinity ? 0 : atMost + 1),
      },
      ...(where?.past ?? []),
    ],
    gates: [],
    levels: where?.levels ?? [],
    bands: where?.bands ?? [],
    timed: withinMs !== null || where?.timed === true,
    looksAtStage: where?.looksAtStage === true,
  };
};

/** A view of an earlier event. */
const withEvent = (view: View, { properties }: PastEvent): View => ({ ...viewOf(view), properties });

/** Copies a view, whose members may live on a prototype. */
export const viewOf = (view: View): View => ({
  at: view.at,
  fields: view.fields,
  labels: view.labels,
  stage: view.stage,
  properties: view.properties,
  events: (type) => view.events(type),
  score: (model, part) => view.score(model, part),
  band: (model) => view.band(model),
});

/** The earlier of two moments; null is never. */
export const sooner = (a: number | null, b: number | null): number | null =>
  a === null || (b !== null && b < a) ? b : a;
