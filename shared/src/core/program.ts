import type { Automation, Trigger } from '../automation/graph.ts';
import type { Counting } from '../model/counting.ts';
import type { AnyNodeType, GraphNode } from '../nodes/registry.ts';
import type { CompiledCondition, PastNeed } from './conditions.ts';
import type { CounterScope } from './rules.ts';
import type { Micro } from './subject.ts';

export interface CompiledGroup {
  id: string;
  kind: 'profile' | 'behaviour';
  /** Micropoints; Infinity without a cap. */
  cap: Micro;
}

interface CompiledRuleBase {
  id: string;
  cause: string;
  /** Under which an explanation adds its points up: see `totalKey`. */
  total: string;
  group: string;
  points: Micro;
}
export interface CompiledProfileRule extends CompiledRuleBase {
  kind: 'profile';
  when: CompiledCondition;
}
export interface CompiledBehaviourRule extends CompiledRuleBase {
  kind: 'behaviour';
  event: string;
  where: CompiledCondition | null;
  counts: Counting;
  scope: CounterScope;
  decays: boolean;
}
export type CompiledRule = CompiledProfileRule | CompiledBehaviourRule;

export interface CompiledModel {
  id: string;
  name: string;
  audience: CompiledCondition | null;
  min: Micro;
  max: Micro;
  halfLifeMs: number | null;
  windowMs: number | null;
  groups: CompiledGroup[];
  /** In id order. */
  rules: CompiledRule[];
  behaviour: ReadonlyMap<string, CompiledBehaviourRule[]>;
  profile: CompiledProfileRule[];
  decay: {
    afterMs: number;
    everyMs: number | null;
    by: { kind: 'points'; points: number } | { kind: 'percent'; percent: number };
    floor: Micro;
  } | null;
  reset: { afterMs: number; from: 'first_point' | 'last_activity' } | null;
  /** Score values, in micropoints, whose crossing means something: thresholds, margins, triggers. */
  levels: Micro[];
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
}

export interface CompiledNode {
  node: GraphNode;
  type: AnyNodeType;
  cause: string;
  scope: CounterScope;
  /** Group -> `totalKey`, for the groups that it may score into. */
  totals: ReadonlyMap<string, string>;
  /** Port -> node. */
  to: ReadonlyMap<string, string>;
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
  /** Automations that nodes of it start. */
  starts: readonly string[];
  /** Whether nothing but arrivals can start it. */
  onlyByArrivals: boolean;
}

/** A trigger of a live automation, ready to be asked. */
export interface CompiledTrigger {
  automation: CompiledAutomation;
  trigger: Trigger;
  where: CompiledCondition | null;
}

/** Definitions ready for `step`. Immutable; may be shared by all contacts and kept per revision. */
export interface Program {
  revision: number;
  models: CompiledModel[];
  model: ReadonlyMap<string, CompiledModel>;
  lifecycle: { model: string; stages: CompiledStage[]; index: ReadonlyMap<string, number> } | null;
  automations: ReadonlyMap<string, ReadonlyMap<number, CompiledAutomation>>;
  live: ReadonlyMap<string, CompiledAutomation>;
  /** By the key of `triggerKey`, in order of automation id. */
  triggers: ReadonlyMap<string, CompiledTrigger[]>;
  /** Event types that trigger something, with their keys in `triggers`. */
  eventKeys: ReadonlyMap<string, string>;
  /** Score triggers per model. */
  scoreTriggers: ReadonlyMap<string, (CompiledTrigger & { level: Micro; up: boolean })[]>;
  /** Models whose score some trigger watches, in id order. */
  watchedModels: CompiledModel[];
  inactive: { trigger: CompiledTrigger; afterMs: number }[];
  isActivity(type: string): boolean;
  /** Profile rules', audiences' and stages' conditions whose answer can change with time alone. */
  timed: readonly CompiledCondition[];
  /** Whether an audience or profile rule looks at the stage. */
  looksAtStage: boolean;
  /** Event types whose past conditions ask for. */
  pastTypes: ReadonlySet<string>;
}

/** Key under which triggers that react to the same happening are found. */
export const triggerKey = (kind: Trigger['type'], subject: string): string => `${kind}:${subject}`;

export const ruleCause = (ruleId: string): string => `rule:${ruleId}`;
/** Key of `ModelState.totals`. */
export const totalKey = (group: string, cause: string): string => `${group}:${cause}`;
export const nodeCause = (automation: string, node: string): string => `node:${automation}/${node}`;
