import { isInternalEventType, passiveEventTypes, readUses, type catalogueSchema } from '@ripen/shared';
import type { z } from 'zod';
import { readSeen, type Seen } from '../store/seen.ts';
import type { Queryable } from '../store/store.ts';
import { iso } from './moments.ts';
import type { Workspace } from './workspace.ts';

type Catalogue = z.output<typeof catalogueSchema>;

const byName =
  <T>(name: (item: T) => string) =>
  (a: T, b: T): number =>
    name(a) < name(b) ? -1 : 1;

/** Event types, fields and labels that there are: declared, named by definitions in force, or seen. */
export const readCatalogue = async (db: Queryable, { definitions, names }: Workspace): Promise<Catalogue> => {
  const seen = await readSeen(db);
  const uses = readUses(definitions);
  const of = (kind: Seen['kind']): Map<string, Seen> =>
    new Map(seen.filter((row) => row.kind === kind).map((row) => [row.name, row]));
  const properties = Map.groupBy(
    seen.filter((row) => row.kind === 'property'),
    (row) => row.parent,
  );
  const types = of('event_type');
  const fields = of('field');
  const labels = of('label');
  const described = new Map(definitions.fields.map((field) => [field.id, field]));
  const declared = new Map(definitions.eventTypes.map((type) => [type.id, type]));
  const typeIds = new Set([...declared.keys(), ...uses.names('event_type'), ...types.keys()]);
  const lastSeenAt = (row: Seen | undefined): string | null => (row ? iso(row.at) : null);
  return {
    eventTypes: [...typeIds]
      .filter((id) => !isInternalEventType(id))
      .map((id) => ({
        id,
        name: names.eventType(id),
        description: declared.get(id)?.description ?? null,
        declared: declared.has(id),
        activity: declared.get(id)?.activity ?? !passiveEventTypes.includes(id),
        scanners: declared.get(id)?.scanners !== undefined,
        uses: uses.of('event_type', id).length,
        lastSeenAt: lastSeenAt(types.get(id)),
        properties: (properties.get(id) ?? [])
          .map(({ name, valueKind, at }) => ({ path: name, kind: valueKind, lastSeenAt: iso(at) }))
          .sort(byName(({ path }) => path)),
      }))
      .sort(byName(({ id }) => id)),
    fields: [...new Set([...described.keys(), ...uses.names('field'), ...fields.keys()])]
      .map((path) => {
        const about = described.get(path);
        const seenKind = fields.get(path)?.valueKind ?? 'unknown';
        const named = uses.of('field', path).length;
        return {
          path,
          name: about?.name ?? null,
          description: about?.description ?? null,
          kind: about?.type ?? seenKind,
          type: about?.type ?? null,
          seenKind,
          declared: about !== undefined || named > 0,
          deleted: about?.deleted ?? false,
          uses: named,
          lastSeenAt: lastSeenAt(fields.get(path)),
        };
      })
      .sort(byName(({ path }) => path)),
    labels: [...new Set([...uses.names('label'), ...labels.keys()])]
      .map((label) => {
        const named = uses.of('label', label).length;
        return { label, declared: named > 0, uses: named, lastSeenAt: lastSeenAt(labels.get(label)) };
      })
      .sort(byName(({ label }) => label)),
  };
};
