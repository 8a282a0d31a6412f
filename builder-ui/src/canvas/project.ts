import { startNodeId, type Automation, type AutomationCounts, type Edge, type GraphNode } from '@ripen/shared';
import { Position } from '@xyflow/react';
import type { Port } from '../document/graph.ts';
import { portsOf } from '../document/graph.ts';
import { sizeOf, sizeOfStart, triggersShown } from '../document/place.ts';
import type { DocumentProblem } from '../document/problems.ts';
import type { Names } from '../fields/names.ts';
import { describeTrigger } from '../fields/words.ts';
import { lookOf, portLabel, summaryOf } from '../nodes/index.ts';
import type { FlowEdge, NodeCount, Passed, ShownPort, StepData, StepNode } from './flow-types.ts';

/** Everything that is drawn, but where the view is. */
export interface Scene {
  document: Automation;
  names: Names;
  problems: readonly DocumentProblem[];
  counts: AutomationCounts | null;
  selection: ReadonlySet<string>;
  edge: Port | null;
  /** Null: no path is drawn. */
  trail: ReadonlyMap<string, Passed> | null;
  /** Edges of the path, by `edgeId`. */
  taken: ReadonlySet<string> | null;
  /** What another version changes; null: versions are not compared. */
  marks: Marks | null;
  readOnly: boolean;
  /** A finger moves the drawing; a step only when it is selected. */
  byTouch: boolean;
}

/** What a drawing shows of a difference: by step, and by output. */
export interface Marks {
  nodes: ReadonlyMap<string, 'added' | 'changed' | 'removed'>;
  /** Edges of the document, by `edgeId`. */
  edges: ReadonlyMap<string, 'added' | 'removed'>;
  /** Connections that are not there any more, drawn beside those that are. */
  ghosts: readonly Edge[];
}

export interface Drawn {
  nodes: StepNode[];
  edges: FlowEdge[];
}

export const edgeId = ({ from, port }: Port): string => `${from} ${port}`;
export const portOfEdgeId = (id: string): Port => {
  const [from = '', port = ''] = id.split(' ');
  return { from, port };
};

/**
 * Turns a document into what React Flow draws. What is equal to what was drawn before stays the same object: only what
 * changed is drawn again, however many there are.
 */
export const createProjector = (): ((scene: Scene) => Drawn) => {
  let previous: Scene | null = null;
  let drawn: Drawn = { nodes: [], edges: [] };
  let nodeById = new Map<string, { source: unknown; node: StepNode }>();
  let edgeById = new Map<string, FlowEdge>();

  return (scene) => {
    const { document } = scene;
    const leaving = new Map<string, Set<string>>();
    for (const edge of document.edges)
      leaving.set(edge.from, (leaving.get(edge.from) ?? new Set<string>()).add(edge.port));
    const problemOf = severities(scene.problems);
    const countOf = new Map(scene.counts?.nodes.map((count) => [count.node, count]));
    const failuresOf = Map.groupBy(scene.counts?.failures ?? [], ({ node }) => node);
    const tabStop = tabStopOf(scene);
    const sameNames = previous?.names === scene.names;

    const nextNodes = new Map<string, { source: unknown; node: StepNode }>();
    const place = (
      id: string,
      source: unknown,
      read: () => Pick<StepData, 'title' | 'summary' | 'lines' | 'look' | 'note' | 'ports'>,
    ): StepNode => {
      const before = nodeById.get(id);
      const taken = leaving.get(id);
      const unchanged = before && sameNames && before.source === source && sameFree(before.node.data.ports, taken);
      const base = unchanged ? before.node.data : read();
      const data: StepData = {
        ...base,
        problem: problemOf.get(id) ?? null,
        count: asCount(id, countOf.get(id), scene.counts, failuresOf.get(id)),
        passed: scene.trail === null ? undefined : (scene.trail.get(id) ?? null),
        mark: scene.marks?.nodes.get(id),
        tabStop: tabStop === id,
      };
      const spot = document.layout?.[id] ?? { x: 0, y: 0 };
      const selected = scene.selection.has(id);
      if (unchanged && sameData(before.node.data, data) && before.node.selected === selected) {
        const { position } = before.node;
        const stays = position.x === spot.x && position.y === spot.y;
        const node = stays ? before.node : { ...before.node, position: spot };
        nextNodes.set(id, { source, node });
        return node;
      }
      const size = id === startNodeId ? sizeOfStart(document) : sizeOf(source as GraphNode); // All but the start are nodes.
      const node: StepNode = {
        id,
        type: 'step',
        position: spot,
        origin,
        data,
        selected,
        ...size,
        measured: size,
        handles: handlesOf(data.ports, size, id !== startNodeId),
        draggable: !scene.readOnly && (selected || !scene.byTouch),
        connectable: !scene.readOnly,
      };
      nextNodes.set(id, { source, node });
      return node;
    };

    const nodes = [
      place(startNodeId, document.triggers, () => startData(scene, leaving.get(startNodeId))),
      ...document.nodes.map((node) => place(node.id, node, () => stepData(node, scene.names, leaving.get(node.id)))),
    ];
    nodeById = nextNodes;

    const countOfEdge = new Map(scene.counts?.edges.map((edge) => [edgeId(edge), edge.count]));
    const busiest = Math.max(1, ...countOfEdge.values());
    const nextEdges = new Map<string, FlowEdge>();
    // Below the others: what is new lies over what is gone.
    for (const edge of ghostsOf(scene, nextNodes)) nextEdges.set(edge.id, edgeById.get(edge.id) ?? edge);
    for (const edge of document.edges) {
      const id = edgeId(edge);
      const count = scene.counts ? (countOfEdge.get(id) ?? 0) : null;
      const selected = scene.edge !== null && edgeId(scene.edge) === id;
      const passed = scene.taken === null ? undefined : scene.taken.has(id);
      const mark = scene.marks?.edges.get(id);
      const before = edgeById.get(id);
      const same =
        before?.target === edge.to &&
        before.selected === selected &&
        before.data?.count === count &&
        before.data?.passed === passed &&
        before.data.mark === mark;
      nextEdges.set(
        id,
        same
          ? before
          : {
              id,
              type: 'flow',
              source: edge.from,
              sourceHandle: edge.port,
              target: edge.to,
              selected,
              // Not a picture: the plus on it can be pressed.
              ariaRole: 'group',
              data: { port: edge.port, count, share: count === null ? 0 : count / busiest, passed, mark },
            },
      );
    }
    edgeById = nextEdges;
    previous = scene;
    drawn = { nodes: kept(drawn.nodes, nodes), edges: kept(drawn.edges, [...nextEdges.values()]) };
    return drawn;
  };
};

