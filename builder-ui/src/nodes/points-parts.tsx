import { Switch } from '@mantine/core';
import type { Counting } from '@ripen/shared';
import { CountingEditor } from '../fields/counting-editor.tsx';
import type { FieldErrors } from '../fields/errors.ts';
import type { Names } from '../fields/names.ts';
import { NumberField } from '../fields/number-field.tsx';
import { GroupPicker, ModelPicker } from '../fields/pickers.tsx';
import { usualGroup } from './scoring.ts';

/** Which score. */
export function Model(given: {
  value: string | undefined;
  onChange: (model: string) => void;
  errors: FieldErrors;
  description?: string;
}) {
  return (
    <ModelPicker
      label="Score model"
      description={given.description}
      value={given.value ?? ''}
      onChange={given.onChange}
      error={given.errors.at('model')}
    />
  );
}

/** Where taking points off stops. */
export function Floor(given: {
  value: number | undefined;
  onChange: (floor: number | undefined) => void;
  errors: FieldErrors;
}) {
  return (
    <NumberField
      label="Not below"
      description="What is left of the points for behaviour stops here."
      value={given.value}
      min={0}
      onChange={given.onChange}
      error={given.errors.at('floor')}
    />
  );
}

/** Which score, and which part of its sheet. Another model brings its own groups. */
export function ModelAndGroup(given: {
  model: string | undefined;
  group: string | undefined;
  names: Names;
  onChange: (change: { model: string; group: string }) => void;
  errors: FieldErrors;
}) {
  const { model = '', group = '', names, onChange, errors } = given;
  return (
    <>
      <Model
        value={model}
        onChange={(next) => onChange({ model: next, group: usualGroup(names, next) })}
        errors={errors}
      />
      <GroupPicker
        label="Group"
        description="Where the points stand in the explanation of the score. A group may have a cap."
        model={model}
        kind="behaviour"
        value={group}
        onChange={(next) => onChange({ model, group: next })}
        error={errors.at('group')}
      />
    </>
  );
}

/** How often the step gives or takes its points. */
export function Counts(given: {
  value: Counting | undefined;
  onChange: (counts: Counting) => void;
  errors: FieldErrors;
}) {
  return (
    <CountingEditor
      label="Counts"
      description="When a contact comes through here again."
      value={given.value ?? { kind: 'every_time' }}
      onChange={given.onChange}
      errors={given.errors.under('counts')}
    />
  );
}

/** Whether the model's half-life applies. */
export function Fades(given: { value: boolean; onChange: (decays: boolean) => void }) {
  return (
    <Switch
      label="Fades over time"
      description="By the half-life of the model, if it has one."
      checked={given.value}
      onChange={({ currentTarget }) => given.onChange(currentTarget.checked)}
    />
  );
}
