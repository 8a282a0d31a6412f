import { isInternalEventType, type FieldValue, type Json, type Properties } from '@ripen/shared';
import type { Seen, ValueKind } from '../store/seen.ts';
import type { Changes } from './changes.ts';

/** Events of one type look alike: the first few of a batch say enough. */
const looksPerType = 10;
const mostProperties = 100;
const longestName = 200;

const isoDate = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/;

const kindOf = (value: Json | FieldValue): ValueKind => {
  if (typeof value === 'string') return isoDate.test(value) ? 'date' : 'text';
  if (typeof value === 'number') return 'number';
  if (typeof value === 'boolean') return 'boolean';
  return Array.isArray(value) ? 'list' : 'unknown';
};

/** What the events of a batch brought, each thing once, with the latest date. */
export const seenIn = ({ events, entries, stepped }: Changes): Seen[] => {
  const found = new Map<string, Seen>();
  const looks = new Map<string, number>();
  const note = (kind: Seen['kind'], parent: string, name: string, valueKind: ValueKind, at: number): void => {
    if (name === '' || name.length > longestName) return;
    const key = `${kind}\n${parent}\n${name}`;
    const present = found.get(key);
    if (!present) found.set(key, { kind, parent, name, valueKind, at });
    else if (at >= present.at) {
      present.at = at;
      if (valueKind !== 'unknown') present.valueKind = valueKind;
    }
  };
  for (const { input } of events) {
    const { type, properties, fields, occurredAt: at } = input;
    if (isInternalEventType(type)) continue;
    note('event_type', '', type, 'unknown', at);
    const count = (looks.get(type) ?? 0) + 1;
    looks.set(type, count);
    if (count > looksPerType) continue;
    for (const [path, value] of pathsOf(properties)) note('property', type, path, kindOf(value), at);
    for (const name in fields) note('field', '', name, kindOf(fields[name] ?? null), at);
  }
  for (const { before, contact } of stepped.values()) {
    if (contact.subject.labels === before.labels) continue;
    for (const label of contact.subject.labels) note('label', '', label, 'text', contact.subject.clock);
  }
  return [...found.values(), ...matchesIn(entries)];
};

const rulePrefix = 'rule:';

/** Rules that gave points, each once, with when they last did. */
export const matchesIn = (entries: Changes['entries']): Seen[] => {
  // By model, then by cause: nothing is put together for each of very many entries.
  const models = new Map<string, Map<string, Seen>>();
  for (const { row } of entries) {
    if ((row.kind !== 'points' && row.kind !== 'profile') || !row.cause.startsWith(rulePrefix)) continue;
    const causes = models.get(row.model) ?? new Map<string, Seen>();
    models.set(row.model, causes);
    const known = causes.get(row.cause);
    if (known) known.at = Math.max(known.at, row.at);
    else {
      const name = row.cause.slice(rulePrefix.length);
      causes.set(row.cause, { kind: 'rule', parent: row.model, name, valueKind: 'unknown', at: row.at });
    }
  }
  return [...models.values()].flatMap((causes) => [...causes.values()]);
};

/** Properties with a value, those of objects inside by dotted paths. */
const pathsOf = (properties: Properties): [string, Json][] => {
  const paths: [string, Json][] = [];
  const add = (prefix: string, object: Record<string, Json>, depth: number): void => {
    for (const [key, value] of Object.entries(object)) {
      if (paths.length === mostProperties) return;
      if (value === null) continue;
      if (typeof value !== 'object' || Array.isArray(value)) paths.push([`${prefix}${key}`, value]);
      else if (depth > 0) add(`${prefix}${key}.`, value, depth - 1);
    }
  };
  add('', properties, 2);
  return paths;
};
