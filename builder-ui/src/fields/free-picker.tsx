import { Combobox, useCombobox } from '@mantine/core';
import { useState } from 'react';
import { wordsOf, type FieldProps } from './field-props.ts';
import styles from './fields.module.css';
import { InputBase } from './inputs.tsx';

export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly detail?: string;
  readonly group?: string;
}

/** More than this is not scrolled through but searched. */
const mostShown = 60;

const finds = (choice: Choice, words: readonly string[]): boolean => {
  const text = `${choice.label} ${choice.value}`.toLowerCase();
  return words.every((word) => text.includes(word));
};

const grouped = (choices: readonly Choice[]): [string, Choice[]][] => {
  const groups = new Map<string, Choice[]>();
  for (const choice of choices) groups.set(choice.group ?? '', [...(groups.get(choice.group ?? '') ?? []), choice]);
  return [...groups];
};

/** One of the known, or another one: what is typed and left is taken as it is. */
export function FreePicker(
  given: FieldProps<string> & {
    choices: readonly Choice[];
    /** Typed text as a value; empty when it can be none. */
    read: (text: string) => string;
    /** How a value that is not among the choices is shown. */
    words?: (value: string) => string;
    what: string;
  },
) {
  const { choices, value, read } = given;
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  // What is being typed; null while the value is shown.
  const [typed, setTyped] = useState<string | null>(null);
  const shown = choices.find((choice) => choice.value === value)?.label ?? given.words?.(value) ?? value;

  const words = (typed ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  const found = words.length === 0 ? choices : choices.filter((choice) => finds(choice, words));
  const other = typed === null ? '' : read(typed);
  const isNew = other !== '' && !choices.some((choice) => choice.value === other);

  const take = (next: string): void => {
    setTyped(null);
    combobox.closeDropdown();
    if (next !== value) given.onChange(next);
  };
  const leave = (): void => {
    combobox.closeDropdown();
    if (typed === null) return;
    const same = choices.find((choice) => choice.label.toLowerCase() === typed.trim().toLowerCase());
    take(same?.value ?? (typed.trim() === '' ? '' : other || value));
  };

  return (
    <Combobox store={combobox} onOptionSubmit={take} withinPortal>
      <Combobox.Target>
        <InputBase
          {...wordsOf(given)}
          // What is typed is judged once it is left; a message that goes only then would move what somebody is about to press.
          error={other === '' ? given.error : undefined}
          placeholder={given.placeholder ?? `Choose or type ${given.what}`}
          value={typed ?? shown}
          autoComplete="off"
          spellCheck={false}
          rightSection={<Combobox.Chevron size={given.size} />}
          rightSectionPointerEvents="none"
          onChange={({ currentTarget }) => {
            setTyped(currentTarget.value);
            combobox.openDropdown();
            combobox.updateSelectedOptionIndex();
          }}
          onClick={() => combobox.openDropdown()}
          onFocus={({ currentTarget }) => currentTarget.select()}
          onBlur={leave}
          onKeyDown={({ key }) => {
            if (key === 'Escape') setTyped(null);
            // Enter without a highlighted option takes what was typed.
            if (key === 'Enter' && combobox.getSelectedOptionIndex() < 0) leave();
          }}
        />
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Options mah={280} className={styles.options}>
          {grouped(found.slice(0, mostShown)).map(([group, members]) => (
            <Combobox.Group key={group} label={group}>
              {members.map((choice) => (
                <Combobox.Option key={choice.value} value={choice.value} active={choice.value === value}>
                  <span className={styles.choice}>{choice.label}</span>
                  {choice.detail && <span className={styles.detail}>{choice.detail}</span>}
                </Combobox.Option>
              ))}
            </Combobox.Group>
          ))}
          {found.length > mostShown && <Combobox.Empty>Type to find {found.length - mostShown} more.</Combobox.Empty>}
          {isNew && <Combobox.Option value={other}>Use “{other}”</Combobox.Option>}
          {found.length === 0 && !isNew && <Combobox.Empty>Nothing known yet: type {given.what}.</Combobox.Empty>}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
