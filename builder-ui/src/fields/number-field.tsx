import { useState, type ReactNode } from 'react';
import { wordsOf, type FieldProps } from './field-props.ts';
import styles from './fields.module.css';
import { TextInput } from './inputs.tsx';
import { readNumber, writeNumber } from './read-number.ts';

/**
 * A number. What is typed stays as it is typed; the value is undefined while it is none. Arrow keys step, with Shift by
 * ten.
 */
export function NumberField(
  given: FieldProps<number | undefined> & {
    /** How a value is shown when nobody is typing. */
    write?: (value: number | undefined) => string;
    lead?: ReactNode;
    unit?: ReactNode;
    unitWidth?: number;
    step?: number;
    min?: number;
  },
) {
  const { value, write = writeNumber, step = 1, min = -Infinity } = given;
  const [text, setText] = useState(write(value));
  const [typing, setTyping] = useState(false);
  // Undo, or another person, may have changed the value: then the text follows.
  const current = readNumber(text) === value ? text : write(value);
  const broken = current.trim() !== '' && readNumber(current) === undefined;
  return (
    <TextInput
      {...wordsOf(given)}
      // What stands there is no number: that says more than that one is missing.
      error={broken ? !typing && 'This is no number.' : given.error}
      inputMode="decimal"
      autoComplete="off"
      value={current}
      leftSection={given.lead === undefined ? undefined : <span className={styles.unit}>{given.lead}</span>}
      rightSection={given.unit === undefined ? undefined : <span className={styles.unit}>{given.unit}</span>}
      rightSectionWidth={given.unit === undefined ? undefined : (given.unitWidth ?? 48)}
      rightSectionPointerEvents="none"
      onFocus={() => setTyping(true)}
      onBlur={() => {
        setTyping(false);
        if (!broken) setText(write(value));
      }}
      onChange={({ currentTarget }) => {
        setText(currentTarget.value);
        const next = readNumber(currentTarget.value);
        if (next !== value) given.onChange(next);
      }}
      onKeyDown={(event) => {
        if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
        event.preventDefault();
        const by = (event.key === 'ArrowUp' ? step : -step) * (event.shiftKey ? 10 : 1);
        const next = Math.max(min, (value ?? 0) + by);
        setText(write(next));
        given.onChange(next);
      }}
    />
  );
}
