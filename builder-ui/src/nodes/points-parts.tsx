import { Switch } from '@mantine/core';
import type { Counting } from '@ripen/shared';
import { CountingEditor } from '../fields/counting-editor.tsx';
import type { FieldErrors } from '../fields/errors.ts';
import { GroupPicker, ModelPicker } from '../fields/pickers.tsx';
import type { Names } from '../fields/names.ts';
import { usualGroup } from './scoring.ts';

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
      <ModelPicker
        label="Score model"
        value={model}
        onChange={(next) => onChange({ model: next, group: usualGroup(names, next) })}
        error={errors.at('model')}
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
