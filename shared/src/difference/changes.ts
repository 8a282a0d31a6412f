/** A value that two documents hold differently. What is undefined is not there. */
export interface ValueChange {
  /** Where it is: keys, and members of lists by their ids. */
  path: string[];
  /** The same as people call it: `Points`, `US, when`. */
  label: string;
  before: unknown;
  after: unknown;
}

type Dictionary = Record<string, unknown>;
const isDictionary = (value: unknown): value is Dictionary =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) =>
    isDictionary(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
      : inner,
  ) ?? '';

/** Whether two values of documents say the same: the order of keys carries no meaning. */
export const saysSame = (a: unknown, b: unknown): boolean => a === b || canonical(a) === canonical(b);

/** Which values are told as one: what says its kind (conditions, countings, triggers), and durations. */
export type Whole = (value: unknown) => boolean;
export const isWhole: Whole = (value) =>
  isDictionary(value) &&
  ('kind' in value || 'op' in value || 'type' in value || ('amount' in value && 'unit' in value));

/**
 * Where `after` differs from `before`, value by value, in the order of the keys as they stand. Lists whose members have ids are
 * compared by them; other lists are one value. Never throws: drafts may hold anything.
 */
export const changesBetween = (before: unknown, after: unknown, whole: Whole = isWhole): ValueChange[] => {
  const found: ValueChange[] = [];
  const look = (path: string[], label: string[], was: unknown, is: unknown, member: boolean): void => {
    if (saysSame(was, is)) return;
    const [old, young] = [byId(was), byId(is)];
    if (old && young) {
      for (const id of new Set([...old.keys(), ...young.keys()])) {
        const [one, other] = [old.get(id), young.get(id)];
        look([...path, id], [...label.slice(0, -1), nameOf(other ?? one) ?? id], one, other, true);
      }
      if (old.size === young.size && [...old.keys()].every((id) => young.has(id))) orderOf(path, label, old, young);
    } else if (isDictionary(was) && isDictionary(is) && (member || !(whole(was) || whole(is)))) {
      for (const key of new Set([...Object.keys(was), ...Object.keys(is)]))
        look([...path, key], [...label, labelOf(key)], was[key], is[key], false);
    } else found.push({ path, label: said(label), before: was, after: is });
  };
  /** Of branches the first that holds is taken: their order is a change too. */
  const orderOf = (path: string[], label: string[], old: Map<string, unknown>, young: Map<string, unknown>): void => {
    if ([...old.keys()].join() === [...young.keys()].join()) return;
    const names = (list: Map<string, unknown>): string[] => [...list].map(([id, one]) => nameOf(one) ?? id);
    found.push({ path, label: said([...label, 'order']), before: names(old), after: names(young) });
  };
  look([], [], before ?? {}, after ?? {}, true);
  return found;
};

/** Members by their ids; null where the value is no list, or not all of them have one of their own. */
const byId = (value: unknown): Map<string, unknown> | null => {
  if (!Array.isArray(value)) return null;
  const members = new Map<string, unknown>();
  for (const member of value as unknown[]) {
    if (!isDictionary(member) || typeof member['id'] !== 'string') return null;
    members.set(member['id'], member);
  }
  return members.size === value.length ? members : null;
};

const nameOf = (value: unknown): string | null =>
  isDictionary(value) && typeof value['name'] === 'string' && value['name'] !== '' ? value['name'] : null;

const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
const said = (label: readonly string[]): string => {
  const text = label.map((word, index) => (index === 0 ? word : lower(word))).join(', ');
  return text.charAt(0).toUpperCase() + text.slice(1);
};

/** `expiresAfterDays` as people write it: "Expires after days". */
export const labelOf = (key: string): string => {
  const words = key.replaceAll(/(?<=[a-z\d])(?=[A-Z])/g, ' ').replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1).toLowerCase();
};
