import type { FieldValue, Properties } from '../model/value.ts';
import type { Micro, RunState, Subject } from './subject.ts';

/** Something that arrived for a contact, in the order in which its lane took it. */
export interface EventInput {
  kind: 'event';
  /** Its idempotency key, and the root of every id derived from it. */
  messageId: string;
  type: string;
  properties: Properties;
  /** Fields that the event sets (traits of identify and group). */
  fields: Record<string, FieldValue> | null;
  /** When it happened, ms. */
  occurredAt: number;
  /** When it arrived, ms; the driver raises it to the contact's clock, so that a replay needs nothing else. */
  arrivedAt: number;
  /** Arrived so late, or in a historical load, that nobody should be paged. */
  backfilled: boolean;
}

/** "Time is now `to`": everything due up to then happens, each at its own moment. */
export interface TickInput {
  kind: 'tick';
  to: number;
  /** The present, ms: dues older than `liveWindowMs` page nobody. */
  now: number;
}
export type Input = EventInput | TickInput;

/** Dues and events older than this when they are applied are backfill: 24 h. */
export const liveWindowMs = 86_400_000;

/** How far ahead of its arrival an event's date may lie before it is taken as received now: 5 minutes. */
export const futureToleranceMs = 300_000;

export type EntryKind = 'points' | 'profile' | 'reversal' | 'expiry' | 'decay' | 'reset' | 'adjustment' | 'void';

/** One signed change to one score, never edited. */
export interface LedgerEntry {
  /** Derived from generation, input or due moment, rule or node, occurrence. */
  id: string;
  seq: number;
  model: string;
  /** Null for decay steps, resets and adjustments, which touch the model. */
  group: string | null;
  kind: EntryKind;
  /** Signed micropoints: nominal for what is earned, actual for what is taken. */
  points: Micro;
  /** The contact's clock when it was applied, ms. */
  at: number;
  /** The moment it counts from for decay and expiry, ms (`at`, unless the event was late). */
  earnedAt: number;
  /** `rule:<id>`, `node:<automation>/<node>`, `person:<name>`, `decay`, `reset`. */
  cause: string;
  /** Event that led to it; null when time did. */
  messageId: string | null;
  /** Run that wrote it, if any. */
  runId: string | null;
  /** Whether the half-life applies. */
  decays: boolean;
  expiresAt: number | null;
  epoch: number;
  /** Decay steps: the factor per behaviour group, cap cut included. */
  factors: Record<string, number> | null;
  /** Expiries and voids: the entry that is over. */
  of: string | null;
}

export interface StageMove {
  id: string;
  seq: number;
  at: number;
  from: string | null;
  to: string | null;
  /** Stages whose thresholds were passed on the way, in order. */
  passed: string[];
  /** `score`, `node:<automation>/<node>`. */
  cause: string;
  messageId: string | null;
}

/** One node passed by a run. */
export interface TrailStep {
  node: string;
  at: number;
  /** Output taken; null while it waits or when the run ended here. */
  port: string | null;
  /** What happened, in words for admins: "country is US", "held: backfill". */
  note: string | null;
}

export type RunStatus = 'waiting' | 'completed' | 'failed' | 'cancelled';

/** A run after this step: its row is inserted or updated, its steps appended. */
export interface RunChange {
  id: string;
  automation: string;
  version: number;
  /** Came over from another version in this step. */
  moved: boolean;
  status: RunStatus;
  started: boolean;
  startedAt: number;
  at: number;
  node: string | null;
  /** When the wait times out, ms; null while it is held. */
  until: number | null;
  waiting: (RunState['waiting'] & { held?: number }) | null;
  messageId: string | null;
  steps: TrailStep[];
  error: string | null;
  backfilled: boolean;
}

/** What the outside world is told or asked; data only, carried out by run workflows. */
export type Effect =
  | {
      kind: 'deliver';
      /** What the receiver answers takes the run on, as an ask's answer does. */
      answers: boolean;
      id: string;
      runId: string;
      node: string;
      channel: string;
      /** Set when nobody may be paged: recorded, not sent. */
      held: 'backfill' | null;
      at: number;
      payload: Properties;
    }
  | {
      kind: 'ask';
      id: string;
      runId: string;
      node: string;
      what: 'route';
      queue: string;
      held: 'backfill' | null;
      at: number;
      payload: Properties;
    };

/** A behaviour entry that will expire: what is needed to take off exactly what is left of it. */
export interface Expiring {
  entryId: string;
  seq: number;
  model: string;
  group: string;
  cause: string;
  epoch: number;
  era: number;
  /** The group's shrink when it was earned (a logarithm, as there). */
  shrink: number;
  points: Micro;
  earnedAt: number;
  decays: boolean;
  expiresAt: number;
}

/** A counter that counted: for `once_per` and `at_most`. */
export interface Counted {
  /** `<counter>@<epoch>`. */
  counter: string;
  /** The property's value for `once_per`, else empty. */
  value: string;
  at: number;
}

/** A decay step that a late event must be shrunk by. */
export interface DecayStep {
  model: string;
  epoch: number;
  at: number;
  factors: Record<string, number>;
}

export interface StepResult {
  subject: Subject;
  entries: LedgerEntry[];
  moves: StageMove[];
  effects: Effect[];
  runs: RunChange[];
  /** Rows for the facts of later inputs. */
  counted: Counted[];
  /** Those of earlier inputs, or of this one, that count no more: their rows go. */
  freed: Counted[];
  expiring: Expiring[];
  /** Ids of entries whose window is over: their rows of `expiring` go. Those that died in a reset stay until then. */
  expired: string[];
  /** Why something that looks as if it should have counted did not. */
  notes: string[];
  nextDueAt: number | null;
}