/** An output that is gone leaves from another one of its step: what matters is where it led. */
const ghostsOf = ({ marks }: Scene, nodes: ReadonlyMap<string, { node: StepNode }>): FlowEdge[] =>
  (marks?.ghosts ?? []).flatMap(({ from, port, to }): FlowEdge[] => {
    const ports = nodes.get(from)?.node.data.ports ?? [];
    const handle = ports.find(({ id }) => id === port) ?? ports.at(-1);
    if (!handle || !nodes.has(to)) return [];
    return [
      {
        id: `${edgeId({ from, port })} ${to}`,
        type: 'flow',
        source: from,
        sourceHandle: handle.id,
        target: to,
        selectable: false,
        ariaRole: 'group',
        data: { port, count: null, share: 0, passed: undefined, mark: 'removed' },
      },
    ];
  });

/** The list of before if nothing in it is another. */
const kept = <T>(before: T[], after: T[]): T[] =>
  before.length === after.length && before.every((item, index) => item === after[index]) ? before : after;

const severities = (problems: readonly DocumentProblem[]): Map<string, 'error' | 'warning'> => {
  const worst = new Map<string, 'error' | 'warning'>();
  for (const { node, path, severity } of problems) {
    const id = node ?? (path?.startsWith('triggers') || path?.startsWith('edges') ? startNodeId : undefined);
    if (id !== undefined && worst.get(id) !== 'error') worst.set(id, severity);
  }
  return worst;
};

const asCount = (
  id: string,
  count: AutomationCounts['nodes'][number] | undefined,
  counts: AutomationCounts | null,
  failures: AutomationCounts['failures'] = [],
): NodeCount | null => {
  if (!counts) return null;
  const {
    entered = 0,
    waiting = 0,
    done = 0,
    failed = 0,
    undelivered = 0,
  } = id === startNodeId ? { entered: counts.counts.entered, done: counts.counts.entered } : (count ?? {});
  return {
    entered,
    waiting,
    done,
    failed,
    undelivered,
    why: failures[0]?.reason ?? null,
  };
};

const tabStopOf = ({ document, selection }: Scene): string => {
  for (const id of selection) return id;
  return document.nodes.length === 0 || !document.layout ? startNodeId : startNodeId;
};

const sameFree = (ports: readonly ShownPort[], taken: ReadonlySet<string> | undefined): boolean =>
  ports.every((port) => port.free !== (taken?.has(port.id) ?? false));

const sameCount = (a: NodeCount | null, b: NodeCount | null): boolean =>
  a === b ||
  (a !== null &&
    b !== null &&
    a.entered === b.entered &&
    a.waiting === b.waiting &&
    a.done === b.done &&
    a.failed === b.failed &&
    a.undelivered === b.undelivered &&
    a.why === b.why);

const sameData = (a: StepData, b: StepData): boolean =>
  a.ports === b.ports &&
  a.problem === b.problem &&
  a.passed === b.passed &&
  a.mark === b.mark &&
  a.tabStop === b.tabStop &&
  sameCount(a.count, b.count);

const stepData = (node: GraphNode, names: Names, taken: ReadonlySet<string> | undefined) => {
  const look = lookOf(node.type);
  return {
    title: look.title,
    summary: summaryOf(node, names),
    lines: [],
    look,
    note: node.note ? node.note : null,
    ports: portsOf(node).map((id) => ({ id, label: portLabel(node, id, names), free: !taken?.has(id) })),
  };
};

const startData = ({ document, names }: Scene, taken: ReadonlySet<string> | undefined) => {
  const lines = document.triggers.map((trigger) => {
    const words = describeTrigger(trigger, names);
    return words === '…' ? 'Choose what it is' : words;
  });
  const rest = lines.length - triggersShown;
  const look = lookOf('start');
  return {
    title: look.title,
    summary: '',
    lines:
      lines.length === 0
        ? ['Nothing starts this yet']
        : rest > 0
          ? [...lines.slice(0, triggersShown), `and ${rest} more`]
          : lines,
    look,
    note: null,
    ports: [{ id: 'next', label: '', free: !taken?.has('next') }],
  };
};

/** A node's place is the middle of its upper side. */
const origin: [number, number] = [0.5, 0];

const handle = 10;
const handlesOf = (ports: readonly ShownPort[], size: { width: number; height: number }, target: boolean) => [
  ...(target
    ? [
        {
          type: 'target' as const,
          position: Position.Top,
          x: size.width / 2 - handle / 2,
          y: -handle / 2,
          width: handle,
          height: handle,
        },
      ]
    : []),
  ...ports.map((port, index) => ({
    id: port.id,
    type: 'source' as const,
    position: Position.Bottom,
    x: (size.width * (index + 0.5)) / ports.length - handle / 2,
    y: size.height - handle / 2,
    width: handle,
    height: handle,
  })),
];
