import { Button, Select } from '@mantine/core';
import type { Condition } from '@ripen/shared';
import type { ComponentType } from 'react';
import { DaysField } from '../days-field.tsx';
import type { FieldErrors } from '../errors.ts';
import { EventPicker } from '../known-pickers.tsx';
import { NumberField } from '../number-field.tsx';
import styles from './conditions.module.css';
import type { ConditionEditorProps } from './editor-props.ts';
import { freshLeaf } from './kinds.ts';
import { howOften, withHowOften, type HowOften } from './performed.ts';

type Performed = Extract<Condition, { kind: 'performed' }>;

const words: Record<HowOften, string> = {
  at_least: 'at least',
  at_most: 'at most',
  between: 'between',
  never: 'never',
};

/** What the contact did, how often, in which time, and which of those events are meant. */
export function PerformedEditor(given: {
  value: Performed;
  onChange: (value: Performed) => void;
  errors: FieldErrors;
  /** For the conditions on those events: the editor that this row is in. */
  Inner: ComponentType<ConditionEditorProps>;
}) {
  const { value, onChange, errors, Inner } = given;
  const often = howOften(value);
  // Optional members are left out rather than set to nothing: strict JSON has no undefined.
  const change = (next: Partial<Performed>): void => onChange({ ...value, ...next });
  return (
    <>
      <EventPicker
        size="xs"
        aria-label="Event"
        value={value.event}
        onChange={(event) => change({ event })}
        error={errors.at('event')}
      />
      <Select
        size="xs"
        aria-label="How often"
        data={Object.entries(words).map(([key, label]) => ({ value: key, label }))}
        value={often}
        allowDeselect={false}
        onChange={(next) => next !== null && onChange(withHowOften(value, next as HowOften))} // One of the data above.
      />
      {(often === 'at_least' || often === 'between') && (
        <NumberField
          size="xs"
          aria-label={often === 'between' ? 'From how many times' : 'Times'}
          unit={often === 'between' ? undefined : 'times'}
          unitWidth={56}
          min={1}
          value={value.atLeast ?? (often === 'at_least' && !('atLeast' in value) ? 1 : undefined)}
          onChange={(atLeast) => change({ atLeast })}
          error={errors.at('atLeast')}
        />
      )}
      {(often === 'at_most' || often === 'between') && (
        <NumberField
          size="xs"
          aria-label={often === 'between' ? 'To how many times' : 'Times'}
          lead={often === 'between' ? 'to' : undefined}
          unit="times"
          unitWidth={56}
          min={1}
          value={value.atMost}
          onChange={(atMost) => change({ atMost })}
          error={errors.at('atMost')}
        />
      )}
      <Select
        size="xs"
        aria-label="In which time"
        data={[
          { value: 'ever', label: 'at any time' },
          { value: 'within', label: 'in the last' },
        ]}
        value={'withinDays' in value ? 'within' : 'ever'}
        allowDeselect={false}
        onChange={(next) => {
          const { withinDays: _, ...rest } = value;
          onChange(next === 'within' ? { ...value, withinDays: 30 } : rest);
        }}
      />
      {'withinDays' in value && (
        <DaysField
          size="xs"
          aria-label="In the last"
          value={value.withinDays}
          onChange={(withinDays) => change({ withinDays })}
          error={errors.at('withinDays')}
        />
      )}
      {value.where ? (
        <div className={styles.whole}>
          <Inner
            label="Only those events where"
            scope="event"
            event={value.event || null}
            value={value.where}
            errors={errors.under('where')}
            onChange={(where) => {
              const { where: _, ...rest } = value;
              onChange(where ? { ...value, where } : rest);
            }}
          />
        </div>
      ) : (
        <Button
          className={styles.whole}
          variant="subtle"
          size="compact-xs"
          onClick={() => change({ where: freshLeaf('property', { model: '', stage: '' }) })}
        >
          Only some of those events
        </Button>
      )}
    </>
  );
}
