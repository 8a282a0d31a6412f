import { isPollutingKey, type Json } from '../model/value.ts';

/** Most bytes of one event's properties and fields, as JSON. */
export const maxEventBytes = 32_768;
const maxDepth = 16;

export type JsonFault = 'nul_byte' | 'reserved_key' | 'not_finite' | 'too_deep' | 'too_large' | 'not_json';

export const jsonFaults: Record<JsonFault, string> = {
  nul_byte: 'contains a NUL character, which cannot be stored',
  reserved_key: 'uses a reserved key (__proto__, constructor or prototype)',
  not_finite: 'contains a number that is not finite',
  too_deep: `is nested deeper than ${maxDepth} levels`,
  too_large: `is larger than ${maxEventBytes / 1024} KB`,
  not_json: 'contains something that is not JSON',
};

/** What was found where: `path` is dotted, as `cart.items.0.price`. */
export interface JsonFinding {
  fault: JsonFault;
  path: string;
}

/**
 * Checks a freshly parsed value for what must not reach the database or an object's prototype. Half surrogate pairs, which
 * clients leave when they cut text, are replaced in place by U+FFFD. Returns the first finding, or null.
 */
export const checkJson = (value: Record<string, Json>): JsonFinding | null => {
  const walk: Walk = { characters: 0, path: [] };
  const fault = check(walk, value, 0);
  if (fault) return { fault, path: walk.path.reverse().join('.') };
  // An escape takes six bytes at most: only what could be too large is measured.
  if (walk.characters * 6 > maxEventBytes && utf8Length(JSON.stringify(value)) > maxEventBytes) {
    return { fault: 'too_large', path: '' };
  }
  return null;
};

interface Walk {
  characters: number;
  path: string[];
}

const check = (walk: Walk, holder: Record<string, Json> | Json[], depth: number): JsonFault | null => {
  if (depth > maxDepth) return 'too_deep';
  if (Array.isArray(holder)) {
    for (let index = 0; index < holder.length; index++) {
      const fault = checkValue(walk, holder[index], depth);
      if (fault) return at(walk, String(index), fault);
      holder[index] = repaired(holder[index]);
    }
    return null;
  }
  for (const key of Object.keys(holder)) {
    const fault = keyFault(key) ?? checkValue(walk, holder[key], depth);
    if (fault) return at(walk, key.slice(0, 100), fault);
    holder[key] = repaired(holder[key]);
    walk.characters += key.length + 4;
  }
  return null;
};

const at = (walk: Walk, key: string, fault: JsonFault): JsonFault => {
  walk.path.push(key);
  return fault;
};

// What was checked is there: only its text can change.
const repaired = (value: Json | undefined): Json =>
  typeof value === 'string' && !value.isWellFormed() ? value.toWellFormed() : (value as Json);

const checkValue = (walk: Walk, value: Json | undefined, depth: number): JsonFault | null => {
  switch (typeof value) {
    case 'string':
      walk.characters += value.length;
      return value.includes('\u0000') ? 'nul_byte' : null;
    case 'number':
      walk.characters += 20;
      return Number.isFinite(value) ? null : 'not_finite';
    case 'boolean':
      walk.characters += 5;
      return null;
    case 'object':
      walk.characters += 4;
      return value === null ? null : check(walk, value, depth + 1);
    default:
      return 'not_json';
  }
};

const keyFault = (key: string): JsonFault | null => {
  if (isPollutingKey(key)) return 'reserved_key';
  if (key.includes('\u0000') || !key.isWellFormed()) return 'nul_byte';
  return null;
};

const utf8Length = (text: string): number => {
  let length = text.length;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    // Each half of a surrogate pair is two of its four bytes.
    if (unit > 0x7ff) length += unit >= 0xd800 && unit <= 0xdfff ? 1 : 2;
    else if (unit > 0x7f) length += 1;
  }
  return length;
};
