import { z } from 'zod';
import { namedKinds } from '../model/named.ts';
import { documentSchema, uuidSchema } from './api-common.ts';
import { definitionKindSchema, folderSchema } from './api-definitions.ts';
import { archiveBodySchema, pauseBodySchema } from './api-in-flight.ts';
import { usesSchema } from './api-segments.ts';

const automationLabelSchema = z.string().trim().min(1).max(50);
const labelsSchema = z.array(automationLabelSchema).max(20);

/** Labels of automations keep a list in order; those of contacts are another matter. */
export const automationLabelsBodySchema = z.strictObject({ labels: labelsSchema });
export const automationLabelsSchema = z.object({ id: z.string(), labels: z.array(z.string()) });

const ownerSchema = uuidSchema.nullable();
export const automationOwnerBodySchema = z.strictObject({ owner: ownerSchema });
export const automationOwnerSchema = z.object({ id: z.string(), owner: ownerSchema });
export const automationStarSchema = z.object({ id: z.string(), starred: z.boolean() });

/** Everybody who can own something, by name. */
export const colleaguesSchema = z.object({ items: z.array(z.object({ id: uuidSchema, name: z.string() })) });
export type Colleague = z.infer<typeof colleaguesSchema>['items'][number];

const bulkActSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('pause'), ...pauseBodySchema.unwrap().shape }),
  z.strictObject({ kind: z.literal('resume') }),
  z.strictObject({ kind: z.literal('archive'), ...archiveBodySchema.unwrap().shape }),
  z.strictObject({ kind: z.literal('unarchive') }),
  z.strictObject({ kind: z.literal('delete') }),
  z.strictObject({ kind: z.literal('folder'), folder: folderSchema }),
  /** Those named are added and taken away; other labels stay. */
  z.strictObject({ kind: z.literal('labels'), add: labelsSchema.default([]), remove: labelsSchema.default([]) }),
  z.strictObject({ kind: z.literal('owner'), owner: ownerSchema }),
  z.strictObject({ kind: z.literal('star'), starred: z.boolean() }),
]);
export type BulkAct = z.input<typeof bulkActSchema>;

/** So many at once: each publication is checked as a whole, and nobody waits long for an answer. */
const mostInBulk = 100;

export const bulkBodySchema = z.strictObject({
  automations: z.array(z.string().min(1).max(200)).min(1).max(mostInBulk),
  act: bulkActSchema,
});
/** What became of each, in the order in which they were named. */
export const bulkResultSchema = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      done: z.boolean(),
      /** Why it was not done; null where it was. */
      why: z.string().nullable(),
    }),
  ),
});
export type BulkResult = z.infer<typeof bulkResultSchema>['items'][number];

const namedKindSchema = z.enum(namedKinds);

const placesSchema = z.array(z.object({ part: z.string().nullable(), node: z.string().nullable() }));

/** What an automation names, as its draft or else its last version has it, and what in force names the automation. */
export const automationUsesSchema = z.object({
  names: z.array(
    z.object({
      kind: namedKindSchema,
      id: z.string(),
      name: z.string(),
      /** It is there: in force, or at least seen. */
      known: z.boolean(),
      places: placesSchema,
    }),
  ),
  namedBy: usesSchema.shape.items,
});
export type AutomationUses = z.infer<typeof automationUsesSchema>;

const mappedSchema = z.strictObject({
  kind: namedKindSchema,
  from: z.string().min(1).max(200),
  to: z.string().min(1).max(200),
});
export type Mapped = z.infer<typeof mappedSchema>;

export const referencesBodySchema = z.strictObject({
  documents: z.array(documentSchema).min(1).max(1_000),
  /** What is called otherwise here. */
  map: z.array(mappedSchema).max(5_000).default([]),
});

const choiceSchema = z.object({ id: z.string(), name: z.string() });

/** Documents of another workspace, read and mapped, with what they name that is not here. */
export const referencesSchema = z.object({
  documents: z.array(documentSchema),
  unknown: z.array(
    z.object({
      kind: namedKindSchema,
      id: z.string(),
      /** Nothing that names it can be published. Fields, event types and labels may arrive later. */
      needed: z.boolean(),
      places: z.array(
        z.object({
          document: z.object({ kind: definitionKindSchema, id: z.string(), name: z.string() }),
          part: z.string().nullable(),
          node: z.string().nullable(),
        }),
      ),
      /** What is here under a name like it, the likest first. */
      suggestions: z.array(choiceSchema),
    }),
  ),
  /** All that there is of the kinds that something unknown is of. */
  choices: z.array(z.object({ kind: namedKindSchema, items: z.array(choiceSchema) })),
});
export type MappedReferences = z.infer<typeof referencesSchema>;
export type UnknownReference = MappedReferences['unknown'][number];
