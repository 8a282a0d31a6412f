import type { FieldErrors } from '../errors.ts';
import { MultiSelect, Select } from '../inputs.tsx';
import { useNames } from '../use-names.ts';

/** Stands for "in no stage" among ids, which have no brackets. */
const none = '(none)';

/** Whether the contact is in one of several stages, or in none of them. */
export function StageEditor(given: {
  stages: readonly (string | null)[];
  negated: boolean;
  onChange: (stages: (string | null)[], negated: boolean) => void;
  errors: FieldErrors;
}) {
  const { stages, negated, onChange, errors } = given;
  const known = useNames().stages.map(({ id, name }) => ({ value: id, label: name }));
  const missing = stages
    .filter((stage) => stage !== null && !known.some(({ value }) => value === stage))
    .map((stage) => ({ value: String(stage), label: `${stage} (not found)` }));
  return (
    <>
      <Select
        size="xs"
        aria-label="Stage: how it compares"
        data={[
          { value: 'is', label: 'is one of' },
          { value: 'not', label: 'is none of' },
        ]}
        value={negated ? 'not' : 'is'}
        allowDeselect={false}
        onChange={(next) => onChange([...stages], next === 'not')}
      />
      <MultiSelect
        size="xs"
        aria-label="Stages"
        data={[...known, ...missing, { value: none, label: 'No stage' }]}
        value={stages.map((stage) => stage ?? none)}
        placeholder={stages.length === 0 ? 'Choose stages' : ''}
        onChange={(values) =>
          onChange(
            values.map((value) => (value === none ? null : value)),
            negated,
          )
        }
        error={errors.within('in')}
      />
    </>
  );
}
