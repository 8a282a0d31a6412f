import { z } from 'zod';
import { jobSchema } from './api-operations.ts';

/** The size that the sample is made for; smaller ones are for trying it out. */
export const sampleContacts = 10_000;

export const sampleBodySchema = z
  .strictObject({ contacts: z.int().min(50).max(sampleContacts).default(sampleContacts) })
  .default({ contacts: sampleContacts });

export const sampleStateSchema = z.object({
  /** Nothing is here yet, neither contacts nor definitions; or nothing but a load of it that ended early. */
  offered: z.boolean(),
  /** The last time that it was loaded, or is being loaded; null: never. */
  job: jobSchema.nullable(),
});
