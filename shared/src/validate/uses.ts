import type { Definition, Definitions } from '../model/definitions.ts';
import { namedIn, type Named, type NamedKind } from '../model/named.ts';
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

/** A part of a definition, and its path there (in a node: in its settings). */
interface Part {
  use: Use;
  path: string;
  says: unknown;
}

type Add = (part: string | null, path: string, says: unknown, node?: string) => void;

const addParts = (document: Definition, add: Add): void => {
  switch (document.kind) {
    case 'model':
    case 'account_model':
      add('audience', 'audience', document.audience);
      document.rules.forEach((rule, index) => {
        if (rule.kind === 'profile') return add(rule.name, `rules.${index}.when`, rule.when);
        add(rule.name, `rules.${index}`, { event: rule.event });
        add(rule.name, `rules.${index}.where`, rule.where);
      });
      if (document.kind === 'account_model')
        document.contacts.forEach((part, index) => add('contacts', `contacts.${index}`, part));
      return;
    case 'lifecycle':
      add(null, '', { model: document.model });
      document.stages.forEach((stage, index) => add(stage.name, `stages.${index}.when`, stage.when));
      return;
    case 'automation':
      document.triggers.forEach((trigger, index) => add('trigger', `triggers.${index}`, trigger));
      for (const node of document.nodes) add(nodeTypeOf(node).title, 'settings', node.settings, node.id);
      return;
    case 'segment':
      add(null, 'when', document.when);
      return;
    case 'maintenance_program':
      add(null, '', document);
      return;
    case 'event_type':
      add('scanners', 'scanners', document.scanners);
      return;
    case 'field':
    case 'queue':
    case 'channel':
      return;
  }
};

const partsOf = (document: Definition): Part[] => {
  const parts: Part[] = [];
  const whose =
    document.kind === 'lifecycle'
      ? { kind: document.kind, id: 'lifecycle', name: 'Lifecycle' }
      : { kind: document.kind, id: document.id, name: document.name };
  addParts(document, (part, path, says, node) => {
    if (says !== undefined) parts.push({ use: { ...whose, part, node: node ?? null }, path, says });
  });
  return parts;
};

/** What names something is in force: old versions of automations do not. */
const partsIn = (definitions: Definitions): Part[] =>
  [
    ...definitions.models,
    ...(definitions.lifecycle ? [definitions.lifecycle] : []),
    ...definitions.automations.flatMap(({ live, graph }) => (live ? [graph] : [])),
    ...definitions.accountModels,
    ...definitions.segments,
    ...definitions.maintenance,
    ...definitions.eventTypes,
  ].flatMap(partsOf);

/** Something that a document names, and where in it. */
export interface Reference extends Named {
  places: Use[];
}

/** All that a document names outside itself, in the order in which it is met. */
export const referencesOf = (document: Definition): Reference[] => {
  const found = new Map<string, Reference>();
  for (const { use, says } of partsOf(document))
    for (const [key, named] of namedIn(says)) {
      const known = found.get(key);
      if (known) known.places.push(use);
      else found.set(key, { ...named, places: [use] });
    }
  return [...found.values()];
};

export interface Uses {
  /** Where one thing is used. */
  of(kind: NamedKind, name: string): readonly Use[];
  /** Everything of a kind that is named somewhere. */
  names(kind: NamedKind): string[];
}

/** Where everything that is named is used by definitions in force. */
export const readUses = (definitions: Definitions): Uses => {
  const uses = new Map<string, Use[]>();
  for (const { use, says } of partsIn(definitions))
    for (const key of namedIn(says).keys()) {
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
export const usesOf = (definitions: Definitions, kind: NamedKind, name: string): readonly Use[] =>
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
