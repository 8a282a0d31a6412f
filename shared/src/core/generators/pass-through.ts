import { startNodeId } from '../../automation/graph.ts';
import type { DefinitionInput } from '../../model/definitions.ts';
import { automation, model, Play, programOf, rule } from './play.ts';

type AutomationInput = Extract<DefinitionInput, { kind: 'automation' }>;
export type NodeInput = AutomationInput['nodes'][number];

const queue: DefinitionInput = { kind: 'queue', id: 'sales', name: 'Sales', reps: [{ id: 'ada', name: 'Ada' }] };
const channel: DefinitionInput = {
  kind: 'channel',
  id: 'hook',
  name: 'Hook',
  type: 'webhook',
  url: 'https://example.com/hook',
};
const stages: DefinitionInput = {
  kind: 'lifecycle',
  model: 'main',
  stages: [
    { id: 'lead', name: 'Lead', threshold: 500 },
    { id: 'mql', name: 'MQL', threshold: 900 },
  ],
};
/** Starts the pass. */
export const go = { on: 1, type: 'go' };
/** A step that leaves its mark. */
export const label = (id: string): NodeInput => ({ id, type: 'add_label', settings: { label: id } });

/** A contact with 20 points of the rule `earn`, then a pass through the nodes on day 1. */
export const pass = (
  nodes: NodeInput[],
  more: {
    edges?: AutomationInput['edges'];
    modelMore?: Parameters<typeof model>[1];
    documents?: DefinitionInput[];
  } = {},
): Play =>
  new Play(
    programOf(
      model([rule('earn', 'earned', 20)], more.modelMore),
      queue,
      channel,
      stages,
      automation('flow', [{ type: 'event', event: 'go' }], nodes, more.edges ? { edges: more.edges } : {}),
      ...(more.documents ?? []),
    ),
    'a-contact',
  ).then({ on: 0, type: 'earned' });

/** Edges from the start to the first node, and these. */
export const entered = (
  nodes: NodeInput[],
  edges: [from: string, port: string, to: string][],
): AutomationInput['edges'] => [
  { from: startNodeId, to: nodes[0]?.id ?? '' },
  ...edges.map(([from, port, to]) => ({ from, port, to })),
];
