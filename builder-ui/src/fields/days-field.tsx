import { Select } from '@mantine/core';
import { useState } from 'react';
import { Compound } from './compound.tsx';
import type { FieldProps } from './field-props.ts';
import { NumberField } from './number-field.tsx';
import { inUnit, toDays, unitOf, type DaysUnit } from './days.ts';

const units: { value: DaysUnit; label: string }[] = [
  { value: 'minutes', label: 'minutes' },
  { value: 'hours', label: 'hours' },
  { value: 'days', label: 'days' },
  { value: 'weeks', label: 'weeks' },
];

/** A span that definitions keep in days, in the unit that reads best. */
export function DaysField(given: FieldProps<number | undefined>) {
  const { value } = given;
  const [chosen, setChosen] = useState<DaysUnit>(unitOf(value));
  // A value that the chosen unit cannot say well (after an undo, say) is shown in its own.
  const unit = value !== undefined && !Number.isInteger(inUnit(value, chosen)) ? unitOf(value, chosen) : chosen;
  const name = given['aria-label'] ?? (typeof given.label === 'string' ? given.label : 'Time');
  return (
    <Compound {...given}>
      <NumberField
        aria-label={name}
        placeholder={given.placeholder}
        disabled={given.disabled}
        size={given.size}
        min={0}
        // The group says what is wrong.
        error={given.error ? true : undefined}
        value={value === undefined ? undefined : inUnit(value, unit)}
        onChange={(amount) => given.onChange(amount === undefined ? undefined : toDays(amount, unit))}
      />
      <Select
        aria-label={`${name}: unit`}
        data={units}
        value={unit}
        disabled={given.disabled}
        size={given.size}
        allowDeselect={false}
        onChange={(next) => {
          if (next === null) return;
          setChosen(next);
          if (value !== undefined) given.onChange(toDays(inUnit(value, unit), next));
        }}
      />
    </Compound>
  );
}
