import type { Condition } from '@ripen/shared';
import type { FieldErrors } from '../errors.ts';
import { Select } from '../inputs.tsx';
import { NumberField } from '../number-field.tsx';
import { ModelPicker } from '../pickers.tsx';

type Score = Extract<Condition, { kind: 'score' }>;
type Way = 'at_least' | 'below' | 'between';

const wayOf = (value: Score): Way =>
  'atLeast' in value && 'below' in value ? 'between' : 'below' in value ? 'below' : 'at_least';

/** A score, or the part of it that behaviour earned, against bounds. */
export function ScoreEditor(given: { value: Score; onChange: (value: Score) => void; errors: FieldErrors }) {
  const { value, onChange, errors } = given;
  const way = wayOf(value);
  const turn = (next: Way): void => {
    const { atLeast, below, ...rest } = value;
    const [low, high] = [atLeast ?? below ?? 50, below ?? atLeast ?? 50];
    if (next === 'at_least') onChange({ ...rest, atLeast: low });
    else if (next === 'below') onChange({ ...rest, below: high });
    else onChange({ ...rest, atLeast: low, below: high > low ? high : low + 25 });
  };
  return (
    <>
      <ModelPicker
        size="xs"
        aria-label="Score model"
        value={value.model}
        onChange={(model) => onChange({ ...value, model })}
        error={errors.at('model')}
      />
      <Select
        size="xs"
        aria-label="Which part of the score"
        data={[
          { value: 'all', label: 'whole score' },
          { value: 'behaviour', label: 'behaviour only' },
        ]}
        value={value.part ?? 'all'}
        allowDeselect={false}
        onChange={(part) => {
          const { part: _, ...rest } = value;
          onChange(part === 'behaviour' ? { ...rest, part } : rest);
        }}
      />
      <Select
        size="xs"
        aria-label="How the score compares"
        data={[
          { value: 'at_least', label: 'is at least' },
          { value: 'below', label: 'is below' },
          { value: 'between', label: 'is in a range' },
        ]}
        value={way}
        allowDeselect={false}
        onChange={(next) => next !== null && turn(next)}
        error={errors.at('')}
      />
      {way !== 'below' && (
        <NumberField
          size="xs"
          aria-label="Score at least"
          value={value.atLeast}
          unit="points"
          unitWidth={56}
          onChange={(atLeast) => onChange({ ...value, atLeast })}
          error={errors.at('atLeast')}
        />
      )}
      {way !== 'at_least' && (
        <NumberField
          size="xs"
          aria-label="Score below"
          value={value.below}
          lead={way === 'between' ? 'to' : undefined}
          unit="points"
          unitWidth={56}
          onChange={(below) => onChange({ ...value, below })}
          error={errors.at('below')}
        />
      )}
    </>
  );
}
