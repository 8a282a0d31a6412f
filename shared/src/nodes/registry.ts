import { z } from 'zod';
import { idSchema } from '../model/value.ts';
import { condition } from './condition.ts';
import { addLabel, moveStage, removeLabel, setField } from './contact.ts';
import { end, goTo, startAutomation } from './flow.ts';
import { httpRequest } from './http-request.ts';
import type { NodeType } from './node-type.ts';
import { addPoints, decayPercent, penalty, resetScore, setScore, subtractPoints } from './points.ts';
import { randomSplit } from './random-split.ts';
import { notify, route } from './sales.ts';
import { waitHours, waitUntil } from './wait-until.ts';
import { goal, waitCondition, waitEvent, waitTime } from './waits.ts';

const types = [
  condition,
  randomSplit,
  addPoints,
  subtractPoints,
  penalty,
  setScore,
  resetScore,
  decayPercent,
  moveStage,
  setField,
  addLabel,
  removeLabel,
  waitTime,
  waitUntil,
  waitHours,
  waitEvent,
  waitCondition,
  goal,
  notify,
  route,
  httpRequest,
  goTo,
  startAutomation,
  end,
] as const;

/** A node of a graph: its type's settings beside its id. */
const shape = <Type extends string, Settings>(type: NodeType<Type, Settings>) =>
  z.strictObject({
    id: idSchema,
    type: z.literal(type.type),
    settings: type.settings,
    note: z.string().max(2_000).optional(),
  });

export const nodeSchema = z.discriminatedUnion('type', [
  shape(condition),
  shape(randomSplit),
  shape(addPoints),
  shape(subtractPoints),
  shape(penalty),
  shape(setScore),
  shape(resetScore),
  shape(decayPercent),
  shape(moveStage),
  shape(setField),
  shape(addLabel),
  shape(removeLabel),
  shape(waitTime),
  shape(waitUntil),
  shape(waitHours),
  shape(waitEvent),
  shape(waitCondition),
  shape(goal),
  shape(notify),
  shape(route),
  shape(httpRequest),
  shape(goTo),
  shape(startAutomation),
  shape(end),
]);
export type GraphNode = z.infer<typeof nodeSchema>;
export type NodeTypeName = GraphNode['type'];

/** A node type whose settings were checked by its own schema: what the core works with. */
export type AnyNodeType = NodeType<NodeTypeName, unknown>;

const byName = new Map<string, AnyNodeType>(
  // The settings reach each type's functions only after `nodeSchema` matched them to that type.
  types.map((type) => [type.type, type as unknown as AnyNodeType]),
);

/** All node types, in the order in which palettes show them. */
export const nodeTypes: readonly AnyNodeType[] = [...byName.values()];

/** The type of a node; graphs that passed their schema name only known ones. */
export const nodeTypeOf = (node: GraphNode): AnyNodeType => {
  const type = byName.get(node.type);
  if (!type) throw new Error(`Unknown node type "${node.type}".`);
  return type;
};
