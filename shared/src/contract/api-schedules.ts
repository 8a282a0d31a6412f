import { z } from 'zod';
import { momentSchema, pageQuery, totalSchema } from './api-common.ts';
import { contactSummarySchema } from './api-contacts.ts';
import { jobSchema } from './api-operations.ts';

/** One time that a schedule, or *Run now*, let contacts enter: a job, which `/api/jobs/{id}/cancel` and `resume` stop and let go on. */
export const roundSchema = jobSchema.omit({ kind: true }).extend({
  automation: z.string(),
  /** The version that was live when it began. */
  version: z.int(),
  /** The schedule, in words; null: by hand. */
  schedule: z.string().nullable(),
  /** Who said *Run now*; null: its schedule. */
  by: z.string().nullable(),
  /** Of the contacts looked at (`done`): those whom it is about, and those who were told to enter. */
  members: z.int(),
  told: z.int(),
  /** Left for the next one, because their history is being loaded. */
  held: z.int(),
});
export type Round = z.infer<typeof roundSchema>;

/** What the schedules of an automation say, as of its live version. */
export const automationScheduleSchema = z.object({
  automation: z.string(),
  /** Null: it is not live, so its schedules do not run. */
  version: z.int().nullable(),
  schedules: z.array(
    z.object({
      words: z.string(),
      /** Its next moments, at most five; none while it is not live. */
      next: z.array(momentSchema),
      /** Why it could not be made; null when it could. */
      problem: z.string().nullable(),
    }),
  ),
  lastRound: roundSchema.nullable(),
});
export type AutomationSchedule = z.infer<typeof automationScheduleSchema>;

/** Whom a round would be about now, and the newest of them. */
export const roundPreviewSchema = z.object({ members: totalSchema, items: z.array(contactSummarySchema) });
export type RoundPreview = z.infer<typeof roundPreviewSchema>;

export const roundsQuery = z.object(pageQuery);
