import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { definitionSchema, type Definition } from '@ripen/shared';

/** The definition documents of a folder: one per file. */
export const readDocuments = (dir: string): Definition[] =>
  readdirSync(dir)
    .sort()
    .map((name) => definitionSchema.parse(JSON.parse(readFileSync(join(dir, name), 'utf8'))));
