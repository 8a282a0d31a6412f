import type { CompiledGroup, CompiledModel } from './program.ts';
import { plus, type GroupState, type Micro, type ModelState } from './subject.ts';

/** What is left of a fading point after so long: `0.5^(dt / halfLife)`. */
export const fade = (elapsedMs: number, halfLifeMs: number | null): number =>
  halfLifeMs === null || elapsedMs === 0 ? 1 : Math.pow(0.5, elapsedMs / halfLifeMs);

export const newGroup = (): GroupState => ({ lasting: 0, fading: 0, at: 0, shrink: 0, era: 0, live: 0 });

export const newModelState = (): ModelState => ({
  epoch: 0,
  resetAt: null,
  firstPointAt: null,
  held: {},
  groups: {},
  adjustment: 0,
  counted: [],
  causes: [],
  totals: [],
});

/** Worth of a behaviour group at `t`, in micropoints, before its cap. */
export const groupValue = (group: GroupState | undefined, halfLifeMs: number | null, t: number): number => {
  if (!group || group.live === 0) return 0;
  return group.fading === 0 ? group.lasting : group.lasting + group.fading * fade(t - group.at, halfLifeMs);
};

/** Micropoints held in a profile group. */
export const heldIn = (state: ModelState, groupId: string): Micro => {
  let sum = 0;
  for (const rule in state.held) {
    const held = state.held[rule];
    if (held?.group === groupId) sum += held.points;
  }
  return sum;
};

/** A model's state as the formula reads it: by group, in the model's order. */
export interface Reading {
  state: ModelState | undefined;
  /** Behaviour groups; undefined where there is nothing. */
  readonly groups: (GroupState | undefined)[];
  /** What profile groups hold; zero for behaviour groups. */
  readonly held: readonly Micro[];
}

export const readState = (model: CompiledModel, state: ModelState | undefined): Reading => {
  const groups: (GroupState | undefined)[] = [];
  const held: Micro[] = [];
  for (const { id, kind } of model.groups) {
    groups.push(kind === 'behaviour' ? state?.groups[id] : undefined);
    held.push(kind === 'profile' && state ? heldIn(state, id) : 0);
  }
  return { state, groups, held };
};

/** Sum of the groups under their caps, not rounded. */
const sumOf = (model: CompiledModel, reading: Reading, t: number, part: 'all' | 'behaviour'): number => {
  let sum = 0;
  for (let index = 0; index < model.groups.length; index++) {
    const { kind, cap } = model.groups[index] as CompiledGroup; // within bounds
    if (kind === 'behaviour') sum = plus(sum, Math.min(cap, groupValue(reading.groups[index], model.halfLifeMs, t)));
    else if (part === 'all') sum += Math.min(cap, reading.held[index] ?? 0);
  }
  return sum;
};

/** Score before clamping, in whole micropoints. */
export const rawScore = (model: CompiledModel, reading: Reading, t: number): Micro =>
  reading.state ? Math.round(sumOf(model, reading, t, 'all') + reading.state.adjustment) + 0 : 0;

export const clampScore = (model: CompiledModel, micro: Micro): Micro =>
  Math.min(model.max, Math.max(model.min, micro));

/** The score that people see and thresholds compare with, in whole micropoints. */
export const scoreOf = (model: CompiledModel, reading: Reading, t: number): Micro =>
  clampScore(model, rawScore(model, reading, t));

/** The part that decays: behaviour groups under their caps, in micropoints, not rounded. */
export const behaviourPart = (model: CompiledModel, reading: Reading, t: number): number =>
  reading.state ? sumOf(model, reading, t, 'behaviour') : 0;
