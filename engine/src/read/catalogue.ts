import { isInternalEventType, passiveEventTypes, type catalogueSchema, type Definitions } from '@ripen/shared';
import type { z } from 'zod';
import { readSeen, type Seen } from '../store/seen.ts';
import type { Queryable } from '../store/store.ts';
import { iso } from './moments.ts';
import type { Workspace } from './workspace.ts';

type Catalogue = z.output<typeof catalogueSchema>;

/** What definitions in force name. */
interface Named {
  events: Set<string>;
  fields: Set<string>;
  labels: Set<string>;
}

/** Conditions, triggers and nodes say `event`, `field` and `label` for the same things, wherever they stand. */
const namedIn = (definitions: Definitions): Named => {
  const named: Named = { events: new Set(), fields: new Set(), labels: new Set() };
  const visit = (value: unknown): void => {
    if (value === null || typeof value !== 'object') return;
    for (const [key, inner] of Object.entries(value)) {
      if (typeof inner === 'object') visit(inner);
      else if (typeof inner !== 'string') continue;
      else if (key === 'event') named.events.add(inner);
      else if (key === 'field') named.fields.add(inner);
      else if (key === 'label') named.labels.add(inner);
    }
  };
  visit(definitions.models);
  visit(definitions.lifecycle);
  visit(definitions.segments);
  for (const { live, graph } of definitions.automations) if (live) visit([graph.triggers, graph.nodes]);
  return named;
};

const byName =
  <T>(name: (item: T) => string) =>
  (a: T, b: T): number =>
    name(a) < name(b) ? -1 : 1;

/** Event types, fields and labels that there are: declared, named by definitions in force, or seen. */
export const readCatalogue = async (db: Queryable, { definitions, names }: Workspace): Promise<Catalogue> => {
  const seen = await readSeen(db);
  const named = namedIn(definitions);
  const of = (kind: Seen['kind']): Map<string, Seen> =>
    new Map(seen.filter((row) => row.kind === kind).map((row) => [row.name, row]));
  const properties = Map.groupBy(
    seen.filter((row) => row.kind === 'property'),
    (row) => row.parent,
  );
  const types = of('event_type');
  const fields = of('field');
  const labels = of('label');
  const declared = new Map(definitions.eventTypes.map((type) => [type.id, type]));
  const typeIds = new Set([...declared.keys(), ...named.events, ...types.keys()]);
  const lastSeenAt = (row: Seen | undefined): string | null => (row ? iso(row.at) : null);
  return {
    eventTypes: [...typeIds]
      .filter((id) => !isInternalEventType(id))
      .map((id) => ({
        id,
        name: names.eventType(id),
        declared: declared.has(id),
        activity: declared.get(id)?.activity ?? !passiveEventTypes.includes(id),
        lastSeenAt: lastSeenAt(types.get(id)),
        properties: (properties.get(id) ?? [])
          .map(({ name, valueKind, at }) => ({ path: name, kind: valueKind, lastSeenAt: iso(at) }))
          .sort(byName(({ path }) => path)),
      }))
      .sort(byName(({ id }) => id)),
    fields: [...new Set([...named.fields, ...fields.keys()])]
      .map((path) => ({
        path,
        kind: fields.get(path)?.valueKind ?? ('unknown' as const),
        declared: named.fields.has(path),
        lastSeenAt: lastSeenAt(fields.get(path)),
      }))
      .sort(byName(({ path }) => path)),
    labels: [...new Set([...named.labels, ...labels.keys()])]
      .map((label) => ({ label, declared: named.labels.has(label), lastSeenAt: lastSeenAt(labels.get(label)) }))
      .sort(byName(({ label }) => label)),
  };
};
