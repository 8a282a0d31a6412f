import { z } from 'zod';
import { labelSettings, setFieldSettings } from '../nodes/contact.ts';
import { conditionSchema } from './condition.ts';
import { scheduleSchema } from './schedule.ts';
import { idSchema, nameSchema } from './value.ts';

/** What a program does to a contact: what the nodes of the same names do. */
export const maintenanceActionSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('set_field'), ...setFieldSettings.shape }),
  z.strictObject({ type: z.literal('add_label'), ...labelSettings.shape }),
  z.strictObject({ type: z.literal('remove_label'), ...labelSettings.shape }),
]);
export type MaintenanceAction = z.infer<typeof maintenanceActionSchema>;

/** Something done to contacts again and again, or when somebody says so: fields set to scores, labels kept in order. */
export const maintenanceProgramSchema = z.strictObject({
  kind: z.literal('maintenance_program'),
  id: idSchema,
  name: nameSchema,
  description: z.string().max(2_000).optional(),
  /** Whom it is about, as of the moment of the run: a segment or any condition of segments. Absent: everybody. */
  who: conditionSchema.optional(),
  /** In this order. */
  actions: z.array(maintenanceActionSchema).min(1).max(20),
  /** Absent: by hand only. */
  when: scheduleSchema.optional(),
  /** Whether its schedule runs. By hand it can be run all the same. */
  enabled: z.boolean().default(true),
});
export type MaintenanceProgram = z.infer<typeof maintenanceProgramSchema>;
