import type { CompiledGroup, CompiledModel } from '../program.ts';
import { plus, type GroupState, type Micro, type ModelState } from '../subject.ts';

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

/** A model's state as the formula reads it. */
export interface Reading {
  state: ModelState | undefined;
  /** As `CompiledModel.behaviourGroups`; undefined where there is nothing. */
  readonly groups: (GroupState | undefined)[];
  /** What all profile groups hold, under their caps. */
  readonly profile: Micro;
}

export const readState = (model: CompiledModel, state: ModelState | undefined): Reading => {
  const { behaviourGroups, profileGroups } = model;
  const groups = new Array<GroupState | undefined>(behaviourGroups.length);
  for (let index = 0; index < behaviourGroups.length; index++)
    groups[index] = state?.groups[(behaviourGroups[index] as CompiledGroup).id]; // within bounds
  let profile = 0;
  if (state) for (const { id, cap } of profileGroups) profile += Math.min(cap, heldIn(state, id));
  return { state, groups, profile };
};

/** Sum of the behaviour groups under their caps, from `start`, not rounded. */
const sumOf = (model: CompiledModel, { groups }: Reading, t: number, start: Micro): number => {
  let sum = start;
  for (let index = 0; index < groups.length; index++) {
    const group = groups[index];
    if (!group || group.live === 0) continue;
    const { cap } = model.behaviourGroups[index] as CompiledGroup; // within bounds
    sum = plus(sum, Math.min(cap, groupValue(group, model.halfLifeMs, t)));
  }
  return sum;
};

/** Score before clamping, in whole micropoints. */
export const rawScore = (model: CompiledModel, reading: Reading, t: number): Micro =>
  reading.state ? Math.round(sumOf(model, reading, t, reading.profile) + reading.state.adjustment) + 0 : 0;

export const clampScore = (model: CompiledModel, micro: Micro): Micro =>
  Math.min(model.max, Math.max(model.min, micro));

/** The score that people see and thresholds compare with, in whole micropoints. */
export const scoreOf = (model: CompiledModel, reading: Reading, t: number): Micro =>
  clampScore(model, rawScore(model, reading, t));

/** What is left of a score when all that fades has faded. */
export const lastingScore = (model: CompiledModel, { state, groups, profile }: Reading): Micro => {
  let sum = profile;
  for (let index = 0; index < groups.length; index++) {
    const { cap } = model.behaviourGroups[index] as CompiledGroup; // within bounds
    const group = groups[index];
    if (group && group.live > 0) sum = plus(sum, Math.min(cap, group.lasting));
  }
  return clampScore(model, Math.round(sum + (state?.adjustment ?? 0)));
};

/** The part that decays: behaviour groups under their caps, in micropoints, not rounded. */
export const behaviourPart = (model: CompiledModel, reading: Reading, t: number): number =>
  reading.state ? sumOf(model, reading, t, 0) : 0;

/** The band that a score lies in; null below the lowest, and where a model has none. */
export const bandOf = (model: CompiledModel, score: Micro): CompiledModel['bands'][number] | null => {
  for (const band of model.bands) if (score >= band.from) return band;
  return null;
};
