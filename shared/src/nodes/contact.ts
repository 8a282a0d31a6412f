import { z } from 'zod';
import { fieldValueSchema, idSchema, pathSchema } from '../model/value.ts';
import { next, nodeType } from './node-type.ts';

export const moveStage = nodeType({
  type: 'move_stage',
  title: 'Move to stage',
  kind: 'instant',
  settings: z.strictObject({ stage: idSchema }),
  ports: () => ['next'],
  references: (settings) => ({ stages: [settings.stage] }),
  run: (settings, pass) => next(pass.moveTo(settings.stage)),
});

/** To a value, or to a score or its behaviour part. */
export const setFieldSettings = z.strictObject({
  field: pathSchema,
  to: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('value'), value: fieldValueSchema }),
    z.strictObject({ kind: z.literal('score'), model: idSchema, part: z.enum(['all', 'behaviour']).default('all') }),
  ]),
});

export const setField = nodeType({
  type: 'set_field',
  title: 'Set field',
  kind: 'instant',
  settings: setFieldSettings,
  ports: () => ['next'],
  references: (settings) => (settings.to.kind === 'score' ? { models: [settings.to.model] } : {}),
  writes: ({ field }) => [field],
  run: (settings, pass) => {
    const value = settings.to.kind === 'value' ? settings.to.value : pass.score(settings.to.model, settings.to.part);
    return next(pass.setField(settings.field, value));
  },
});

export const labelSettings = z.strictObject({ label: z.string().trim().min(1).max(100) });

export const addLabel = nodeType({
  type: 'add_label',
  title: 'Add label',
  kind: 'instant',
  settings: labelSettings,
  ports: () => ['next'],
  references: () => ({}),
  run: (settings, pass) => next(pass.setLabel(settings.label, true)),
});

export const removeLabel = nodeType({
  type: 'remove_label',
  title: 'Remove label',
  kind: 'instant',
  settings: labelSettings,
  ports: () => ['next'],
  references: () => ({}),
  run: (settings, pass) => next(pass.setLabel(settings.label, false)),
});
