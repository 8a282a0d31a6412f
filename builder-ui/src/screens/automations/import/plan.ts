import type { Mapped, MappedReferences, UnknownReference } from '@ripen/shared';
import type { GivenDocument } from './read-file.ts';

/** What becomes of something that is not here: left as it is, created, or another thing's id. */
export type Choice = { kind: 'leave' } | { kind: 'create' } | { kind: 'use'; id: string };

export const keyOf = ({ kind, id }: Pick<UnknownReference, 'kind' | 'id'>): string => `${kind} ${id}`;

/** What can be made of it right away: what the file brings, and any field. */
export const creatable = (unknown: UnknownReference, others: readonly GivenDocument[]): GivenDocument | null => {
  const brought = others.find(({ kind, id }) => kind === unknown.kind && id === unknown.id);
  if (brought) return brought;
  return unknown.kind === 'field' ? { kind: 'field', id: unknown.id, name: unknown.id } : null;
};

/** What is proposed: what the file brings, else what is called nearly the same. Somebody looks at it before it counts. */
export const proposed = (unknown: UnknownReference, others: readonly GivenDocument[]): Choice => {
  if (others.some(({ kind, id }) => kind === unknown.kind && id === unknown.id)) return { kind: 'create' };
  const [nearest] = unknown.suggestions;
  return nearest ? { kind: 'use', id: nearest.id } : { kind: 'leave' };
};

/** A new id for each automation that is not to take the place of the one here. */
export type NewIds = ReadonlyMap<string, string>;

/** What is called otherwise here: as was chosen, and copies by their new ids. */
export const mapOf = (
  unknown: MappedReferences['unknown'],
  choices: ReadonlyMap<string, Choice>,
  newIds: NewIds,
): Mapped[] => [
  ...unknown.flatMap((one): Mapped[] => {
    const choice = choices.get(keyOf(one));
    return choice?.kind === 'use' ? [{ kind: one.kind, from: one.id, to: choice.id }] : [];
  }),
  ...[...newIds].map(([from, to]): Mapped => ({ kind: 'automation', from, to })),
];

/** What is published before the drafts are saved. */
export const createdOf = (
  unknown: MappedReferences['unknown'],
  choices: ReadonlyMap<string, Choice>,
  others: readonly GivenDocument[],
): GivenDocument[] =>
  unknown.flatMap((one) => {
    const document = choices.get(keyOf(one))?.kind === 'create' ? creatable(one, others) : null;
    return document ? [document] : [];
  });
