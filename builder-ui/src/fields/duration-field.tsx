import { Select } from '@mantine/core';
import type { Duration } from '@ripen/shared';
import { Compound } from './compound.tsx';
import type { FieldErrors } from './errors.ts';
import type { FieldProps } from './field-props.ts';
import { NumberField } from './number-field.tsx';

/** A time to wait: an amount and its unit. */
export function DurationField(
  given: Omit<FieldProps<Partial<Duration> | undefined>, 'onChange' | 'error'> & {
    onChange: (value: Duration) => void;
    errors?: FieldErrors;
  },
) {
  const { value } = given;
  const name = typeof given.label === 'string' ? given.label : (given['aria-label'] ?? 'Time');
  const unit = value?.unit ?? 'days';
  // The amount may be missing while it is typed; the schema says so.
  const change = (next: Partial<Duration>): void => given.onChange({ unit, ...value, ...next } as Duration);
  return (
    <Compound label={given.label} description={given.description} error={given.errors?.within('')}>
      <NumberField aria-label={name} value={value?.amount} min={0} onChange={(amount) => change({ amount })} />
      <Select
        aria-label={`${name}: unit`}
        data={['minutes', 'hours', 'days', 'weeks']}
        value={unit}
        allowDeselect={false}
        onChange={(next) => next !== null && change({ unit: next })}
      />
    </Compound>
  );
}
