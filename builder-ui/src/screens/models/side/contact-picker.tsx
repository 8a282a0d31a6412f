import { Combobox, InputBase, useCombobox } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { contactSearchQuery } from '../../../api/contacts.ts';

/** Finds a contact by name, address or company. */
export function ContactPicker({ onChoose }: { onChoose: (id: string) => void }) {
  const [typed, setTyped] = useState('');
  const [asked] = useDebouncedValue(typed.trim(), 200);
  const found = useQuery({ ...contactSearchQuery(asked), placeholderData: keepPreviousData });
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  return (
    <Combobox
      store={combobox}
      onOptionSubmit={(id) => {
        combobox.closeDropdown();
        onChoose(id);
      }}
    >
      <Combobox.Target>
        <InputBase
          aria-label="Contact"
          placeholder="Find a contact"
          size="sm"
          leftSection={<IconSearch size={16} />}
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            combobox.openDropdown();
          }}
          onFocus={() => combobox.openDropdown()}
          onBlur={() => combobox.closeDropdown()}
        />
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Options>
          {found.data?.map(({ id, name, email, company }) => (
            <Combobox.Option key={id} value={id}>
              <div>{name}</div>
              <div style={{ fontSize: 12, color: 'var(--ink-soft)' }}>
                {[email === name ? null : email, company].filter(Boolean).join(' · ')}
              </div>
            </Combobox.Option>
          ))}
          {found.data?.length === 0 && <Combobox.Empty>Nobody is called that.</Combobox.Empty>}
          {found.isError && <Combobox.Empty>Contacts cannot be searched at the moment.</Combobox.Empty>}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
