import type { Edge, Node } from '@xyflow/react';
import type { Look } from '../nodes/index.ts';

/** An output as it is drawn. */
export interface ShownPort {
  id: string;
  label: string;
  /** Nothing follows it. */
  free: boolean;
}

/** Numbers on a node: how many came, wait, are through with it, failed; and what of it was not delivered. */
export interface NodeCount {
  entered: number;
  waiting: number;
  done: number;
  failed: number;
  undelivered: number;
  /** The most frequent reason of its failures. */
  why: string | null;
}

/** What a run did at a node, if a path is drawn. */
export interface Passed {
  /** Its turn in the run, from 1; the first when it came by more than once. */
  turn: number;
  failed: boolean;
  note: string | null;
  /** In words, where it waits at the moment that is looked at. */
  waits?: string;
}

export interface StepData extends Record<string, unknown> {
  title: string;
  summary: string;
  /** A line per trigger; empty for steps. */
  lines: readonly string[];
  look: Look;
  note: string | null;
  ports: readonly ShownPort[];
  problem: 'error' | 'warning' | null;
  count: NodeCount | null;
  /** Undefined: no path is drawn. Null: the path does not come here. */
  passed: Passed | null | undefined;
  /** What another version did with it, if versions are compared. */
  mark: 'added' | 'changed' | 'removed' | undefined;
  /** The one that Tab comes to. */
  tabStop: boolean;
}
export type StepNode = Node<StepData, 'step'>;

export interface FlowEdgeData extends Record<string, unknown> {
  port: string;
  /** Runs that took it, and its share of the busiest edge. */
  count: number | null;
  share: number;
  passed: boolean | undefined;
  mark: 'added' | 'removed' | undefined;
}
export type FlowEdge = Edge<FlowEdgeData, 'flow'>;
