import type { Condition } from '../model/condition.ts';
import { segmentsNamed } from '../model/condition-parts.ts';
import type { Definition, Definitions } from '../model/definitions.ts';
import { nodeTypeOf } from '../nodes/registry.ts';

/** A place in a definition that names another. */
export interface Use {
  kind: Definition['kind'];
  id: string;
  name: string;
  /** What in it: a rule's or a stage's name, "audience", "trigger", a node's title; null for all of it. */
  part: string | null;
  /** Node of an automation. */
  node: string | null;
}

/** Where a segment is used by definitions in force. */
export const usesOfSegment = (definitions: Definitions, id: string): Use[] => {
  const uses: Use[] = [];
  const names = (condition: Condition | undefined): boolean =>
    condition !== undefined && segmentsNamed(condition).includes(id);
  for (const model of definitions.models) {
    const use = { kind: 'model' as const, id: model.id, name: model.name, node: null };
    if (names(model.audience)) uses.push({ ...use, part: 'audience' });
    for (const rule of model.rules)
      if (names(rule.kind === 'profile' ? rule.when : rule.where)) uses.push({ ...use, part: rule.name });
  }
  for (const stage of definitions.lifecycle?.stages ?? [])
    if (names(stage.when))
      uses.push({ kind: 'lifecycle', id: 'lifecycle', name: 'Lifecycle', part: stage.name, node: null });
  for (const { live, graph } of definitions.automations) {
    if (!live) continue;
    const use = { kind: 'automation' as const, id: graph.id, name: graph.name };
    for (const trigger of graph.triggers)
      if (('segment' in trigger && trigger.segment === id) || ('where' in trigger && names(trigger.where)))
        uses.push({ ...use, part: 'trigger', node: null });
    for (const node of graph.nodes) {
      const type = nodeTypeOf(node);
      if (type.references(node.settings).conditions?.some(({ condition }) => names(condition)))
        uses.push({ ...use, part: type.title, node: node.id });
    }
  }
  for (const segment of definitions.segments)
    if (names(segment.when)) uses.push({ kind: 'segment', id: segment.id, name: segment.name, part: null, node: null });
  for (const program of definitions.maintenance)
    if (names(program.who))
      uses.push({ kind: program.kind, id: program.id, name: program.name, part: null, node: null });
  return uses;
};
