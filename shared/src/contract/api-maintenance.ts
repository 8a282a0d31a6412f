import { z } from 'zod';
import { documentSchema, momentSchema, pageQuery, totalSchema } from './api-common.ts';
import { contactSummarySchema } from './api-contacts.ts';
import { jobSchema } from './api-operations.ts';

/** One run of a maintenance program: a job, which `/api/jobs/{id}/cancel` and `resume` stop and let go on. */
export const maintenanceRunSchema = jobSchema.omit({ kind: true }).extend({
  program: z.string(),
  /** The version of the program that it carries out, whatever is published meanwhile. */
  version: z.int(),
  /** Who said *Run now*; null: its schedule. */
  by: z.string().nullable(),
  /** Of the contacts looked at (`done`): those whom the program is about, and those whom it had to change. */
  members: z.int(),
  changed: z.int(),
  /** Left for the next run, because their history is being loaded. */
  held: z.int(),
});
export type MaintenanceRun = z.infer<typeof maintenanceRunSchema>;

export const maintenanceListSchema = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      version: z.int(),
      /** The document in force. */
      document: documentSchema,
      /** When its schedule runs it next; null: only by hand, or not enabled. */
      nextAt: momentSchema.nullable(),
      /** Why its schedule could not be made; null when it could. */
      problem: z.string().nullable(),
      lastRun: maintenanceRunSchema.nullable(),
    }),
  ),
});
export type MaintenanceListed = z.infer<typeof maintenanceListSchema>['items'][number];

/** Whom it is about and what it does, as in a program's document. */
export const maintenancePreviewBodySchema = z.strictObject({
  who: documentSchema.optional(),
  actions: z.array(documentSchema).min(1).max(20),
});
/** Whom a run would be about now, how many of them it would change, and the newest of them all. */
export const maintenancePreviewSchema = z.object({
  members: totalSchema,
  changing: totalSchema,
  items: z.array(contactSummarySchema),
});
export type MaintenancePreview = z.infer<typeof maintenancePreviewSchema>;

export const maintenanceRunsQuery = z.object(pageQuery);
