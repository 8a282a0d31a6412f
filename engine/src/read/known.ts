import { isInternalEventType, type Named, type NamedKind } from '@ripen/shared';
import type { Queryable } from '../store/store.ts';
import { readCatalogue } from './catalogue.ts';
import type { Workspace } from './workspace.ts';

interface Choice {
  id: string;
  name: string;
}

/** What there is to be named in a workspace. */
interface Known {
  /** In the order of their names. */
  list(kind: NamedKind): readonly Choice[];
  find(named: Named): Choice | undefined;
}

const byName = (a: Choice, b: Choice): number => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.id < b.id ? -1 : 1);

/** Definitions in force, and of fields, event types and labels also what was merely seen. Deleted fields are not there. */
export const readKnown = async (db: Queryable, workspace: Workspace): Promise<Known> => {
  const { definitions } = workspace;
  const catalogue = await readCatalogue(db, workspace);
  const automations = new Map(definitions.automations.map(({ graph }) => [graph.id, graph]));
  const lists: Record<NamedKind, Choice[]> = {
    model: definitions.models,
    stage: definitions.lifecycle?.stages ?? [],
    queue: definitions.queues,
    channel: definitions.channels,
    automation: [...automations.values()],
    segment: definitions.segments,
    field: catalogue.fields
      .filter(({ deleted }) => !deleted)
      .map(({ path, name }) => ({ id: path, name: name ?? path })),
    event_type: catalogue.eventTypes,
    label: catalogue.labels.map(({ label }) => ({ id: label, name: label })),
  };
  const sorted = (kind: NamedKind): Choice[] => lists[kind].map(({ id, name }) => ({ id, name })).sort(byName);
  const known = new Map(
    Object.entries(lists).map(([kind, items]) => [kind, new Map(items.map((item) => [item.id, item]))]),
  );
  return {
    list: sorted,
    find: ({ kind, id }) =>
      known.get(kind)?.get(id) ?? (kind === 'event_type' && isInternalEventType(id) ? { id, name: id } : undefined),
  };
};
