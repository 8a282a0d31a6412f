import { z } from 'zod';
import { uuidSchema } from './api-common.ts';

/** What becomes of those who wait inside: they go over to the live version by the step that they wait at, or their runs end. */
export const inFlightActSchema = z.enum(['move', 'cancel']);
export type InFlightAct = z.infer<typeof inFlightActSchema>;
/** What becomes of those who wait inside when another version is published. */
export const publishChoiceSchema = z.enum(['finish', ...inFlightActSchema.options]);
export type PublishChoice = z.infer<typeof publishChoiceSchema>;
export const inFlightBodySchema = z.strictObject({ act: inFlightActSchema });

/** The job that tells those inside; null where nobody is. */
export const insideJobSchema = z.object({ jobId: uuidSchema.nullable() });

/** Who waits inside an automation: at which step of which version. */
export const inFlightSchema = z.object({
  items: z.array(z.object({ version: z.int(), node: z.string(), type: z.string().nullable(), waiting: z.int() })),
  /** Some of them were told to stay where they are until the automation goes on. */
  held: z.boolean(),
});
export type InFlight = z.infer<typeof inFlightSchema>;

/** Whether who waits at a step can wait on in a document: the step is there under its id, and of the same kind. */
export const canWaitIn = (
  { nodes }: { nodes: readonly { id: string; type: string }[] },
  { node, type }: { node: string; type: string | null },
): boolean => nodes.some((each) => each.id === node && (type === null || each.type === type));

export const pauseChoiceSchema = z.enum(['finish', 'hold', 'cancel']);
export type PauseChoice = z.infer<typeof pauseChoiceSchema>;
export const pauseBodySchema = z
  .strictObject({
    /** Those who wait inside go on by themselves, stay where they are until it goes on, or are taken out. */
    waitingRuns: pauseChoiceSchema.default('finish'),
  })
  .default({ waitingRuns: 'finish' });

export const archiveChoiceSchema = z.enum(['finish', 'cancel']);
export type ArchiveChoice = z.infer<typeof archiveChoiceSchema>;
export const archiveBodySchema = z
  .strictObject({ waitingRuns: archiveChoiceSchema.default('cancel') })
  .default({ waitingRuns: 'cancel' });
