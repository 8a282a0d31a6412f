import type { FieldValue } from '@ripen/shared';
import { splitValues } from './comparison-words.ts';
import { scalarOf } from './conditions/comparison-change.ts';
import { wordsOf, type FieldProps } from './field-props.ts';
import { Select, TagsInput, TextInput } from './inputs.tsx';
import type { ValueKind } from './names.ts';

/** A field's value, by what the field holds. Empty is null: the field loses its value. */
export function ValueField(given: FieldProps<FieldValue> & { kind: ValueKind }) {
  const { value, onChange, kind } = given;
  if (kind === 'boolean' || typeof value === 'boolean')
    return (
      <Select
        {...wordsOf(given)}
        data={[
          { value: 'true', label: 'yes' },
          { value: 'false', label: 'no' },
        ]}
        value={typeof value === 'boolean' ? String(value) : null}
        placeholder="Yes or no"
        clearable
        onChange={(next) => onChange(next === null ? null : next === 'true')}
      />
    );
  if (kind === 'list' || Array.isArray(value))
    return (
      <TagsInput
        {...wordsOf(given)}
        splitChars={[';', '\n']}
        acceptValueOnBlur
        value={Array.isArray(value) ? value : value === null || value === '' ? [] : [String(value)]}
        onChange={(values) => onChange(splitValues(values))}
      />
    );
  return (
    <TextInput
      {...wordsOf(given)}
      type={kind === 'date' && (!value || /^\d{4}-\d{2}-\d{2}$/.test(String(value))) ? 'date' : 'text'}
      inputMode={kind === 'number' ? 'decimal' : undefined}
      autoComplete="off"
      value={value === null || value === undefined ? '' : String(value)}
      onChange={({ currentTarget }) =>
        onChange(currentTarget.value === '' ? null : scalarOf(currentTarget.value, kind))
      }
    />
  );
}
