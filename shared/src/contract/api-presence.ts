import { z } from 'zod';
import { idSchema } from '../model/value.ts';
import { definitionCollections, type DefinitionCollection } from './api-definitions.ts';

/** A window in which somebody edits a definition. */
export const presenceBodySchema = z.strictObject({
  /** Made by the window, for as long as it edits this. */
  window: z.uuid(),
  collection: z.enum(Object.keys(definitionCollections) as [DefinitionCollection, ...DefinitionCollection[]]), // Its own keys.
  id: idSchema,
});

/** The others who edit it, each once, by name. */
export const presenceSchema = z.object({ others: z.array(z.object({ id: z.string(), name: z.string() })) });
export type PresenceAnswer = z.infer<typeof presenceSchema>;
