import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { definitionSchema, type Definition } from '@ripen/shared';

/** The definition documents of a folder: each file holds one, or a list of them. */
export const readDocuments = (dir: string): Definition[] =>
  readdirSync(dir)
    .sort()
    .flatMap((name): unknown[] => [JSON.parse(readFileSync(join(dir, name), 'utf8'))].flat())
    .map((document) => definitionSchema.parse(document));
