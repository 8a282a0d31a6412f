import { humanise } from '../ui/words.ts';
import { wordsOf, type FieldProps } from './field-props.ts';
import { Select } from './inputs.tsx';
import type { Named } from './names.ts';

/** One of what there is. A value that is not among the choices stays and is shown as missing. */
export function ChoicePicker(
  given: FieldProps<string> & {
    choices: readonly Named[];
    /** What is chosen, in the singular: "sales queue". */
    what: string;
    clearable?: boolean;
  },
) {
  const { choices, value, what } = given;
  const known = choices.map(({ id, name }) => ({ value: id, label: name }));
  const missing = value !== '' && !choices.some(({ id }) => id === value);
  return (
    <Select
      {...wordsOf(given)}
      data={
        missing ? [...known, { value, label: known.length === 0 ? humanise(value) : `${value} (not found)` }] : known
      }
      value={value === '' ? null : value}
      onChange={(next) => given.onChange(next ?? '')}
      placeholder={given.placeholder ?? `Choose a ${what}`}
      searchable={known.length > 7}
      allowDeselect={given.clearable ?? false}
      clearable={given.clearable ?? false}
      nothingFoundMessage={choices.length === 0 ? `There is no ${what} yet.` : 'Nothing found.'}
      comboboxProps={{ withinPortal: true }}
    />
  );
}
