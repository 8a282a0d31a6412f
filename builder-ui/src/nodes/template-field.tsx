import { Menu, UnstyledButton } from '@mantine/core';
import { IconBraces } from '@tabler/icons-react';
import { useRef } from 'react';
import type { FieldProps } from '../fields/field-props.ts';
import { Textarea, TextInput } from '../fields/inputs.tsx';
import { pathWords, type Names } from '../fields/names.ts';
import { useNames } from '../fields/use-names.ts';
import styles from './nodes.module.css';

const usual = ['email', 'firstName', 'lastName', 'company'];
const mostFields = 30;

/** What `{{…}}` can stand for, as people call it. */
const places = (names: Names): { group: string; items: { label: string; place: string }[] }[] => {
  const fields = names.fields.length > 0 ? names.fields.map(({ path }) => path).slice(0, mostFields) : usual;
  return [
    { group: 'Contact', items: fields.map((path) => ({ label: pathWords(path), place: path })) },
    {
      group: 'Score and stage',
      items: [
        ...names.models.map(({ id, name }) => ({ label: `Score: ${name}`, place: `score:${id}` })),
        { label: 'Stage', place: 'stage' },
      ],
    },
  ];
};

/** Text with places that are filled in from the contact. */
export function TemplateField(given: FieldProps<string> & { label: string; long?: boolean }) {
  const { label, value, onChange, error, long = false } = given;
  const names = useNames();
  const input = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  const insert = (place: string): void => {
    const at = input.current?.selectionStart ?? value.length;
    const upTo = input.current?.selectionEnd ?? at;
    onChange(`${value.slice(0, at)}{{${place}}}${value.slice(upTo)}`);
    // After the menu has given the focus back.
    const caret = at + place.length + 4;
    setTimeout(() => {
      input.current?.focus();
      input.current?.setSelectionRange(caret, caret);
    });
  };
  const props = {
    ref: input,
    'aria-label': label,
    value,
    error,
    onChange: ({ currentTarget }: { currentTarget: { value: string } }) => onChange(currentTarget.value),
  };
  return (
    <div>
      <div className={styles.labelled}>
        <span className={styles.label}>{label}</span>
        <Menu position="bottom-end" withinPortal>
          <Menu.Target>
            <UnstyledButton className={styles.insert} aria-label={`Insert into ${label.toLowerCase()}`}>
              <IconBraces size={14} aria-hidden="true" /> Insert
            </UnstyledButton>
          </Menu.Target>
          <Menu.Dropdown className={styles.places}>
            {places(names).map(({ group, items }) => (
              <div key={group}>
                <Menu.Label>{group}</Menu.Label>
                {items.map((item) => (
                  <Menu.Item key={item.place} onClick={() => insert(item.place)}>
                    {item.label}
                  </Menu.Item>
                ))}
              </div>
            ))}
          </Menu.Dropdown>
        </Menu>
      </div>
      {long ? <Textarea {...props} minRows={4} maxRows={14} /> : <TextInput {...props} />}
    </div>
  );
}
