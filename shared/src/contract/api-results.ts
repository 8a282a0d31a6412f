import { z } from 'zod';
import { samplingShape } from './api-insight.ts';

/** What sales can make of a lead, as a result to hold scores against. Accepted includes what was won or lost afterwards. */
export const leadResults = ['accepted', 'rejected', 'won', 'lost'] as const;

export const bandResultsQuery = z
  .object({
    field: z.string().min(1).max(200).optional().describe('A field that says who converted'),
    is: z
      .string()
      .max(10_000)
      .optional()
      .describe('Its values that mean yes, separated by semicolons; yes, true, y, 1, won and converted unless set'),
    stage: z.string().min(1).max(100).optional().describe('Converted is who is in this stage now'),
    lead: z.enum(leadResults).optional().describe('Converted is whose lead came to this'),
  })
  .refine(({ field, stage, lead }) => [field, stage, lead].filter((each) => each !== undefined).length === 1, {
    message: 'Say what the result is by one of field, stage and lead.',
    path: ['field'],
  })
  .refine(({ field, is }) => is === undefined || field !== undefined, {
    message: '`is` lists values of a field; it goes with `field` only.',
    path: ['is'],
  });

const countsShape = {
  /** Contacts of whom the result is known. */
  contacts: z.int(),
  converted: z.int(),
  /** Contacts whose field says nothing: in neither of the two. */
  unknown: z.int(),
  /** `converted / contacts`, to four digits; null where there is nobody. */
  rate: z.number().nullable(),
};

/** The bands of a model, the highest first, against what became of the contacts in them. */
export const bandResultsSchema = z.object({
  model: z.string(),
  ...samplingShape,
  /** Without bands, a model's range in five equal parts. `id` null: such a part, or below all bands. */
  bands: z.array(z.object({ id: z.string().nullable(), name: z.string(), from: z.number(), ...countsShape })),
  total: z.object(countsShape),
  /** Outside the audience: in no band. */
  notShown: z.int(),
  /** Of a field: its values, the most frequent first, 50 at most, and which of them were taken as yes. */
  values: z.array(z.object({ value: z.string(), count: z.int(), isYes: z.boolean() })),
});
export type BandResults = z.infer<typeof bandResultsSchema>;
