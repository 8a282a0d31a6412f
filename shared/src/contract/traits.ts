import type { FieldValue, Json } from '../model/value.ts';

/** Traits that cannot be fields are named, not lost in silence. */
export interface Traits {
  fields: Record<string, FieldValue>;
  ignored: string[];
}

const maxNesting = 5;
const maxText = 10_000;
const maxMember = 1_000;
const maxMembers = 200;
const maxName = 200;

/**
 * Traits of identify and group as typed fields: nested objects become dotted names (`address.country`), lists of scalars
 * become lists of text. `prefix` is put before every name (`account.`).
 */
export const fieldsOf = (traits: Record<string, Json>, prefix = ''): Traits => {
  const result: Traits = { fields: {}, ignored: [] };
  collect(result, traits, prefix, 0);
  return result;
};

const collect = (into: Traits, traits: Record<string, Json>, prefix: string, depth: number): void => {
  for (const [key, value] of Object.entries(traits)) {
    const name = prefix + key;
    if (key === '' || name.length > maxName) {
      into.ignored.push(name.slice(0, maxName));
    } else if (value !== null && typeof value === 'object' && !Array.isArray(value)) {
      if (depth < maxNesting) collect(into, value, `${name}.`, depth + 1);
      else into.ignored.push(name);
    } else {
      const field = fieldOf(value);
      if (field === undefined) into.ignored.push(name);
      else into.fields[name] = field;
    }
  }
};

const fieldOf = (value: Exclude<Json, Record<string, Json>>): FieldValue | undefined => {
  if (typeof value === 'string') return value.length <= maxText ? value : undefined;
  if (!Array.isArray(value)) return value;
  if (value.length > maxMembers) return undefined;
  const members: string[] = [];
  for (const member of value) {
    if (member === null || typeof member === 'object') return undefined;
    const text = String(member);
    if (text.length > maxMember) return undefined;
    members.push(text);
  }
  return members;
};
