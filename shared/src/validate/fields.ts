import type { Definition, Definitions } from '../model/definitions.ts';
import type { Place } from './place.ts';
import { usesOfFields } from './uses.ts';

/** Nothing may look at fields that were deleted: said where it does, so that deleting one that is used is refused too. */
export const checkFields = (definitions: Definitions, place: (kind: Definition['kind'], id: string) => Place): void => {
  const deleted = new Map(definitions.fields.filter((field) => field.deleted).map((field) => [field.id, field.name]));
  if (deleted.size === 0) return;
  for (const { field, use, path } of usesOfFields(definitions, new Set(deleted.keys()))) {
    const at = use.node === null ? place(use.kind, use.id) : place(use.kind, use.id).at(use.node);
    const who = use.part === null ? `"${use.name}"` : `"${use.name}" (${use.part})`;
    at.error(
      'deleted_field',
      path,
      `${who} looks at the field "${deleted.get(field) ?? field}", which was deleted. Take it out, or bring the field back in the catalogue.`,
    );
  }
};
