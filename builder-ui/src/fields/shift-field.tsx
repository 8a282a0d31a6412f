import { Select } from '@mantine/core';
import { Compound } from './compound.tsx';
import type { FieldProps } from './field-props.ts';
import { NumberField } from './number-field.tsx';

type Side = 'before' | 'on' | 'after';
const sides: { value: Side; label: string }[] = [
  { value: 'before', label: 'days before' },
  { value: 'on', label: 'on the day' },
  { value: 'after', label: 'days after' },
];

const sideOf = (shiftDays: number): Side => (shiftDays === 0 ? 'on' : shiftDays < 0 ? 'before' : 'after');

/** So many days before (negative), on, or after a date. */
export function ShiftField(
  given: Omit<FieldProps<number | undefined>, 'onChange'> & { onChange: (value: number) => void },
) {
  const { value = 0, label } = given;
  const side = sideOf(value);
  const name = typeof label === 'string' ? label : 'Days';
  return (
    <Compound even label={label} description={given.description} error={given.error}>
      {side !== 'on' && (
        <NumberField
          aria-label={`${name}: days`}
          value={Math.abs(value)}
          min={0}
          // Empty is a day: nothing before the date would be the day itself.
          onChange={(days) => given.onChange((side === 'before' ? -1 : 1) * (days || 1))}
        />
      )}
      <Select
        aria-label={name}
        data={sides}
        value={side}
        allowDeselect={false}
        onChange={(next) =>
          next !== null && given.onChange(next === 'on' ? 0 : (next === 'before' ? -1 : 1) * (Math.abs(value) || 7))
        }
      />
    </Compound>
  );
}
