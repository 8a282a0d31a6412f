import type { CompiledModel } from './program.ts';
import type { GroupState, Micro, ModelState } from './subject.ts';

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
  totals: {},
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

const round = (micro: number): Micro => Math.round(micro) + 0;

/** Sum of the groups under their caps, not rounded. */
const sumOf = (model: CompiledModel, state: ModelState, t: number, part: 'all' | 'behaviour'): number => {
  let sum = 0;
  for (const group of model.groups) {
    if (group.kind === 'behaviour') sum += Math.min(group.cap, groupValue(state.groups[group.id], model.halfLifeMs, t));
    else if (part === 'all') sum += Math.min(group.cap, heldIn(state, group.id));
  }
  return sum;
};

/** Score before clamping, in whole micropoints. */
export const rawScore = (model: CompiledModel, state: ModelState | undefined, t: number): Micro =>
  state ? round(sumOf(model, state, t, 'all') + state.adjustment) : 0;

export const clampScore = (model: CompiledModel, micro: Micro): Micro =>
  Math.min(model.max, Math.max(model.min, micro));

/** The score that people see and thresholds compare with, in whole micropoints. */
export const scoreOf = (model: CompiledModel, state: ModelState | undefined, t: number): Micro =>
  clampScore(model, rawScore(model, state, t));

/** The part that decays: behaviour groups under their caps, in micropoints, not rounded. */
export const behaviourPart = (model: CompiledModel, state: ModelState | undefined, t: number): number =>
  state ? sumOf(model, state, t, 'behaviour') : 0;
