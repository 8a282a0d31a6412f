/** What definitions can name elsewhere. */
export const namedKinds = [
  'model',
  'stage',
  'queue',
  'channel',
  'automation',
  'segment',
  'field',
  'event_type',
  'label',
] as const;
export type NamedKind = (typeof namedKinds)[number];

/** Something that a definition names: by its id; a field by its path, a label by itself. */
export interface Named {
  kind: NamedKind;
  id: string;
}

/** Conditions, triggers, steps and rules say these words for the same things, wherever they stand. */
const texts: Readonly<Record<string, NamedKind>> = {
  model: 'model',
  stage: 'stage',
  queue: 'queue',
  channel: 'channel',
  automation: 'automation',
  segment: 'segment',
  field: 'field',
  zoneField: 'field',
  event: 'event_type',
  label: 'label',
};

/** Objects of made-up contacts and of what is expected of them: their keys are names. */
const keyed: Readonly<Record<string, NamedKind>> = { fields: 'field', points: 'model', scores: 'model' };

const wordOf = (words: Readonly<Record<string, NamedKind>>, key: string): NamedKind | undefined =>
  Object.hasOwn(words, key) ? words[key] : undefined;

/** `{{field}}` and `{{score:model}}` places of texts name things too. */
const renamedPlaces = (text: string, as: (named: Named) => string): string =>
  text.replaceAll(/\{\{\s*([^{}]{1,200}?)\s*\}\}/g, (whole, place: string) => {
    if (place === 'stage' || place.startsWith('event.')) return whole;
    const of = (kind: NamedKind, id: string, before: string): string => {
      const to = as({ kind, id });
      return to === id ? whole : `{{${before}${to}}}`;
    };
    return place.startsWith('score:') ? of('model', place.slice(6).trim(), 'score:') : of('field', place, '');
  });

/** A part of a definition with everything that it names called otherwise; what `as` leaves as it is stays. */
export const renamed = <Part>(part: Part, as: (named: Named) => string): Part => {
  const visit = (value: unknown, word: NamedKind | undefined): unknown => {
    if (typeof value === 'string') {
      if (word) return as({ kind: word, id: value });
      return value.includes('{{') ? renamedPlaces(value, as) : value;
    }
    if (Array.isArray(value)) return value.map((item) => visit(item, undefined));
    if (value === null || typeof value !== 'object') return value;
    // `{ kind: 'stage', in: [...] }`
    const stages = 'kind' in value && value.kind === 'stage';
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]: [string, unknown]) => {
        // What events carry is data of theirs; identity is no reference.
        if (key === 'properties' || key === 'id') return [key, inner];
        if (stages && key === 'in' && Array.isArray(inner)) return [key, inner.map((item) => visit(item, 'stage'))];
        if (key === 'labels' && Array.isArray(inner)) return [key, inner.map((item) => visit(item, 'label'))];
        const keys = wordOf(keyed, key);
        if (keys && inner !== null && typeof inner === 'object' && !Array.isArray(inner))
          return [key, Object.fromEntries(Object.entries(inner).map(([id, held]) => [as({ kind: keys, id }), held]))];
        return [key, visit(inner, wordOf(texts, key))];
      }),
    );
  };
  // The same shape: only texts and keys differ.
  return visit(part, undefined) as Part;
};

const keyOfNamed = ({ kind, id }: Named): string => `${kind} ${id}`;

/** What a part of a definition names, each thing once, in the order in which it is met. */
export const namedIn = (part: unknown): Map<string, Named> => {
  const found = new Map<string, Named>();
  renamed(part, (named) => {
    found.set(keyOfNamed(named), named);
    return named.id;
  });
  return found;
};
