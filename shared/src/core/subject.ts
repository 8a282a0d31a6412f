import type { FieldValue, Json, Properties } from '../model/value.ts';

/** Whole micropoints (1e-6 of a point): what ledgers and states count in. */
export type Micro = number;

/**
 * Adds micropoints. What very active contacts earn outgrows 31 bits; V8 throws away what it compiled for small integers when
 * it meets that, and may not compile it again for a long time, so it sees large ones first: a fifth of the core's speed.
 */
export const plus = (a: Micro, b: Micro): Micro => a + b;
for (let count = 0; count < 1_000; count++) plus(2 ** 40 + count, 2 ** 40);
export const microPerPoint = 1_000_000;
export const toMicro = (points: number): Micro => Math.round(points * microPerPoint);
export const toPoints = (micro: Micro): number => micro / microPerPoint;

/**
 * A behaviour group: worth `lasting + fading * 0.5^((t - at) / halfLife)` micropoints at `t`. Its size does not grow
 * with history.
 */
export interface GroupState {
  lasting: number;
  fading: number;
  /** Reference moment of `fading`, ms. */
  at: number;
  /** Natural logarithm of the product of this era's decay factors: the product itself would run out of digits. */
  shrink: number;
  /** Grows when a decay step takes everything: entries of earlier eras are worth nothing. */
  era: number;
  /** Entries that can still be worth something; at zero the group is exactly zero. */
  live: number;
}

export interface ModelState {
  /** Grows with every reset: behaviour entries of earlier epochs are worth nothing. */
  epoch: number;
  resetAt: number | null;
  /** When the first behaviour point of the epoch was earned, ms. */
  firstPointAt: number | null;
  /** Points held per profile rule, and the group they were given in. */
  held: Record<string, { group: string; points: Micro }>;
  groups: Record<string, GroupState>;
  /** What *set score* added, in micropoints. */
  adjustment: Micro;
  /** Counters of kind `once` that have counted in this epoch (rule ids, node keys). */
  counted: string[];
  /**
   * What live behaviour entries were worth when they were earned, per cause (`<group>:<cause>`); for explanations. Two lists
   * side by side: nearly every event copies them, and copying an object with keys of its own takes ten times as long.
   */
  causes: string[];
  totals: Micro[];
}

/** What a run waits for. It covers `[since, until)`. */
export type Waiting =
  | { for: 'time'; since: number; until: number }
  | { for: 'event'; since: number; until: number }
  /** Something to become true; without a deadline, for ever. */
  | { for: 'condition'; since: number; until: number | null }
  /** An answer from outside, which comes back as a recorded event. */
  | { for: 'answer'; since: number; until: null; ask: string };

/** An answer from outside, as it is recorded. */
export interface Answer {
  ask: string;
  port: string;
  note: string | null;
  /** What came with it. */
  detail: Json;
}

/** A run that is inside its graph at a wait. Runs that ended are rows, not state. */
export interface RunState {
  id: string;
  automation: string;
  version: number;
  node: string;
  waiting: Waiting;
  /** Nodes passed so far: numbers trail steps, entries and deliveries of the run. */
  steps: number;
  /** What started it: conditions and templates of later nodes can read it. */
  trigger: { type: string; messageId: string | null; at: number; properties: Properties };
  backfilled: boolean;
  /** Goals that it has reached: none pulls twice. Absent until the first. */
  reached?: string[];
  /** It was told to stay where it is: since when, and the answer that came meanwhile. */
  held?: { since: number; answer?: Answer };
}

/** All the state of one contact that the core reads and writes. Plain JSON. */
export interface Subject {
  id: string;
  /** Of the ledger: a rebuild writes a new one. */
  generation: number;
  /** Revision of the definitions that the state was last brought up to. */
  revision: number;
  /** Only moves forward, ms; 0 for a contact nothing happened to yet. */
  clock: number;
  /** Ledger entries and stage moves so far: their sequence numbers. */
  entries: number;
  moves: number;
  lastActivityAt: number | null;
  fields: Record<string, FieldValue>;
  /** When each field's value was true, ms: the newest occurredAt wins. */
  fieldTimes: Record<string, number>;
  labels: string[];
  /** Segments that it is in, of those that triggers watch. */
  segments: string[];
  stage: string | null;
  stageSince: number | null;
  /** The score fell below the stage during its minimum stay: it is left when the stay is over. */
  stayHolds: boolean;
  models: Record<string, ModelState>;
  runs: RunState[];
  /** Automations and nodes that count once and have counted. */
  counted: string[];
  /** The handoff that sales has or is about to have. */
  openLead: string | null;
  /** Rows of `expiring` that are not over yet; at zero nothing needs to be loaded. */
  expiring: number;
  /** The next moment at which something changes without input, ms. Exact for `revision`. */
  nextDueAt: number | null;
}

export const newSubject = (id: string, generation = 1): Subject => ({
  id,
  generation,
  revision: -1,
  clock: 0,
  entries: 0,
  moves: 0,
  lastActivityAt: null,
  fields: {},
  fieldTimes: {},
  labels: [],
  segments: [],
  stage: null,
  stageSince: null,
  stayHolds: false,
  models: {},
  runs: [],
  counted: [],
  openLead: null,
  expiring: 0,
  nextDueAt: null,
});
