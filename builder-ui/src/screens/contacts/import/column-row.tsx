import { Autocomplete, Select } from '@mantine/core';
import styles from './import.module.css';
import { isOfEvents, type ColumnPlan, type Meaning, type Plan, type ValueKind } from './plan.ts';

const kinds: { value: ValueKind; label: string }[] = [
  { value: 'text', label: 'Text' },
  { value: 'number', label: 'Number' },
  { value: 'boolean', label: 'Yes or no' },
  { value: 'date', label: 'Date' },
  { value: 'list', label: 'List (a; b)' },
];

interface MeaningOption {
  value: Meaning;
  label: string;
}

const ofContacts: MeaningOption[] = [
  { value: 'user', label: 'User id' },
  { value: 'email', label: 'E-mail address' },
  { value: 'anonymous', label: 'Anonymous id' },
];
const ofAccounts: MeaningOption[] = [
  { value: 'accountId', label: "Account's id" },
  { value: 'accountName', label: "Account's name" },
];

const meanings = (rows: Plan['rows']): MeaningOption[] => [
  ...(rows === 'accounts' ? ofAccounts : ofContacts),
  { value: 'time', label: isOfEvents(rows) ? 'When it happened' : 'As of when' },
  ...(isOfEvents(rows) ? [{ value: 'event' as const, label: 'Name of the event' }] : []),
  { value: 'value', label: rows === 'events' ? 'Property' : 'Field' },
  ...(rows === 'both' ? [{ value: 'detail' as const, label: 'Property of the event' }] : []),
  { value: 'skip', label: 'Leave out' },
];

/** One column: its name and first values, and what it means. */
export function ColumnRow(given: {
  plan: ColumnPlan;
  rows: Plan['rows'];
  usable: boolean;
  /** Those that are there already. */
  fields: string[];
  examples: readonly string[];
  onMeaning: (meaning: Meaning) => void;
  onChange: (part: Partial<ColumnPlan>) => void;
}) {
  const { plan } = given;
  const examples = given.examples.filter((value) => value !== '').join(', ');
  return (
    <tr data-skipped={plan.meaning === 'skip' || undefined}>
      <td>
        <span className={styles.column}>{plan.column || '(no name)'}</span>
        <span className={styles.examples} title={examples}>
          {given.usable ? examples : 'Cannot be read: its name is missing, stands twice or has braces.'}
        </span>
      </td>
      <td>
        <Select
          size="xs"
          aria-label={`${plan.column} means`}
          value={plan.meaning}
          allowDeselect={false}
          disabled={!given.usable}
          data={meanings(given.rows)}
          // The values are those of `meanings`.
          onChange={(meaning) => given.onMeaning(meaning ?? 'skip')}
        />
      </td>
      <td>
        {(plan.meaning === 'value' || plan.meaning === 'detail') && (
          <span className={styles.named}>
            <Autocomplete
              size="xs"
              aria-label={`Name for ${plan.column}`}
              value={plan.name}
              error={plan.name.trim() === ''}
              data={given.fields}
              limit={40}
              comboboxProps={{ keepMounted: false }}
              onChange={(name) => given.onChange({ name })}
            />
            <Select
              size="xs"
              w={104}
              aria-label={`${plan.column} holds`}
              value={plan.kind}
              allowDeselect={false}
              data={kinds}
              // The values are those of `kinds`.
              onChange={(kind) => given.onChange({ kind: kind ?? 'text' })}
            />
          </span>
        )}
      </td>
    </tr>
  );
}
