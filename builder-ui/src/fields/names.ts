import type { Catalogue } from '@ripen/shared';
import { humanise } from '../ui/words.ts';

/** A definition that pickers offer and sentences name. */
export interface Named {
  readonly id: string;
  readonly name: string;
}

export interface GroupName extends Named {
  readonly kind: 'profile' | 'behaviour';
}

export interface ModelName extends Named {
  readonly groups: readonly GroupName[];
  /** Named ranges of its score, as the model lists them. */
  readonly bands: readonly Named[];
}

export interface ChannelName extends Named {
  readonly type: 'webhook' | 'slack' | 'email' | 'in_app';
}

export type EventName = Pick<
  Catalogue['eventTypes'][number],
  'id' | 'name' | 'declared' | 'activity' | 'lastSeenAt'
> & {
  readonly properties: readonly { readonly path: string; readonly kind: ValueKind }[];
  /** Neither described nor seen here: offered because most workspaces have it. */
  readonly usual?: boolean;
};
export type FieldName = Pick<Catalogue['fields'][number], 'path' | 'kind' | 'declared' | 'lastSeenAt'> & {
  /** As the catalogue calls it. */
  readonly name?: string | null;
};
export type ValueKind = FieldName['kind'];

/** Everything in the workspace that has a name: what sentences say instead of ids, and what pickers offer. */
export interface Names {
  readonly models: readonly ModelName[];
  /** The model whose score drives the stages. */
  readonly lifecycleModel: string | null;
  /** In the lifecycle's order. */
  readonly stages: readonly Named[];
  readonly queues: readonly Named[];
  readonly channels: readonly ChannelName[];
  readonly automations: readonly Named[];
  readonly segments: readonly Named[];
  readonly eventTypes: readonly EventName[];
  readonly fields: readonly FieldName[];
  readonly labels: readonly string[];
  /** The steps of the automation at hand, for *go to*. */
  readonly nodes: readonly Named[];
}

export const noNames: Names = {
  models: [],
  lifecycleModel: null,
  stages: [],
  queues: [],
  channels: [],
  automations: [],
  segments: [],
  eventTypes: [],
  fields: [],
  labels: [],
  nodes: [],
};

/** The name of what has this id; the id made readable when it is not (yet) known. */
export const nameIn = (list: readonly Named[], id: string): string =>
  list.find((candidate) => candidate.id === id)?.name ?? humanise(id);

/** `secondsOnPage` and `address.country` as people write them: "Seconds on page", "Address country". */
export const pathWords = (path: string): string => {
  const spaced = path.replaceAll(/(?<=[\p{Ll}\d])(?=\p{Lu}\p{Ll})/gu, ' ').replaceAll('.', ' ');
  const words = humanise(spaced).split(' ');
  return words
    .map((word, index) => (index > 0 && /^\p{Lu}\p{Ll}+$/u.test(word) ? word.toLowerCase() : word))
    .join(' ')
    .replaceAll(/\b(e)mail\b/gi, '$1-mail');
};

/** A field as the catalogue calls it, else by its own name made readable. */
export const fieldWords = ({ fields }: Pick<Names, 'fields'>, path: string): string =>
  fields.find((field) => field.path === path)?.name ?? pathWords(path);

/** What the field holds, as far as the workspace knows. */
export const fieldKind = (names: Names, path: string): ValueKind =>
  names.fields.find((field) => field.path === path)?.kind ?? 'unknown';

/** What the property of an event holds, as far as the workspace knows. Without an event: of any that has it. */
export const propertyKind = (names: Names, event: string | null, path: string): ValueKind =>
  names.eventTypes
    .filter((type) => event === null || type.id === event)
    .flatMap((type) => type.properties)
    .find((property) => property.path === path)?.kind ?? 'unknown';
