import { z } from 'zod';
import { jobSchema } from './api-operations.ts';

/** The size that the sample is made for; smaller ones are for trying it out. */
export const sampleContacts = 10_000;

export const sampleBodySchema = z
  .strictObject({ contacts: z.int().min(50).max(sampleContacts).default(sampleContacts) })
  .default({ contacts: sampleContacts });

export const sampleStateSchema = z.object({
  /** Nothing is here yet, neither contacts nor definitions; or a load of it ended early and can go on or start over. */
  offered: z.boolean(),
  /** The last load ended early, and the next goes on where it was; until then nothing falls due for what it loaded. */
  unfinished: z.boolean(),
  /** The last time that it was loaded, or is being loaded; null: never. */
  job: jobSchema.nullable(),
});
