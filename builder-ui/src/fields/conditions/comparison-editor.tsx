import type { Comparison } from '@ripen/shared';
import { operatorWordsFor, splitValues, valuesOf } from '../comparison-words.ts';
import { DaysField } from '../days-field.tsx';
import { Select, TagsInput, TextInput } from '../inputs.tsx';
import styles from './conditions.module.css';
import type { FieldErrors } from '../errors.ts';
import type { ValueKind } from '../names.ts';
import { operatorsFor, scalarOf, shapeOf, withOperator } from './comparison-change.ts';

interface Given<Is extends Comparison = Comparison> {
  is: Is;
  kind: ValueKind;
  /** What is compared, for those who hear the form. */
  of: string;
  onChange: (is: Comparison) => void;
  errors: FieldErrors;
}

/** An operator and what it compares with. */
export function ComparisonEditor(given: Given) {
  const { is, kind, of, onChange } = given;
  return (
    <>
      <Select
        size="xs"
        aria-label={`${of}: how it compares`}
        data={operatorsFor(kind).map((op) => ({ value: op, label: operatorWordsFor(op, kind) }))}
        value={is.op}
        allowDeselect={false}
        searchable={false}
        maxDropdownHeight={320}
        onChange={(op) => op !== null && onChange(withOperator(is, op, kind))}
      />
      <Compared {...given} />
    </>
  );
}

const pasted = 'Several can be pasted, with semicolons between them.';

function Compared({ is, kind, of, onChange, errors }: Given) {
  switch (is.op) {
    case 'is_set':
    case 'is_empty':
    case 'is_junk_address':
      return null;
    case 'one_of':
    case 'none_of':
      return (
        <TagsInput
          size="xs"
          aria-label={`${of}: values`}
          description={valuesOf(is.values).length === 0 ? pasted : undefined}
          placeholder={valuesOf(is.values).length === 0 ? 'A value, then Enter' : ''}
          className={styles.values}
          // The place to type another value needs no line of its own.
          styles={{ inputField: { minWidth: 24 } }}
          value={valuesOf(is.values)}
          splitChars={[';', '\n']}
          acceptValueOnBlur
          onChange={(values) => onChange({ ...is, values: splitValues(values).map((value) => scalarOf(value, kind)) })}
          error={errors.within('values')}
        />
      );
    case 'in_last_days':
    case 'in_next_days':
      return (
        <DaysField
          size="xs"
          aria-label={`${of}: how long`}
          value={is.days}
          // May be missing while it is typed; the schema says so.
          onChange={(days) => onChange({ ...is, days: days as number })}
          error={errors.at('days')}
        />
      );
    case 'between':
      return (
        <>
          <Scalar
            label={`${of}: from`}
            kind={kind}
            value={is.from}
            onChange={(from) => onChange({ ...is, from })}
            error={errors.at('from')}
          />
          <Scalar
            label={`${of}: to`}
            lead="and"
            kind={kind}
            value={is.to}
            onChange={(to) => onChange({ ...is, to })}
            error={errors.at('to')}
          />
        </>
      );
    case 'equals':
    case 'not_equals':
      return kind === 'boolean' ? (
        <Select
          size="xs"
          aria-label={`${of}: value`}
          data={[
            { value: 'true', label: 'yes' },
            { value: 'false', label: 'no' },
          ]}
          value={String(is.value) === '' ? null : String(is.value)}
          placeholder="Yes or no"
          allowDeselect={false}
          onChange={(value) => value !== null && onChange({ ...is, value: value === 'true' })}
          error={errors.at('value')}
        />
      ) : (
        <Scalar
          label={`${of}: value`}
          kind={kind}
          value={is.value}
          onChange={(value) => onChange({ ...is, value })}
          error={errors.at('value')}
        />
      );
    default:
      return (
        <Scalar
          label={`${of}: value`}
          // Parts of text and patterns are text, whatever the field holds.
          kind={shapeOf(is.op) === 'text' ? 'text' : kind}
          value={is.value}
          description={is.op === 'matches' ? 'A regular expression; upper and lower case are the same.' : undefined}
          onChange={(value) => onChange({ ...is, value } as Comparison)} // Text stays text, see kind.
          error={errors.at('value')}
        />
      );
  }
}

function Scalar(given: {
  label: string;
  kind: ValueKind;
  value: string | number | boolean | undefined;
  lead?: string;
  description?: string | undefined;
  onChange: (value: string | number) => void;
  error: string | undefined;
}) {
  const { kind, value } = given;
  const isDay = kind === 'date' && (value === undefined || value === '' || /^\d{4}-\d{2}-\d{2}$/.test(String(value)));
  return (
    <TextInput
      size="xs"
      aria-label={given.label}
      type={isDay ? 'date' : 'text'}
      inputMode={kind === 'number' ? 'decimal' : undefined}
      placeholder={kind === 'number' ? 'Number' : 'Value'}
      description={given.description}
      leftSection={given.lead}
      leftSectionWidth={given.lead ? 42 : undefined}
      autoComplete="off"
      value={value === undefined ? '' : String(value)}
      onChange={({ currentTarget }) => given.onChange(scalarOf(currentTarget.value, kind))}
      error={given.error}
    />
  );
}
