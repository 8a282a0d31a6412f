import {
  definitionSchema,
  referencesOf,
  renamed,
  type Automation,
  type AutomationTemplate,
  type Definition,
  type NamedKind,
} from '@ripen/shared';
import type { Names } from '../../../fields/names.ts';

type Of<Kind extends Definition['kind']> = Extract<Definition, { kind: Kind }>;

/** A template whose documents were read. */
export interface ReadTemplate extends Pick<AutomationTemplate, 'id' | 'title' | 'summary' | 'about'> {
  automations: Automation[];
  /** What they need, to be published where the workspace has nothing to take for it. */
  needed: Exclude<Definition, Automation>[];
}

export const readTemplate = ({ documents, ...template }: AutomationTemplate): ReadTemplate => {
  const read = documents.map((document) => definitionSchema.parse(document));
  return {
    ...template,
    automations: read.filter((document) => document.kind === 'automation'),
    needed: read.filter((document) => document.kind !== 'automation'),
  };
};

/** Something that the automations name, and what of the workspace could be taken for it. */
export interface Need {
  kind: NeedKind;
  id: string;
  name: string;
  /** What there is already. Its own name comes first where events and fields need no definition. */
  options: readonly { id: string; name: string }[];
  /** It can be made. A stage cannot where there is a lifecycle: that would be another lifecycle. */
  isMade: boolean;
}
export type NeedKind = Extract<NamedKind, 'model' | 'stage' | 'queue' | 'channel' | 'event_type' | 'field'>;
const needKinds: readonly NamedKind[] = ['model', 'stage', 'queue', 'channel', 'event_type', 'field'];

export const keyOf = ({ kind, id }: Pick<Need, 'kind' | 'id'>): string => `${kind} ${id}`;
/** Chosen of the options, by need; null: it is made. */
export type Chosen = Readonly<Record<string, string | null>>;

const documentOf = <Kind extends Definition['kind']>(template: ReadTemplate, kind: Kind, id: string) =>
  template.needed.find(
    (document): document is Extract<ReadTemplate['needed'][number], { kind: Kind }> =>
      document.kind === kind && 'id' in document && document.id === id,
  );
const lifecycleOf = (template: ReadTemplate): Of<'lifecycle'> | undefined =>
  template.needed.find((document) => document.kind === 'lifecycle');

/** What a template needs, in the order in which its automations name it. */
export const needsOf = (template: ReadTemplate, names: Names): Need[] => {
  const seen = new Set<string>();
  return template.automations
    .flatMap(referencesOf)
    .flatMap((reference): Need[] => {
      const { kind, id } = reference;
      const key = `${kind} ${id}`;
      if (!needKinds.includes(kind) || seen.has(key)) return [];
      // What every contact can have (an address, a zone) needs no word.
      if (kind === 'field' && !documentOf(template, 'field', id)) return [];
      seen.add(key);
      return [needOf(template, names, kind as NeedKind /* Looked up just above. */, id)];
    })
    .sort((a, b) => needKinds.indexOf(a.kind) - needKinds.indexOf(b.kind));
};

const needOf = (template: ReadTemplate, names: Names, kind: NeedKind, id: string): Need => {
  const own = (list: readonly { id: string; name: string }[], name: string) =>
    list.some((one) => one.id === id) ? list : [{ id, name }, ...list];
  switch (kind) {
    case 'model':
      return { kind, id, name: documentOf(template, 'model', id)?.name ?? id, options: names.models, isMade: true };
    case 'queue':
      return { kind, id, name: documentOf(template, 'queue', id)?.name ?? id, options: names.queues, isMade: true };
    case 'channel':
      return { kind, id, name: documentOf(template, 'channel', id)?.name ?? id, options: names.channels, isMade: true };
    case 'stage': {
      const name = lifecycleOf(template)?.stages.find((stage) => stage.id === id)?.name ?? id;
      return { kind, id, name, options: names.stages, isMade: names.stages.length === 0 };
    }
    case 'event_type': {
      const name = documentOf(template, 'event_type', id)?.name ?? id;
      const known = names.eventTypes.filter(({ usual }) => !usual);
      return { kind, id, name, options: own(known, name), isMade: false };
    }
    case 'field': {
      const name = documentOf(template, 'field', id)?.name ?? id;
      const fields = names.fields.map((field) => ({ id: field.path, name: field.name ?? field.path }));
      return { kind, id, name, options: own(fields, name), isMade: false };
    }
  }
};

/**
 * What is taken for each need unless somebody says otherwise: what is called the same; for the model of interest the one that
 * drives the stages; for a stage the one that stands as high; for a channel any, because a new one tells only who made it.
 */
export const proposed = (template: ReadTemplate, needs: readonly Need[], names: Names): Chosen => {
  const general = lifecycleOf(template)?.model ?? 'interest';
  return Object.fromEntries(
    needs.map((need): [string, string | null] => {
      const { kind, id, options } = need;
      const key = keyOf(need);
      if (options.some((option) => option.id === id)) return [key, id];
      if (kind === 'model' && id === general) return [key, names.lifecycleModel ?? options[0]?.id ?? null];
      if (kind === 'channel') return [key, options[0]?.id ?? null];
      if (kind === 'stage' && !need.isMade) return [key, stageAsHigh(template, id, options)];
      return [key, null];
    }),
  );
};

const stageAsHigh = (template: ReadTemplate, id: string, options: Need['options']): string | null => {
  const stages = lifecycleOf(template)?.stages ?? [];
  const fromTop = stages.length - stages.findIndex((stage) => stage.id === id);
  return (options.at(-fromTop) ?? options[0])?.id ?? null;
};

/** What using a template comes to: definitions to be published first, then drafts. */
export interface Made {
  publish: Definition[];
  drafts: Automation[];
}

/**
 * The template's automations with what was chosen in place of what they need, under new ids, and the definitions that are made
 * for them. Whom a new channel tells is said by `tell`, an e-mail address.
 */
export const madeOf = (
  template: ReadTemplate,
  needs: readonly Need[],
  chosen: Chosen,
  given: { tell: string; freshId: () => string },
): Made => {
  const ids = new Map(template.automations.map(({ id }) => [id, given.freshId()]));
  const as = ({ kind, id }: { kind: NamedKind; id: string }): string =>
    (kind === 'automation' ? ids.get(id) : chosen[`${kind} ${id}`]) ?? id;
  const made = new Set(needs.filter((need) => chosen[keyOf(need)] === null).map(keyOf));
  const needsStages = [...made].some((key) => key.startsWith('stage '));
  const lifecycle = needsStages ? lifecycleOf(template) : undefined;
  if (lifecycle && !chosen[`model ${lifecycle.model}`]) made.add(`model ${lifecycle.model}`);
  const taken = (document: ReadTemplate['needed'][number]): boolean => {
    if (document.kind === 'lifecycle') return document === lifecycle;
    const key = `${document.kind} ${document.id}`;
    // Events and fields that keep their names are described, so that pickers know them.
    return (
      made.has(key) || ((document.kind === 'event_type' || document.kind === 'field') && chosen[key] === document.id)
    );
  };
  return {
    publish: template.needed.filter(taken).map((document) => {
      if (document.kind === 'lifecycle') return renamed(document, as);
      return document.kind === 'channel' && document.type === 'email' ? { ...document, to: [given.tell] } : document;
    }),
    drafts: template.automations.map((automation) => ({
      ...renamed(automation, as),
      id: ids.get(automation.id) ?? automation.id,
    })),
  };
};
