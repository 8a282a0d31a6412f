import { startNodeId, type Automation, type Trigger } from '../automation/graph.ts';
import { nodeTypeOf } from '../nodes/registry.ts';
import { checkCondition } from './conditions.ts';
import type { Place } from './place.ts';

/** Checks a graph: its references, its shape, and that every cycle waits. */
export const checkAutomation = (place: Place, graph: Automation): void => {
  graph.triggers.forEach((trigger, index) => checkTrigger(place, trigger, `triggers.${index}`));
  const ids = graph.nodes.map((node) => node.id);
  for (const id of new Set(ids.filter((id, index) => ids.indexOf(id) !== index || id === startNodeId))) {
    place
      .at(id)
      .error(
        'duplicate_id',
        'nodes',
        id === startNodeId
          ? `"${startNodeId}" names the triggers; call the node otherwise.`
          : `Two nodes are called "${id}".`,
      );
  }
  for (const node of graph.nodes) checkNode(place.at(node.id), graph, node);
  const next = checkEdges(place, graph);
  const reached = reachable(next);
  if (!next.get(startNodeId)?.size)
    place.error('no_start', 'edges', 'Nothing follows the triggers; connect them to the first node.');
  for (const node of graph.nodes) {
    if (!reached.has(node.id))
      place
        .at(node.id)
        .error(
          'unreachable_node',
          'nodes',
          `"${nodeTypeOf(node).title}" cannot be reached from the triggers; connect or remove it.`,
        );
  }
  checkCycles(place, graph);
};

const checkTrigger = (place: Place, trigger: Trigger, path: string): void => {
  switch (trigger.type) {
    case 'event':
      if (trigger.where) checkCondition(place, trigger.where, 'automation', `${path}.where`);
      return;
    case 'schedule':
      // There is no event at hand when everybody is asked.
      if (trigger.who) checkCondition(place, trigger.who, 'segment', `${path}.who`);
      return;
    case 'score_crosses':
      place.model(trigger.model, `${path}.model`);
      return;
    case 'segment_entered':
    case 'segment_left':
      place.segment(trigger.segment, `${path}.segment`);
      return;
    case 'stage_entered':
    case 'stage_left':
      place.stage(trigger.stage, `${path}.stage`);
      return;
    default:
  }
};

const checkNode = (place: Place, graph: Automation, node: Automation['nodes'][number]): void => {
  const type = nodeTypeOf(node);
  for (const message of type.check?.(node.settings) ?? [])
    place.error('bad_settings', 'settings', `${type.title}: ${message}.`);
  const references = type.references(node.settings);
  for (const model of references.models ?? []) place.model(model, 'settings.model');
  for (const { model, group } of references.groups ?? []) place.group(model, group, 'settings.group');
  for (const stage of references.stages ?? []) place.stage(stage, 'settings.stage');
  for (const queue of references.queues ?? []) place.queue(queue, 'settings.queue');
  for (const channel of references.channels ?? []) place.channel(channel, 'settings.channel');
  for (const channel of references.webhooks ?? []) place.webhook(channel, 'settings.channel');
  for (const automation of references.automations ?? []) place.automation(automation, 'settings.automation');
  for (const target of references.nodes ?? []) {
    if (!graph.nodes.some(({ id }) => id === target))
      place.error('unknown_node', 'settings.node', `${type.title} leads to "${target}", which is not in the graph.`);
  }
  for (const { path, condition } of references.conditions ?? []) {
    checkCondition(place, condition, node.type === 'wait_event' ? 'event' : 'automation', `settings.${path}`);
  }
};

/** Checks edges and returns, per node, where its outputs and jumps lead. */
const checkEdges = (place: Place, graph: Automation): Map<string, Set<string>> => {
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const taken = new Set<string>();
  const next = new Map<string, Set<string>>();
  const connect = (from: string, to: string): unknown => next.set(from, (next.get(from) ?? new Set<string>()).add(to));
  graph.edges.forEach((edge, index) => {
    const path = `edges.${index}`;
    const from = nodes.get(edge.from);
    if (!from && edge.from !== startNodeId)
      return place.error('unknown_node', path, `An edge leaves "${edge.from}", which is not in the graph.`);
    if (!nodes.has(edge.to))
      return place
        .at(edge.from)
        .error('unknown_node', path, `An edge leads to "${edge.to}", which is not in the graph.`);
    const ports = from ? nodeTypeOf(from).ports(from.settings) : ['next'];
    if (!ports.includes(edge.port))
      return place
        .at(edge.from)
        .error(
          'unknown_port',
          path,
          `An edge leaves by "${edge.port}", but the outputs are ${ports.join(', ') || 'none'}.`,
        );
    if (taken.has(`${edge.from} ${edge.port}`))
      return place
        .at(edge.from)
        .error('two_edges_from_port', path, `Two edges leave by "${edge.port}"; a contact can take one.`);
    taken.add(`${edge.from} ${edge.port}`);
    connect(edge.from, edge.to);
  });
  for (const node of graph.nodes) {
    const type = nodeTypeOf(node);
    for (const target of type.references(node.settings).nodes ?? []) if (nodes.has(target)) connect(node.id, target);
    for (const port of type.ports(node.settings)) {
      if (!taken.has(`${node.id} ${port}`))
        place.at(node.id).warning('dangling_port', 'edges', `Nothing follows "${port}": runs end there.`);
    }
  }
  return next;
};

const reachable = (next: ReadonlyMap<string, ReadonlySet<string>>): Set<string> => {
  const reached = new Set<string>();
  const open: string[] = [startNodeId];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    for (const to of next.get(id) ?? []) {
      if (reached.has(to)) continue;
      reached.add(to);
      open.push(to);
    }
  }
  return reached;
};

/** Where a contact can get to in no time: what leaves nodes that do not wait, and outputs of waits that may be over at once. */
const atOnce = (graph: Automation): Map<string, string[]> => {
  const next = new Map<string, string[]>(
    graph.nodes.map((node) => [node.id, [...(nodeTypeOf(node).references(node.settings).nodes ?? [])]]),
  );
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  for (const { from, port, to } of graph.edges) {
    const node = nodes.get(from);
    if (!node) continue;
    const type = nodeTypeOf(node);
    const ports = type.kind === 'wait' ? (type.atOnce?.(node.settings) ?? []) : [port];
    if (ports.includes(port)) next.get(from)?.push(to);
  }
  return next;
};

/** Every cycle must contain a wait: those that a contact could run through in no time are errors, each reported once. */
const checkCycles = (place: Place, graph: Automation): void => {
  const next = atOnce(graph);
  const state = new Map<string, 'open' | 'done'>();
  for (const root of next.keys()) {
    // Depth first with an explicit stack: graphs may be thousands of nodes deep.
    const stack = [{ id: root, rest: [...(next.get(root) ?? [])] }];
    if (state.has(root)) continue;
    state.set(root, 'open');
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const to = top.rest.pop();
      if (to === undefined) {
        state.set(top.id, 'done');
        stack.pop();
      } else if (state.get(to) === 'open') {
        place
          .at(to)
          .error(
            'cycle_without_wait',
            'edges',
            'This node can be reached again without a wait: contacts would run in circles. Put a wait in between.',
          );
      } else if (next.has(to) && !state.has(to)) {
        state.set(to, 'open');
        stack.push({ id: to, rest: [...(next.get(to) ?? [])] });
      }
    }
  }
};
