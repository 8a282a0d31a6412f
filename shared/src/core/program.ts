import type { Automation, Trigger } from '../automation/graph.ts';
import type { Condition } from '../model/condition.ts';
import type { Counting } from '../model/counting.ts';
import { isInternalEventType } from '../model/event-type.ts';
import type { AnyNodeType, GraphNode } from '../nodes/registry.ts';
import type { CompiledCondition, PastNeed, SegmentOf, View } from './conditions/conditions.ts';
import type { WatchedDate } from './conditions/dates.ts';
import type { Digest } from './ids.ts';
import type { Earning } from './scores/ledger.ts';
import type { EntryKind } from './result.ts';
import type { CompiledScanner } from './conditions/scanners.ts';
import type { CounterScope } from './scores/rules.ts';
import type { WatchedSegment } from './conditions/segments.ts';
import type { Micro } from './subject.ts';

export interface CompiledGroup {
  id: string;
  kind: 'profile' | 'behaviour';
  /** Micropoints; Infinity without a cap. */
  cap: Micro;
}

export interface CompiledProfileRule {
  kind: 'profile';
  id: string;
  cause: string;
  group: string;
  points: Micro;
  when: CompiledCondition;
}
export interface CompiledBehaviourRule {
  kind: 'behaviour';
  id: string;
  /** What notes about it begin with. */
  label: string;
  event: string;
  where: CompiledCondition | null;
  counts: Counting;
  scope: CounterScope;
  earning: Earning;
}
export type CompiledRule = CompiledProfileRule | CompiledBehaviourRule;

/** Values, in micropoints and from the lowest, whose crossing means something: thresholds, margins, triggers, waits. */
export interface Levels {
  score: readonly Micro[];
  /** Of the part that decays. */
  behaviour: readonly Micro[];
}

export interface CompiledModel {
  id: string;
  name: string;
  audience: CompiledCondition | null;
  min: Micro;
  max: Micro;
  halfLifeMs: number | null;
  windowMs: number | null;
  groups: CompiledGroup[];
  behaviourGroups: CompiledGroup[];
  profileGroups: CompiledGroup[];
  /** In id order. */
  rules: CompiledRule[];
  behaviour: CompiledBehaviourRule[];
  profile: CompiledProfileRule[];
  decay: {
    afterMs: number;
    everyMs: number | null;
    by: { kind: 'points'; points: number } | { kind: 'percent'; percent: number };
    floor: Micro;
  } | null;
  reset: { afterMs: number; from: 'first_point' | 'last_activity' } | null;
  /** Whether stages or triggers look at its score. */
  compared: boolean;
  levels: Levels;
  /** With those of watched segments: what matters while time may take the contact into one, or out of it. */
  levelsOfSegments: Levels;
  /** Named ranges of the score, the highest first. */
  bands: readonly { id: string; name: string; from: Micro }[];
  /** Names of rules and groups, for explanations. */
  names: ReadonlyMap<string, string>;
}

export interface CompiledStage {
  id: string;
  name: string;
  /** Infinity for a stage that scores never reach. */
  up: Micro;
  /** -Infinity for a stage that scores never leave. */
  down: Micro;
  when: CompiledCondition | null;
  minimumStayMs: number;
  terminal: boolean;
  /** Keys in `triggers`, made once: text made anew is hashed anew with every look-up. */
  entered: string;
  left: string;
}

export interface CompiledLifecycle {
  /** Its id, and what it is; undefined when it does not exist. */
  model: string;
  scored: CompiledModel | undefined;
  stages: CompiledStage[];
  index: ReadonlyMap<string, number>;
}

export interface CompiledNode {
  node: GraphNode;
  type: AnyNodeType;
  cause: string;
  scope: CounterScope;
  /** `entryName` of the points that it gives to its model; empty where it has none. */
  entry: string;
  /** Group -> `totalKey`, for the groups that it may score into. */
  totals: ReadonlyMap<string, string>;
  /** Port -> node. */
  to: ReadonlyMap<string, string>;
  /** Conditions that it names. */
  conditions: readonly CompiledCondition[];
}

export interface CompiledAutomation {
  id: string;
  name: string;
  version: number;
  live: boolean;
  graph: Automation;
  first: string | null;
  nodes: ReadonlyMap<string, CompiledNode>;
  /** Conditions of waits, by node. */
  waitWhere: ReadonlyMap<string, CompiledCondition | null>;
  past: readonly PastNeed[];
  /** Re-entry and nodes, with where their counters live. */
  countings: readonly { counting: Counting; scope: CounterScope }[];
  enter: CounterScope;
  /** What the ids of its runs begin with, read. */
  runDigest: Digest;
  /** Automations that nodes of it start. */
  starts: readonly string[];
  /** Conditions that runs which wait in it are resumed by; none where none is. */
  awaited: readonly CompiledCondition[];
  /** Goals that steps after this one lead to, the nearest first. */
  goalsAhead(node: string): readonly CompiledNode[];
}

