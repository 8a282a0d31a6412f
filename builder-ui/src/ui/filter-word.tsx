import { Menu, TextInput, UnstyledButton } from '@mantine/core';
import { IconCheck, IconChevronDown } from '@tabler/icons-react';
import { useState } from 'react';
import styles from './filter-word.module.css';

export interface FilterOption {
  /** Empty for what does not filter. */
  value: string;
  /** As it stands in the sentence. */
  label: string;
}

/** Lists longer than this can be searched. */
const manyOptions = 10;

/** A word of a sentence that says what is shown: press it to choose another. */
export function FilterWord(given: {
  /** What it is about, for who does not see the sentence. */
  name: string;
  value: string;
  options: readonly FilterOption[];
  onChange: (value: string) => void;
}) {
  const { options, value } = given;
  const [typed, setTyped] = useState('');
  const chosen = options.find((option) => option.value === value);
  const shown = options.filter(({ label }) => label.toLowerCase().includes(typed.trim().toLowerCase()));
  return (
    <Menu
      position="bottom-start"
      onClose={() => setTyped('')}
      trapFocus
      returnFocus
      withInitialFocusPlaceholder={false}
    >
      <Menu.Target>
        <UnstyledButton
          className={styles.word}
          data-set={value !== '' || undefined}
          aria-label={`${given.name}: ${chosen?.label ?? value}`}
        >
          {chosen?.label ?? value}
          <IconChevronDown size={13} aria-hidden="true" />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown mah={360} style={{ overflowY: 'auto' }}>
        {options.length > manyOptions && (
          <TextInput
            aria-label={`Find in ${given.name.toLowerCase()}`}
            placeholder="Find"
            size="xs"
            mb={4}
            data-autofocus
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
        )}
        {shown.map((option) => (
          <Menu.Item
            key={option.value}
            onClick={() => given.onChange(option.value)}
            rightSection={option.value === value ? <IconCheck size={14} aria-label="Chosen" /> : <span />}
          >
            {option.label}
          </Menu.Item>
        ))}
        {shown.length === 0 && <Menu.Label>Nothing has that name.</Menu.Label>}
      </Menu.Dropdown>
    </Menu>
  );
}
