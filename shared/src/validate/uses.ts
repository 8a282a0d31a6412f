import type { Definition, Definitions } from '../model/definitions.ts';
import { nodeTypeOf } from '../nodes/registry.ts';

/** A place in a definition that names something: a segment, or what the catalogue lists. */
export interface Use {
  kind: Definition['kind'];
  id: string;
  name: string;
  /** What in it: a rule's or a stage's name, "audience", "trigger", a node's title; null for all of it. */
  part: string | null;
  /** Node of an automation. */
  node: string | null;
}

/** What can be looked up: where it is used. */
export type UsedKind = 'field' | 'event_type' | 'label' | 'segment';

/** Conditions, triggers and nodes say these words for the same things, wherever they stand. */
const words: Readonly<Record<string, UsedKind>> = {
  field: 'field',
  event: 'event_type',
  label: 'label',
  segment: 'segment',
};

/** A part of a definition in force, and its path there (in a node: in its settings). */
interface Part {
  use: Use;
  path: string;
  says: unknown;
}

const partsIn = (definitions: Definitions): Part[] => {
  const parts: Part[] = [];
  const add = (use: Use, path: string, says: unknown): void => {
    if (says !== undefined) parts.push({ use, path, says });
  };
  for (const { id, name, audience, rules } of definitions.models) {
    const use = { kind: 'model' as const, id, name, node: null };
    add({ ...use, part: 'audience' }, 'audience', audience);
    rules.forEach((rule, index) => add({ ...use, part: rule.name }, `rules.${index}`, rule));
  }
  (definitions.lifecycle?.stages ?? []).forEach((stage, index) =>
    add(
      { kind: 'lifecycle', id: 'lifecycle', name: 'Lifecycle', part: stage.name, node: null },
      `stages.${index}.when`,
      stage.when,
    ),
  );
  for (const { live, graph } of definitions.automations) {
    if (!live) continue;
    const use = { kind: 'automation' as const, id: graph.id, name: graph.name };
    graph.triggers.forEach((trigger, index) =>
      add({ ...use, part: 'trigger', node: null }, `triggers.${index}`, trigger),
    );
    for (const node of graph.nodes)
      add({ ...use, part: nodeTypeOf(node).title, node: node.id }, 'settings', node.settings);
  }
  for (const { id, name, audience, rules } of definitions.accountModels) {
    const use = { kind: 'account_model' as const, id, name, node: null };
    add({ ...use, part: 'audience' }, 'audience', audience);
    rules.forEach((rule, index) => add({ ...use, part: rule.name }, `rules.${index}`, rule));
  }
  for (const { id, name, when } of definitions.segments)
    add({ kind: 'segment', id, name, part: null, node: null }, 'when', when);
  for (const program of definitions.maintenance)
    add({ kind: program.kind, id: program.id, name: program.name, part: null, node: null }, '', program);
  for (const { id, name, scanners } of definitions.eventTypes)
    add({ kind: 'event_type', id, name, part: 'scanners', node: null }, 'scanners', scanners);
  return parts;
};

/** What a part names, each thing once, as `<kind> <name>`; `{{field}}` places of texts name fields too. */
const namedIn = (says: unknown): Set<string> => {
  const found = new Set<string>();
  const visit = (value: unknown, word: UsedKind | undefined): void => {
    if (typeof value === 'string') {
      if (word) found.add(`${word} ${value}`);
      else if (value.includes('{{'))
        for (const [, place = ''] of value.matchAll(/\{\{\s*([^{}]{1,200}?)\s*\}\}/g))
          if (place !== 'stage' && !/^(score:|event\.)/.test(place)) found.add(`field ${place}`);
    } else if (Array.isArray(value)) for (const item of value) visit(item, undefined);
    else if (value !== null && typeof value === 'object')
      for (const [key, inner] of Object.entries(value))
        visit(inner, Object.hasOwn(words, key) ? words[key] : undefined);
  };
  visit(says, undefined);
  return found;
};

export interface Uses {
  /** Where one thing is used. */
  of(kind: UsedKind, name: string): readonly Use[];
  /** Everything of a kind that is named somewhere. */
  names(kind: UsedKind): string[];
}

/** Where everything that is named is used by definitions in force. */
export const readUses = (definitions: Definitions): Uses => {
  const uses = new Map<string, Use[]>();
  for (const { use, says } of partsIn(definitions))
    for (const key of namedIn(says)) {
      const known = uses.get(key);
      if (known) known.push(use);
      else uses.set(key, [use]);
    }
  return {
    of: (kind, name) => uses.get(`${kind} ${name}`) ?? [],
    names: (kind) =>
      [...uses.keys()].flatMap((key) => (key.startsWith(`${kind} `) ? [key.slice(kind.length + 1)] : [])),
  };
};

/** Where one thing is used. */
export const usesOf = (definitions: Definitions, kind: UsedKind, name: string): readonly Use[] =>
  readUses(definitions).of(kind, name);

/** The same with the path of each use, for fields that nothing may name. */
export const usesOfFields = (
  definitions: Definitions,
  fields: ReadonlySet<string>,
): { field: string; use: Use; path: string }[] =>
  partsIn(definitions).flatMap(({ use, path, says }) => {
    const named = namedIn(says);
    return [...fields].filter((field) => named.has(`field ${field}`)).map((field) => ({ field, use, path }));
  });
