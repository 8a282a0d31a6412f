import { z } from 'zod';
import { documentSchema, totalSchema } from './api-common.ts';
import { contactSummarySchema } from './api-contacts.ts';
import { definitionKindSchema } from './api-definitions.ts';

/** How many contacts each segment in force has. */
export const segmentCountsSchema = z.object({ items: z.array(totalSchema.extend({ segment: z.string() })) });
export type SegmentCount = z.infer<typeof segmentCountsSchema>['items'][number];

export const segmentPreviewBodySchema = z.strictObject({
  /** A condition, as in a segment's document. */
  when: documentSchema,
  /** Look at everybody, however long that takes, so that the count is exact. */
  countAll: z.boolean().optional(),
});
/** Who would be in a segment: how many, and the newest of them. */
export const segmentPreviewSchema = z.object({ total: totalSchema, items: z.array(contactSummarySchema) });
export type SegmentPreview = z.infer<typeof segmentPreviewSchema>;

/** Places in definitions in force that name something: a segment, a field, an event type, a label. */
export const usesSchema = z.object({
  items: z.array(
    z.object({
      kind: definitionKindSchema,
      id: z.string(),
      name: z.string(),
      /** What in it: the name of a rule or stage, "audience", "trigger", "scanners", a step's title; null for all of it. */
      part: z.string().nullable(),
      /** Step of an automation. */
      node: z.string().nullable(),
    }),
  ),
});
export type NamedUse = z.infer<typeof usesSchema>['items'][number];

export const segmentExportQuery = z.object({
  fields: z
    .string()
    .max(4_000)
    .optional()
    .describe('Fields to write, separated by commas; all that are known unless given'),
});
