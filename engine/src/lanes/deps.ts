import type { Store } from '../store/store.ts';
import type { Programs } from './programs.ts';

/** Wakes what sleeps: signals to Temporal, given by the process. A poke that fails is tried again by the sweeper. */
export interface Pokes {
  lane(lane: number): Promise<void>;
  dispatcher(): Promise<void>;
}

/** For processes without Temporal (tests, command line): whoever needs a lane drained drains it. */
export const noPokes: Pokes = { lane: () => Promise.resolve(), dispatcher: () => Promise.resolve() };

/** What the functions of this folder need. */
export interface LaneDeps {
  store: Store;
  programs: Programs;
  pokes: Pokes;
}