/** What may be asked of a contact's past: counters that look at it, and events, one need per type and those behind gates. */
export interface Asks {
  countings: readonly { counting: Counting; scope: CounterScope }[];
  past: readonly PastNeed[];
}

/** A trigger of a live automation, ready to be asked. */
export interface CompiledTrigger {
  automation: CompiledAutomation;
  trigger: Trigger;
  where: CompiledCondition | null;
}

/** All that an event's type decides, so that it is looked up once. */
export interface CompiledEvent {
  /** The product's own. */
  internal: boolean;
  activity: boolean;
  /** Whether conditions ask for past events of the type. */
  remembered: boolean;
  /** Whether those of watched segments do. */
  watched: boolean;
  /** Behaviour rules that look at it, models and rules in id order. */
  rules: readonly { model: CompiledModel; rules: readonly CompiledBehaviourRule[] }[];
  /** Key in `triggers`; null when it triggers nothing. */
  key: string | null;
  /** Tells events of programs from those of people; null where everything counts. */
  scanner: CompiledScanner | null;
}

/** Definitions ready for `step`. Immutable; may be shared by all contacts and kept per revision. */
export interface Program {
  revision: number;
  models: CompiledModel[];
  model: ReadonlyMap<string, CompiledModel>;
  lifecycle: CompiledLifecycle | null;
  automations: ReadonlyMap<string, ReadonlyMap<number, CompiledAutomation>>;
  live: ReadonlyMap<string, CompiledAutomation>;
  /** What passes through each version may ask, and through those that it starts. */
  asks: ReadonlyMap<CompiledAutomation, Asks>;
  /** The same of what comes with no arrival of its own: watched segments, and live automations that changes can start. */
  asksWithin: Asks;
  /** By the key of `triggerKey`, in order of automation id. */
  triggers: ReadonlyMap<string, CompiledTrigger[]>;
  /** Event types that definitions say anything about. See `eventOf`. */
  events: ReadonlyMap<string, CompiledEvent>;
  /** Score triggers per model. */
  scoreTriggers: ReadonlyMap<string, (CompiledTrigger & { level: Micro; up: boolean })[]>;
  /** Models whose score some trigger watches, in id order. */
  watchedModels: CompiledModel[];
  inactive: { trigger: CompiledTrigger; afterMs: number }[];
  /** Dates of contacts that start automations. */
  dates: readonly WatchedDate[];
  /** Whether runs may wait for more than time, events and answers. */
  heedsWaits: boolean;
  /** Compiled once per program: what a segment is may change though the graph does not. */
  conditions: ReadonlyMap<Condition, CompiledCondition>;
  segmentOf: SegmentOf;
  /** Segments that triggers watch, in id order. */
  watched: readonly WatchedSegment[];
  /** Fields that nodes of automations may write. */
  written: ReadonlySet<string>;
  /** Models whose scores they look at. */
  watchedScores: readonly string[];
  /** Profile rules', audiences' and stages' conditions whose answer can change with time alone. */
  timed: readonly CompiledCondition[];
  /** Contact models that accounts are scored by. `always`: more than the model's own state decides what counts. */
  accountSources: readonly { model: string; always: boolean }[];
  /** Whether an audience or profile rule looks at the stage. */
  looksAtStage: boolean;
  /** Told of every question that an automation is about to ask. Null where nobody wants to know: everywhere but in trials. */
  watch: Watch | null;
}

/** Where an automation asks: at a node of a run, or at a trigger. The view is good during the call only. */
export type Watch = (
  asked: { automation: CompiledAutomation; run: string | null } & ({ node: GraphNode } | { trigger: Trigger }),
  view: View,
) => void;

/** Of what the type is; types nobody described are activities. */
export const eventOf = (program: Program, type: string): CompiledEvent =>
  program.events.get(type) ?? (isInternalEventType(type) ? internalEvent : otherEvent);

const otherEvent: CompiledEvent = {
  internal: false,
  activity: true,
  remembered: false,
  watched: false,
  rules: [],
  key: null,
  scanner: null,
};
/** What a scanner did: it is remembered, and nothing else comes of it. */
export const scannedEvent: CompiledEvent = { ...otherEvent, activity: false };
const internalEvent: CompiledEvent = { ...otherEvent, internal: true, activity: false };

/** Key under which triggers that react to the same happening are found. */
export const triggerKey = (kind: Trigger['type'], subject: string): string => `${kind}:${subject}`;

export const ruleCause = (ruleId: string): string => `rule:${ruleId}`;
/** What the id of a ledger entry says between its root and its occurrence. */
export const entryName = (kind: EntryKind, model: string, cause: string): string => `|${kind}|${model}|${cause}|`;
/** Key of `ModelState.totals`. */
export const totalKey = (group: string, cause: string): string => `${group}:${cause}`;
export const nodeCause = (automation: string, node: string): string => `node:${automation}/${node}`;
