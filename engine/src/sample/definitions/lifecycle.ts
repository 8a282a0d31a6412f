import { lifecycleSchema, type Lifecycle } from '@ripen/shared';
import { modelId } from './model.ts';

/** A stage is lost a few points below where it is won, so that a contact at the border does not go to and fro. */
export const sampleLifecycle: Lifecycle = lifecycleSchema.parse({
  kind: 'lifecycle',
  model: modelId,
  stages: [
    { id: 'prospect', name: 'Prospect', threshold: 10, margin: 3 },
    { id: 'lead', name: 'Lead', threshold: 40, margin: 5 },
    { id: 'mql', name: 'MQL', threshold: 70, margin: 10 },
    { id: 'sql', name: 'SQL', threshold: 90, margin: 10 },
  ],
});
