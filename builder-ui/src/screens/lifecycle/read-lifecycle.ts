import { lifecycleSchema, type Lifecycle } from '@ripen/shared';
import type { Read } from '../../drafts/index.ts';
import { isShownCondition } from '../models/read-model.ts';

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The usual stages: where a workspace without any begins. The model is chosen by people. */
export const usualLifecycle: Lifecycle = {
  kind: 'lifecycle',
  model: '',
  stages: [
    { id: 'prospect', name: 'Prospect', threshold: 10, margin: 0, terminal: false },
    { id: 'lead', name: 'Lead', threshold: 50, margin: 0, terminal: false },
    { id: 'mql', name: 'MQL', threshold: 75, margin: 0, terminal: false },
    { id: 'sql', name: 'SQL', threshold: 100, margin: 0, terminal: false },
  ],
};

const isShownStage = (value: unknown): boolean =>
  isRecord(value) &&
  typeof value['id'] === 'string' &&
  typeof value['name'] === 'string' &&
  (value['threshold'] === undefined || typeof value['threshold'] === 'number') &&
  (value['when'] === undefined || isShownCondition(value['when']));

/** Reads a draft. It may be unfinished; it must have the shape that can be shown, or it is corrupt. */
export const readLifecycle = (raw: unknown): Read<Lifecycle> => {
  const whole = lifecycleSchema.safeParse(raw);
  if (whole.success) return { kind: 'document', document: whole.data };
  if (!isRecord(raw) || raw['kind'] !== 'lifecycle') return { kind: 'corrupt', why: 'It is not a lifecycle.' };
  const { stages, model } = raw;
  if (!Array.isArray(stages) || stages.length === 0 || !stages.every(isShownStage))
    return { kind: 'corrupt', why: 'Its stages cannot be read.' };
  const filled = (stages as Record<string, unknown>[]).map((stage) => ({ margin: 0, terminal: false, ...stage }));
  // Looked at above as far as it is shown; what may still be wrong in it is what problems say.
  return {
    kind: 'document',
    document: {
      kind: 'lifecycle',
      model: typeof model === 'string' ? model : '',
      stages: filled,
    } as unknown as Lifecycle,
  };
};
