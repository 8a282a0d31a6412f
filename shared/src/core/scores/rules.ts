import { readPath, type Json } from '../../model/value.ts';
import type { Counting } from '../../model/counting.ts';
import { daysMs } from '../../model/time.ts';
import { earn, hold, worthEarning } from './ledger.ts';
import {
  ruleCause,
  type CompiledBehaviourRule,
  type CompiledEvent,
  type CompiledModel,
  type CompiledProfileRule,
} from '../program.ts';
import type { Counted } from '../result.ts';
import type { Work } from '../work.ts';

/** Where a counter's memory lives: a model's epoch (cleared by resets), or the contact. */
export interface CounterScope {
  /** `rule:<model>/<rule>`, `node:<automation>/<node>`, `enter:<automation>`. */
  key: string;
  /** Model whose resets clear it; null: nothing does. */
  model: string | null;
  /** The counter before any reset, made once. */
  first: string;
}

const counterName = (key: string, epoch: number): string => `${key}@${epoch}`;

export const counterScope = (key: string, model: string | null): CounterScope => ({
  key,
  model,
  first: counterName(key, 0),
});

export const counterOf = (scope: CounterScope, epoch: number): string =>
  epoch === 0 ? scope.first : counterName(scope.key, epoch);

/** The value that `once_per` counts by; null when there is none. */
export const countedValue = (value: Json | undefined): string | null => {
  if (value === undefined || value === null) return null;
  const text = typeof value === 'string' ? value.trim() : JSON.stringify(value);
  return text === '' ? null : text;
};

/** What is remembered of something that counted: that it did once, or that a counter did at a moment. */
export type Mark = CounterScope | Counted;

/**
 * Whether something counts now: why not, or what is to be remembered when it does (null: nothing). One decision for rules,
 * nodes and re-entry.
 */
export const counts = (work: Work, counting: Counting, scope: CounterScope): string | Mark | null => {
  const state = scope.model === null ? undefined : work.of(scope.model).state;
  const epoch = state?.epoch ?? 0;
  switch (counting.kind) {
    case 'every_time':
      return null;
    case 'once': {
      const counted = scope.model === null ? work.subject.counted : state?.counted;
      return counted?.includes(scope.key) ? 'counted before' : scope;
    }
    case 'once_per': {
      const value = countedValue(readPath(work.properties, counting.property));
      if (value === null) return `no "${counting.property}" to count by`;
      const counter = counterOf(scope, epoch);
      if (work.facts.countedIn(counter, value, -Infinity, Infinity) > 0)
        return `counted before for this ${counting.property}`;
      return { counter, value, at: work.earnedAt };
    }
    case 'at_most': {
      const counter = counterOf(scope, epoch);
      const before = work.facts.countedIn(counter, '', work.earnedAt - daysMs(counting.perDays), work.earnedAt);
      if (before >= counting.times) return `counted ${before} times in ${counting.perDays} days`;
      return { counter, value: '', at: work.earnedAt };
    }
  }
};

/** Keeps what something that counted leaves. */
export const remember = (work: Work, mark: Mark | null): void => {
  if (mark === null) return;
  if ('counter' in mark) {
    work.addCounted(mark);
    work.facts.addCounted(mark);
  } else if (mark.model === null) work.subject.counted = [...work.subject.counted, mark.key];
  else {
    const state = work.of(mark.model).own();
    state.counted = [...state.counted, mark.key];
  }
};

/** Applies the rules of every model to the event at hand, models and rules in id order. `type` null: no behaviour of the contact. */
export const applyRules = (work: Work, type: string | null, event: CompiledEvent): void => {
  if (!work.fieldsChanged) {
    for (const { model, rules } of event.rules) {
      if (!work.inAudience(model)) continue;
      for (const rule of rules) applyBehaviourRule(work, model, rule);
    }
    return;
  }
  // Profile rules are looked at again when something they may look at changed.
  for (const model of work.program.models) {
    const inside = work.inAudience(model);
    for (const rule of model.rules) {
      if (rule.kind === 'profile') applyProfileRule(work, model, rule, inside);
      else if (inside && rule.event === type) applyBehaviourRule(work, model, rule);
    }
  }
};

/** Looks at every profile rule again. */
export const applyProfileRules = (work: Work): void => {
  giveBackGone(work);
  for (const model of work.program.models) {
    const inside = work.inAudience(model);
    for (const rule of model.profile) applyProfileRule(work, model, rule, inside);
  }
};

/** Rules that a later version of their model no longer has give their points back. */
export const giveBackGone = (work: Work): void => {
  for (const model of work.program.models) {
    for (const ruleId of Object.keys(work.of(model.id).state?.held ?? {})) {
      if (!model.profile.some((rule) => rule.id === ruleId)) hold(work, model, ruleId, ruleCause(ruleId), null);
    }
  }
};

const applyProfileRule = (work: Work, model: CompiledModel, rule: CompiledProfileRule, inside: boolean): void => {
  const holds = rule.when.holds(work);
  // Outside the audience nothing is earned, and what is held stays while it holds.
  if (holds && !inside && !work.of(model.id).state?.held[rule.id]) return;
  hold(work, model, rule.id, rule.cause, holds ? { group: rule.group, points: rule.points } : null);
};

const applyBehaviourRule = (work: Work, model: CompiledModel, rule: CompiledBehaviourRule): void => {
  if (rule.where && !rule.where.holds(work)) return;
  const count = worthEarning(work, model, null) ?? counts(work, rule.counts, rule.scope);
  if (typeof count === 'string') {
    work.note(rule.label + count);
    return;
  }
  remember(work, count);
  earn(work, model, rule.earning);
};
