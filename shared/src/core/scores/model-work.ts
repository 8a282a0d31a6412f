import { added } from '../lists.ts';
import type { CompiledModel } from '../program.ts';
import { newGroup, newModelState, readState, type Reading } from './score.ts';
import { plus, type GroupState, type Micro, type ModelState } from '../subject.ts';

/** Is given the copy of a state that will be written. */
interface ModelHolder {
  putModel(id: string, own: ModelState): void;
}

/** One model's state during a step: as it came in until it is first written, then copies of what is written. */
export class ModelWork {
  readonly id: string;
  readonly #holder: ModelHolder;
  #state: ModelState | undefined;
  #owns = false;
  #ownsTotals = false;
  #ownsHeld = false;
  #ownsGroups = false;
  #ownGroups: GroupState[] | undefined;
  #reading: Reading | null = null;

  constructor(id: string, state: ModelState | undefined, holder: ModelHolder) {
    this.id = id;
    this.#state = state;
    this.#holder = holder;
  }

  get state(): ModelState | undefined {
    return this.#state;
  }

  /** The state, ready to be written. */
  own(): ModelState {
    if (this.#owns && this.#state) return this.#state;
    this.#owns = true;
    const own = this.#state ? { ...this.#state } : newModelState();
    this.#holder.putModel(this.id, own);
    if (this.#reading) this.#reading.state = own;
    return (this.#state = own);
  }

  /** Adds to what a cause has earned; what comes to nothing is forgotten. */
  addTotal(cause: string, points: Micro): void {
    const state = this.own();
    if (!this.#ownsTotals) state.totals = state.totals.slice();
    this.#ownsTotals = true;
    const index = state.causes.indexOf(cause);
    if (index < 0) {
      state.causes = [...state.causes, cause];
      state.totals.push(points);
      return;
    }
    const total = plus(state.totals[index] ?? 0, points);
    state.totals[index] = total;
    if (total !== 0) return;
    state.causes = state.causes.filter((other) => other !== cause);
    state.totals.splice(index, 1);
  }

  /** What profile rules hold, ready to be written. */
  held(): ModelState['held'] {
    const state = this.own();
    if (!this.#ownsHeld) state.held = { ...state.held };
    this.#ownsHeld = true;
    this.#reading = null;
    return state.held;
  }

  /** A behaviour group, ready to be written. */
  group(id: string): GroupState {
    const state = this.own();
    const present = state.groups[id];
    if (present && this.#ownGroups?.includes(present)) return present;
    const own = present ? { ...present } : newGroup();
    if (!this.#ownsGroups) state.groups = { ...state.groups };
    this.#ownsGroups = true;
    this.#ownGroups = added(this.#ownGroups, own);
    state.groups[id] = own;
    const read = present && this.#reading ? this.#reading.groups.indexOf(present) : -1;
    if (read < 0) this.#reading = null;
    else if (this.#reading) this.#reading.groups[read] = own;
    return own;
  }

  /** Empties the period: groups, counters, totals and what was adjusted. */
  clear(): void {
    const state = this.own();
    state.firstPointAt = null;
    state.groups = {};
    state.adjustment = 0;
    state.counted = [];
    state.causes = [];
    state.totals = [];
    this.#ownsGroups = this.#ownsTotals = true;
    this.#reading = null;
  }

  /** The state as the formula reads it; good until the next write. */
  reading(model: CompiledModel): Reading {
    return (this.#reading ??= readState(model, this.#state));
  }
}
