import { daysMs } from '../../model/time.ts';
import { asView } from './explain.ts';
import type { FactBook } from '../facts.ts';
import type { Needs } from '../needs.ts';
import type { CompiledBehaviourRule, CompiledModel, CompiledStage, Program } from '../program.ts';
import { counterOf } from './rules.ts';
import { groupValue, rawScore, readState, clampScore } from './score.ts';
import { toPoints, type Micro, type Subject } from '../subject.ts';

/** A rule that moves a contact up by counting once more. */
interface Reaching {
  rule: string;
  name: string;
  /** What it adds to the score, caps and clamp considered. */
  points: number;
  stage: string;
}

/** The next stage up that the score can reach, and what is one event away from it. */
interface Reach {
  stage: string;
  /** Points below its threshold. */
  missing: number;
  /** Rules that take the contact there, or higher, by counting once more, the strongest first. */
  rules: Reaching[];
}

/** What `reach` asks about the past: how often rules with a limit counted lately. */
export const reachNeeds = (program: Program, subject: Subject, at: number): Needs['counted'] => {
  const model = program.lifecycle?.scored;
  if (!model) return [];
  const epoch = subject.models[model.id]?.epoch ?? 0;
  return model.behaviour.flatMap(({ counts, scope }) =>
    counts.kind === 'at_most'
      ? [{ counter: counterOf(scope, epoch), value: '', after: at - daysMs(counts.perDays) }]
      : [],
  );
};

/**
 * What would move a contact up from where it is at `at` (ms, not before its clock). A rule that counts once per value is
 * thought to meet a new one. Null where scores move nobody up: at the top, in a terminal stage, outside the audience, or
 * where nothing but an extra condition is missing.
 */
export const reach = (program: Program, subject: Subject, facts: FactBook, at: number): Reach | null => {
  const { lifecycle } = program;
  const model = lifecycle?.scored;
  const view = asView(subject, at);
  if (!lifecycle || !model || (model.audience !== null && !model.audience.holds(view))) return null;
  const current = subject.stage === null ? -1 : (lifecycle.index.get(subject.stage) ?? -1);
  if (lifecycle.stages[current]?.terminal) return null;
  const state = subject.models[model.id];
  const raw = rawScore(model, readState(model, state), at);
  const score = clampScore(model, raw);
  const open = lifecycle.stages.filter(
    ({ up, when }, index) => index > current && up > score && up <= model.max && (when?.holds(view) ?? true),
  );
  const [next] = open;
  if (!next) return null;
  const rules = model.behaviour
    .filter((rule) => rule.earning.points > 0 && countsNow(model, rule, subject, facts, at))
    .flatMap((rule): Reaching[] => {
      const after = clampScore(model, raw + gain(model, rule, subject, at));
      const reached = open.findLast(({ up }: CompiledStage) => after >= up);
      if (!reached) return [];
      const name = model.names.get(rule.earning.cause) ?? rule.id;
      return [{ rule: rule.id, name, points: toPoints(after - score), stage: reached.id }];
    })
    .sort((a, b) => b.points - a.points || (a.rule < b.rule ? -1 : 1));
  return { stage: next.id, missing: toPoints(next.up - score), rules };
};

const countsNow = (
  model: CompiledModel,
  { counts, scope }: CompiledBehaviourRule,
  subject: Subject,
  facts: FactBook,
  at: number,
): boolean => {
  const state = subject.models[model.id];
  if (counts.kind === 'once') return !state?.counted.includes(scope.key);
  if (counts.kind !== 'at_most') return true;
  return facts.countedIn(counterOf(scope, state?.epoch ?? 0), '', at - daysMs(counts.perDays), at) < counts.times;
};

/** What one more counting adds to the score under the cap of its group. */
const gain = (model: CompiledModel, { earning }: CompiledBehaviourRule, subject: Subject, at: number): Micro => {
  const cap = model.behaviourGroups.find(({ id }) => id === earning.group)?.cap ?? Infinity;
  const value = groupValue(subject.models[model.id]?.groups[earning.group], model.halfLifeMs, at);
  return Math.round(Math.min(cap, value + earning.points) - Math.min(cap, value));
};
