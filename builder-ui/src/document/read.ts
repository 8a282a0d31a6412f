import {
  automationSchema,
  graphSchemaVersion,
  idSchema,
  nodeTypes,
  startNodeId,
  triggerSchema,
  type Automation,
  type GraphNode,
} from '@ripen/shared';
import { placed } from './tidy.ts';

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

export type Read = { kind: 'document'; document: Automation } | { kind: 'corrupt'; why: string };

const knownTypes = new Set<string>(nodeTypes.map(({ type }) => type));
const triggerTypes = new Set<string>(triggerSchema.options.map((option) => option.shape.type.value));

/** Nothing yet: where a new automation begins. */
export const emptyDocument = (id: string, name = 'New automation'): Automation => ({
  kind: 'automation',
  schemaVersion: 1,
  id,
  name,
  triggers: [],
  reentry: { kind: 'every_time' },
  whileInside: 'side_by_side',
  pagesOnBackfill: false,
  nodes: [],
  edges: [],
  layout: { [startNodeId]: { x: 0, y: 0 } },
});

/**
 * Reads a draft. It may be unfinished (no triggers yet, settings half typed), which is what problems are for; it must have
 * the shape that can be drawn, or it is corrupt.
 */
export const readDocument = (given: unknown, id: string): Read => {
  const whole = automationSchema.safeParse(given);
  if (whole.success) return { kind: 'document', document: placed({ ...whole.data, id }) };
  const why = flawOf(given);
  if (why !== null) return { kind: 'corrupt', why };
  const told = Object.fromEntries(Object.entries(given as object).filter(([, part]) => part !== undefined));
  // `flawOf` looked at each part that is drawn; settings are the one thing in it that may still be wrong.
  const document = { ...emptyDocument(id, ''), ...told, id } as Automation;
  return { kind: 'document', document: placed({ ...document, layout: cleanLayout(document.layout) }) };
};

const cleanLayout = (layout: unknown): Automation['layout'] =>
  Object.fromEntries(
    Object.entries(isRecord(layout) ? layout : {}).filter(
      ([, spot]) => isRecord(spot) && Number.isFinite(spot['x']) && Number.isFinite(spot['y']),
    ),
  ) as Automation['layout']; // Filtered to just that.

const isOptional = (type: 'string' | 'boolean', value: unknown): boolean =>
  value === undefined || typeof value === type;

/** Whether a node can be drawn and edited: its settings may be unfinished. */
export const isDrawable = (node: unknown): node is GraphNode =>
  isRecord(node) &&
  isRecord(node['settings']) &&
  isOptional('string', node['note']) &&
  knownTypes.has(String(node['type'])) &&
  idSchema.safeParse(node['id']).success &&
  node['id'] !== startNodeId;

/** As the schema of automations has it. */
const mostSteps = 5_000;

const flawOf = (given: unknown): string | null => {
  if (!isRecord(given)) return 'It is not a document at all.';
  if (given['kind'] !== 'automation') return 'It is not an automation.';
  const { schemaVersion } = given;
  if (typeof schemaVersion === 'number' && schemaVersion > graphSchemaVersion)
    return 'It was written by a newer version of Ripen. Update Ripen here, or open it there.';
  if (!isOptional('string', given['name']) || !isOptional('string', given['description']))
    return 'Its name cannot be read.';
  if (!isOptional('boolean', given['pagesOnBackfill']) || !isOptional('string', given['whileInside']))
    return 'Its settings cannot be read.';
  const { triggers = [], nodes = [], edges = [], reentry = { kind: 'every_time' } } = given;
  if (!isRecord(reentry) || typeof reentry['kind'] !== 'string') return 'Its settings cannot be read.';
  if (!Array.isArray(triggers) || !triggers.every((one) => isRecord(one) && triggerTypes.has(String(one['type']))))
    return 'Its triggers cannot be read.';
  if (!Array.isArray(nodes)) return 'Its steps cannot be read.';
  if (nodes.length > mostSteps)
    return `It has ${nodes.length} steps; an automation can have ${mostSteps}. Split it into several that start each other.`;
  const ids = new Set<string>();
  for (const [index, node] of (nodes as unknown[]).entries()) {
    if (!isDrawable(node)) return `Step ${index + 1} cannot be read, or is of a kind that this version does not know.`;
    if (ids.has(node.id)) return `Step ${index + 1} has no id of its own.`;
    ids.add(node.id);
  }
  const isEdge = (edge: unknown): boolean =>
    isRecord(edge) && [edge['from'], edge['port'], edge['to']].every((end) => typeof end === 'string');
  if (!Array.isArray(edges) || edges.length > 10_000 || !edges.every(isEdge)) return 'Its connections cannot be read.';
  return null;
};
