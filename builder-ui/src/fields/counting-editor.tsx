import type { Counting } from '@ripen/shared';
import { useRef } from 'react';
import { DaysField } from './days-field.tsx';
import { noErrors, type FieldErrors } from './errors.ts';
import type { FieldProps } from './field-props.ts';
import styles from './fields.module.css';
import { Select } from './inputs.tsx';
import { PropertyPicker } from './known-pickers.tsx';
import { NumberField } from './number-field.tsx';

type Kind = Counting['kind'];

/** Short names of the countings, in the order in which pickers offer them. */
export const countingWords: Record<Kind, string> = {
  every_time: 'Every time',
  once: 'Once only',
  once_per: 'Once per …',
  at_most: 'At most … times in …',
};

const fresh = (kind: Kind): Counting => {
  switch (kind) {
    case 'every_time':
    case 'once':
      return { kind };
    case 'once_per':
      return { kind, property: '' };
    case 'at_most':
      return { kind, times: 3, perDays: 7 };
  }
};

/** How often something counts, or somebody may enter. `event`: whose properties "once per" offers; null: of any. */
export function CountingEditor(
  given: Omit<FieldProps<Counting>, 'placeholder' | 'error'> & { event?: string | null; errors?: FieldErrors },
) {
  const { value, onChange, errors = noErrors } = given;
  // Going back to a counting brings back what was typed into it.
  const left = useRef<Partial<Record<Kind, Counting>>>({});
  return (
    <div className={styles.fields}>
      <Select
        label={given.label}
        aria-label={given['aria-label']}
        description={given.description}
        disabled={given.disabled}
        error={errors.at('') ?? errors.at('kind')}
        data={Object.entries(countingWords).map(([kind, label]) => ({ value: kind, label }))}
        value={value.kind}
        allowDeselect={false}
        onChange={(next) => {
          if (next === null || next === value.kind) return;
          left.current[value.kind] = value;
          const kind = next as Kind; // One of the data above.
          onChange(left.current[kind] ?? fresh(kind));
        }}
      />
      {value.kind === 'once_per' && (
        <PropertyPicker
          label="Per which property of the event"
          description="Once for each of its values: per e-mail, per page, per offer. Without the property it does not count."
          event={given.event}
          value={value.property}
          onChange={(property) => onChange({ ...value, property })}
          error={errors.at('property')}
        />
      )}
      {value.kind === 'at_most' && (
        <>
          <NumberField
            label="At most"
            unit="times"
            unitWidth={56}
            min={1}
            value={value.times}
            // May be missing while it is typed; the schema says so.
            onChange={(times) => onChange({ ...value, times: times as number })}
            error={errors.at('times')}
          />
          <DaysField
            label="Within any"
            value={value.perDays}
            onChange={(perDays) => onChange({ ...value, perDays: perDays as number })} // As above.
            error={errors.at('perDays')}
          />
        </>
      )}
    </div>
  );
}
