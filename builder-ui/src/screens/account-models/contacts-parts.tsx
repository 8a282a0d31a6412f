import { ActionIcon, Button, Text } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import type { AccountModel, ContactsPart } from '@ripen/shared';
import { ModelPicker, NumberField, useNames } from '../../fields/index.ts';
import { Select } from '../../fields/inputs.tsx';
import styles from './account-models.module.css';
import type { AccountModelEdit } from './edit.ts';

const together: { value: ContactsPart['together']['kind']; label: string }[] = [
  { value: 'sum', label: 'Sum of all contacts' },
  { value: 'maximum', label: 'Highest contact' },
  { value: 'average', label: 'Average of all contacts' },
  { value: 'top', label: 'Sum of the highest' },
];
const parts = [
  { value: 'all', label: 'Whole score' },
  { value: 'behaviour', label: 'What they do' },
];

/** How the scores of contacts make a part of the account's. */
export function ContactsParts({ model, errors, onChange }: AccountModelEdit) {
  const { models } = useNames();
  const change = (index: number, part: Partial<ContactsPart>): void =>
    onChange({ ...model, contacts: model.contacts.map((each, at) => (at === index ? { ...each, ...part } : each)) });
  const add = (): AccountModel['contacts'] => [
    ...model.contacts,
    { model: models[0]?.id ?? '', part: 'all', together: { kind: 'sum' } },
  ];
  return (
    <section>
      <h2 className={styles.heading}>What its contacts bring</h2>
      <Text size="sm" c="dimmed" mb="sm">
        Contacts outside the audience of their score model do not count.
      </Text>
      {model.contacts.map((part, index) => (
        <div key={index} className={styles.part} role="group" aria-label={`Score of contacts ${index + 1}`}>
          <ModelPicker
            label="Score model"
            value={part.model}
            onChange={(id) => change(index, { model: id })}
            error={errors.at(`contacts.${index}.model`)}
          />
          <Select
            label="Of it"
            data={parts}
            value={part.part}
            allowDeselect={false}
            onChange={(next) => change(index, { part: next === 'behaviour' ? 'behaviour' : 'all' })}
          />
          <Select
            label="Taken together"
            data={together}
            value={part.together.kind}
            allowDeselect={false}
            onChange={(next) => {
              const kind = together.find(({ value }) => value === next)?.value ?? 'sum';
              change(index, { together: kind === 'top' ? { kind, count: 3 } : { kind } });
            }}
          />
          {part.together.kind === 'top' && (
            <NumberField
              label="How many"
              min={1}
              value={part.together.count}
              // May be missing while it is typed; the schema says so.
              onChange={(count) => change(index, { together: { kind: 'top', count: count as number } })}
              error={errors.at(`contacts.${index}.together.count`)}
            />
          )}
          <NumberField
            label="At most"
            placeholder="No cap"
            unit="points"
            unitWidth={58}
            min={0}
            value={part.cap}
            onChange={(cap) => change(index, { cap })}
            error={errors.at(`contacts.${index}.cap`)}
          />
          <ActionIcon
            className={styles.bin}
            aria-label={`Delete the score of contacts ${index + 1}`}
            size={36}
            onClick={() => onChange({ ...model, contacts: model.contacts.filter((_, at) => at !== index) })}
          >
            <IconTrash size={16} />
          </ActionIcon>
        </div>
      ))}
      <Button
        variant="default"
        leftSection={<IconPlus size={16} />}
        onClick={() => onChange({ ...model, contacts: add() })}
      >
        Add a score of contacts
      </Button>
    </section>
  );
}
