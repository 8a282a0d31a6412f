import type { Definition } from '@ripen/shared';
import { sameJson } from '../lanes/same-json.ts';
import { definitionIdOf, liveDefinitions, type DefinitionKind } from '../store/definitions.ts';
import type { Queryable } from '../store/store.ts';

export interface Compared {
  /** Not in force under their names yet. */
  fresh: Definition[];
  /** In force as they are. */
  same: Definition[];
  /** Others are in force under their names. */
  colliding: Definition[];
}

/** Documents against what is in force. */
export const compareWithLive = async (db: Queryable, documents: readonly Definition[]): Promise<Compared> => {
  const live = new Map((await liveDefinitions(db)).map((row) => [`${row.kind}/${row.id}`, row.document]));
  const compared: Compared = { fresh: [], same: [], colliding: [] };
  for (const document of documents) {
    const present = live.get(`${document.kind}/${definitionIdOf(document)}`);
    const place = present === undefined ? 'fresh' : sameJson(present, document) ? 'same' : 'colliding';
    compared[place].push(document);
  }
  return compared;
};

export const nameOfDocument = (document: Definition): { kind: DefinitionKind; id: string } => ({
  kind: document.kind,
  id: definitionIdOf(document),
});
