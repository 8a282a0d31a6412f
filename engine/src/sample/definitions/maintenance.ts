import { maintenanceProgramSchema, type MaintenanceProgram } from '@ripen/shared';
import { modelId } from './model.ts';

/** Every night the score of those in the market is put into a field, for what reads fields only. */
export const sampleMaintenance: MaintenanceProgram = maintenanceProgramSchema.parse({
  kind: 'maintenance_program',
  id: 'nightly-ratings',
  name: 'Nightly ratings',
  who: { kind: 'segment', segment: 'in-market' },
  actions: [
    { type: 'set_field', field: 'rating', to: { kind: 'score', model: modelId } },
    { type: 'add_label', label: 'rated' },
  ],
  when: { every: 'day', at: '02:00', zone: 'Europe/Berlin' },
});
