import type { Automation, Edge, GraphNode } from '@ripen/shared';
import type { Port } from './graph.ts';
import type { Spot } from './place.ts';

/** What of an automation is no node and no edge. */
export type AutomationSettings = Pick<
  Automation,
  'name' | 'description' | 'triggers' | 'reentry' | 'whileInside' | 'pagesOnBackfill' | 'scenarios'
>;

/** A part of a graph: what copying takes along. Edges and places are of its own nodes only. */
export interface Fragment {
  nodes: GraphNode[];
  edges: Edge[];
  layout: Record<string, Spot>;
}

/** Everything that people can do to an automation, as data. What makes no sense in a document changes nothing in it. */
export type Edit =
  /** After an output: on its edge, if it has one; else as what follows. At a place of its own, if one is given. */
  | { kind: 'add'; node: GraphNode; after?: Port | undefined; at?: Spot | undefined }
  | { kind: 'move'; to: Readonly<Record<string, Spot>> }
  /** An output leads to one node: what it led to before is let go. */
  | { kind: 'connect'; from: string; port: string; to: string }
  | { kind: 'disconnect'; from: string; port: string }
  /** What came to a node that leads to one other goes on to that one. */
  | { kind: 'delete'; nodes: readonly string[] }
  /** Settings and note; edges of outputs that are no longer there go. */
  | { kind: 'change'; node: GraphNode }
  | { kind: 'automation'; change: Partial<AutomationSettings> }
  /** A fragment with ids of its own (`withFreshIds`), moved so that it covers nothing. */
  | { kind: 'paste'; fragment: Fragment; at?: Spot | undefined }
  | { kind: 'tidy' }
  /** Another document in this one's place: a template, an earlier version. */
  | { kind: 'replace'; document: Automation };
