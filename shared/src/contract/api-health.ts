import { z } from 'zod';
import { momentSchema } from './api-common.ts';

const backlogSchema = z.object({
  waiting: z.int(),
  oldestAt: momentSchema.nullable(),
  /** How long the oldest has waited. */
  lagMs: z.int(),
});

/** How the installation works, for those who look after it. `/api/status` has the rest. */
export const installationHealthSchema = z.object({
  at: momentSchema,
  /** Events applied, by all lanes, as this process saw it: a sample every `everyMs`, oldest first, at most an hour. */
  throughput: z.object({
    everyMs: z.int(),
    samples: z.array(z.object({ at: momentSchema, applied: z.int(), perSecond: z.number() })),
  }),
  inbox: backlogSchema,
  outbox: backlogSchema,
  lanes: z.array(
    z.object({
      lane: z.int(),
      status: z.enum(['awake', 'asleep']),
      waiting: z.int(),
      /** How long its oldest arrival has waited. */
      lagMs: z.int(),
      applied: z.int(),
      drainedAt: momentSchema.nullable(),
    }),
  ),
  /** That nobody has retried or discarded. */
  deadLetters: z.int(),
  lastDay: z.object({
    runs: z.int(),
    failedRuns: z.int(),
    deliveries: z.int(),
    failedDeliveries: z.int(),
    deadLetters: z.int(),
    /** Events of programs that look at mail: told from those of people, and kept out of scores. */
    scanned: z.int(),
  }),
  temporal: z.object({
    /** Null where this process knows no Temporal. */
    reachable: z.boolean().nullable(),
    /** Its own pages, where they are known. */
    url: z.string().nullable(),
  }),
  /** Who has asked each task queue for work in the last minutes; null where Temporal cannot be asked. */
  workers: z
    .array(
      z.object({
        queue: z.string(),
        pollers: z.array(z.object({ identity: z.string(), lastSeenAt: momentSchema.nullable() })),
      }),
    )
    .nullable(),
});
export type InstallationHealth = z.infer<typeof installationHealthSchema>;
