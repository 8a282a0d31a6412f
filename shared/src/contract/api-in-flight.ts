import { z } from 'zod';

/** What becomes of those who wait inside: they go over to the live version by the step that they wait at, or their runs end. */
export const inFlightActSchema = z.enum(['move', 'cancel']);
export type InFlightAct = z.infer<typeof inFlightActSchema>;
export const inFlightBodySchema = z.strictObject({ act: inFlightActSchema });

/** Who waits inside an automation: at which step of which version. */
export const inFlightSchema = z.object({
  items: z.array(z.object({ version: z.int(), node: z.string(), type: z.string().nullable(), waiting: z.int() })),
});
export type InFlight = z.infer<typeof inFlightSchema>;
