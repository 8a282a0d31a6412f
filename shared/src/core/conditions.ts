import type { Condition } from '../model/condition.ts';
import { daysMs } from '../model/time.ts';
import { readPath, type FieldValue, type Properties } from '../model/value.ts';
import { compileComparison } from './comparison.ts';
import type { PastEvent } from './facts.ts';
import { toMicro, type Micro } from './subject.ts';

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
}

export interface CompiledCondition {
  holds(view: View): boolean;
  /** Next moment at which time alone may change the answer; null: never. */
  nextFlip(view: View): number | null;
  readonly past: readonly PastNeed[];
  /** Whether time alone can change the answer. */
  readonly timed: boolean;
}

const never = (): null => null;

/** Compiles a condition. Throws a sentence when a pattern in it cannot be read. */
export const compileCondition = (condition: Condition): CompiledCondition => {
  switch (condition.kind) {
    case 'all':
    case 'any': {
      const parts = condition.of.map(compileCondition);
      const holds =
        condition.kind === 'all'
          ? (view: View) => parts.every((part) => part.holds(view))
          : (view: View) => parts.some((part) => part.holds(view));
      return {
        holds,
        nextFlip: (view) => parts.reduce<number | null>((first, part) => sooner(first, part.nextFlip(view)), null),
        past: parts.flatMap((part) => part.past),
        timed: parts.some((part) => part.timed),
      };
    }
    case 'not': {
      const inner = compileCondition(condition.of);
      return { ...inner, holds: (view) => !inner.holds(view) };
    }
    case 'field': {
      const test = compileComparison(condition.is);
      const read = (view: View) =>
        Object.hasOwn(view.fields, condition.field) ? view.fields[condition.field] : undefined;
      return {
        holds: (view) => test.holds(read(view), view.at),
        nextFlip: (view) => test.nextFlip(read(view), view.at),
        past: [],
        timed: test.timed,
      };
    }
    case 'property': {
      const test = compileComparison(condition.is);
      return {
        holds: (view) => test.holds(readPath(view.properties, condition.property), view.at),
        nextFlip: never,
        past: [],
        timed: false,
      };
    }
    case 'performed':
      return performed(condition);
    case 'score': {
      const from = condition.atLeast === undefined ? -Infinity : toMicro(condition.atLeast);
      const below = condition.below === undefined ? Infinity : toMicro(condition.below);
      const holds = (view: View): boolean => {
        const score = view.score(condition.model, condition.part ?? 'all');
        return score >= from && score < below;
      };
      return { holds, nextFlip: never, past: [], timed: false };
    }
    case 'band': {
      const { model } = condition;
      const bands = new Set<string | null>(condition.in);
      return { holds: (view) => bands.has(view.band(model)), nextFlip: never, past: [], timed: false };
    }
    case 'stage':
      return { holds: (view) => condition.in.includes(view.stage), nextFlip: never, past: [], timed: false };
    case 'label':
      return { holds: (view) => view.labels.includes(condition.label), nextFlip: never, past: [], timed: false };
  }
};

const performed = (condition: Extract<Condition, { kind: 'performed' }>): CompiledCondition => {
  const where = condition.where ? compileCondition(condition.where) : null;
  const withinMs = condition.withinDays === undefined ? null : daysMs(condition.withinDays);
  const atLeast = condition.atLeast ?? (condition.atMost === undefined ? 1 : 0);
  const atMost = condition.atMost ?? Infinity;
  const enough = Number.isFinite(atMost) ? Math.max(atLeast, atMost + 1) : atLeast;
  const holds = (view: View): boolean => {
    const events = view.events(condition.event);
    let count = 0;
    for (let index = events.length - 1; index >= 0 && count < enough; index--) {
      const event = events[index];
      if (!event || (withinMs !== null && event.at <= view.at - withinMs)) break;
      if (event.at <= view.at && (!where || where.holds({ ...viewOf(view), properties: event.properties }))) count++;
    }
    return count >= atLeast && count <= atMost;
  };
  const need = { type: condition.event, withinMs, latest: where ? null : enough };
  return { holds, nextFlip: never, past: [need, ...(where?.past ?? [])], timed: false };
};

/** Copies a view, whose members may live on a prototype. */
const viewOf = (view: View): View => ({
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
