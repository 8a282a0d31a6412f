import type { Condition } from '@ripen/shared';
import type { FieldErrors } from '../errors.ts';
import { MultiSelect, Select } from '../inputs.tsx';
import { ModelPicker } from '../pickers.tsx';
import { useNames } from '../use-names.ts';

type Band = Extract<Condition, { kind: 'band' }>;

/** Whether a score lies in one of several bands of its model, or in none of them. */
export function BandEditor(given: {
  value: Band;
  negated: boolean;
  onChange: (value: Condition) => void;
  errors: FieldErrors;
}) {
  const { value, negated, onChange, errors } = given;
  const change = (next: Band, not: boolean): void => onChange(not ? { kind: 'not', of: next } : next);
  const known = useNames().models.find(({ id }) => id === value.model)?.bands ?? [];
  const missing = value.in.filter((id) => !known.some((band) => band.id === id));
  return (
    <>
      <ModelPicker
        size="xs"
        aria-label="Score model"
        value={value.model}
        onChange={(model) => change({ ...value, model, in: [] }, negated)}
        error={errors.at('model')}
      />
      <Select
        size="xs"
        aria-label="Band: how it compares"
        data={[
          { value: 'is', label: 'is in one of' },
          { value: 'not', label: 'is in none of' },
        ]}
        value={negated ? 'not' : 'is'}
        allowDeselect={false}
        onChange={(next) => change(value, next === 'not')}
      />
      <MultiSelect
        size="xs"
        aria-label="Bands"
        data={[
          ...known.map(({ id, name }) => ({ value: id, label: name })),
          ...missing.map((id) => ({ value: id, label: `${id} (not found)` })),
        ]}
        value={value.in}
        placeholder={value.in.length > 0 ? '' : known.length === 0 ? 'The model has no bands' : 'Choose bands'}
        onChange={(bands) => change({ ...value, in: bands }, negated)}
        error={errors.within('in')}
      />
    </>
  );
}
