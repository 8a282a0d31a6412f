import { ActionIcon, Button, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { readTyped } from './read-typed.ts';
import styles from './try.module.css';

type Pairs = Record<string, unknown>;

/** Names and values. What looks like a number, a yes or a no is one. */
export function PairsEditor(given: {
  value: Pairs;
  what: string;
  add: string;
  picker: (name: string, onChange: (name: string) => void) => ReactNode;
  onChange: (value: Pairs) => void;
}) {
  // Rows without a name yet are nobody's business but this form's.
  const [rows, setRows] = useState(() => Object.entries(given.value));
  const [seen, setSeen] = useState(given.value);
  if (seen !== given.value) {
    setSeen(given.value);
    setRows(Object.entries(given.value));
  }
  const change = (next: [string, unknown][]): void => {
    setRows(next);
    const value = Object.fromEntries(next.filter(([name]) => name !== ''));
    setSeen(value);
    given.onChange(value);
  };
  return (
    <div className={styles.pairs}>
      {rows.map(([name, value], index) => (
        <div key={index} className={styles.pair}>
          {given.picker(name, (to) => change(rows.with(index, [to, value])))}
          <TextInput
            size="xs"
            aria-label={`${given.what} ${name}: value`}
            placeholder="Value"
            value={typeof value === 'string' ? value : JSON.stringify(value)}
            onChange={({ currentTarget }) => change(rows.with(index, [name, readTyped(currentTarget.value)]))}
          />
          <ActionIcon
            size={26}
            aria-label={`Remove ${name || 'this line'}`}
            onClick={() => change(rows.toSpliced(index, 1))}
          >
            <IconX size={14} />
          </ActionIcon>
        </div>
      ))}
      <Button
        size="compact-xs"
        variant="subtle"
        leftSection={<IconPlus size={13} />}
        onClick={() => setRows([...rows, ['', '']])}
      >
        {given.add}
      </Button>
    </div>
  );
}
