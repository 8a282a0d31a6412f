import { automationsGroupId, type Catalogue, type DefinitionSummary } from '@ripen/shared';
import type { DefinitionDetail } from '../api/definitions.ts';
import { noNames, type ChannelName, type EventName, type GroupName, type Named, type Names } from './names.ts';
import { withUsual } from './usual-events.ts';

/** What the API says of the definitions. */
export interface Nameable {
  models: DefinitionDetail[];
  lifecycle: DefinitionDetail | null;
  channels: DefinitionDetail[];
  queues: DefinitionSummary[];
  automations: DefinitionSummary[];
  segments: DefinitionSummary[];
  eventTypes: DefinitionSummary[];
}

type Json = Record<string, unknown>;

const isRecord = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const records = (value: unknown): Json[] => (Array.isArray(value) ? value.filter(isRecord) : []);
const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Drafts may hold anything: only what has an id has a name. */
const namedIn = (value: unknown): { item: Json; named: Named }[] =>
  records(value)
    .map((item) => ({ item, named: { id: text(item['id']), name: text(item['name']) || text(item['id']) } }))
    .filter(({ named }) => named.id !== '');

const documentOf = (detail: DefinitionDetail | null): Json => detail?.document ?? detail?.draft?.document ?? {};

const groupsOf = (model: Json): GroupName[] => {
  const groups = namedIn(model['groups']).map(({ item, named }) => ({
    ...named,
    kind: item['kind'] === 'profile' ? ('profile' as const) : ('behaviour' as const),
  }));
  // Every model has it, whether it says so or not.
  return groups.some(({ id }) => id === automationsGroupId)
    ? groups
    : [...groups, { id: automationsGroupId, name: 'Automations', kind: 'behaviour' }];
};

const inUse = (items: readonly DefinitionSummary[]): Named[] =>
  items.filter(({ status }) => status !== 'archived').map(({ id, name }) => ({ id, name }));

const eventTypesOf = (declared: readonly Named[], catalogue: Catalogue | undefined): EventName[] => {
  const known = catalogue?.eventTypes ?? [];
  const ids = new Set(known.map(({ id }) => id));
  const undated = { declared: true, activity: true, lastSeenAt: null, properties: [] };
  return [...known, ...declared.filter(({ id }) => !ids.has(id)).map((named) => ({ ...named, ...undated }))];
};

/** The names of a workspace from what the API says; either part may be missing still. */
export const gatherNames = (definitions: Nameable | undefined, catalogue: Catalogue | undefined): Names => {
  const lifecycle = documentOf(definitions?.lifecycle ?? null);
  return {
    ...noNames,
    models: (definitions?.models ?? []).map((model) => ({
      id: model.id,
      name: model.name,
      groups: groupsOf(documentOf(model)),
      bands: namedIn(documentOf(model)['bands']).map(({ named }) => named),
    })),
    lifecycleModel: text(lifecycle['model']) || null,
    stages: namedIn(lifecycle['stages']).map(({ named }) => named),
    queues: inUse(definitions?.queues ?? []),
    channels: (definitions?.channels ?? []).map((channel): ChannelName => ({
      id: channel.id,
      name: channel.name,
      type: channelTypeOf(documentOf(channel)['type']),
    })),
    automations: inUse(definitions?.automations ?? []),
    segments: inUse(definitions?.segments ?? []),
    eventTypes: withUsual(eventTypesOf(inUse(definitions?.eventTypes ?? []), catalogue)),
    // Nothing may name what was deleted.
    fields: (catalogue?.fields ?? []).filter(({ deleted }) => !deleted),
    labels: (catalogue?.labels ?? []).map(({ label }) => label),
  };
};

const channelTypeOf = (type: unknown): ChannelName['type'] =>
  type === 'email' || type === 'slack' || type === 'in_app' ? type : 'webhook';
