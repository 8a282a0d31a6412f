import { ActionIcon, Button, Text } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { NumberField } from '../../fields/index.ts';
import { TextInput } from '../../fields/inputs.tsx';
import styles from './account-models.module.css';
import { addBand, changeBand, deleteBand, type AccountModelEdit } from './edit.ts';

/** Where scores start and end, and names for parts of that. */
export function RangeAndBands({ model, errors, onChange }: AccountModelEdit) {
  const { clamp, bands = [] } = model;
  return (
    <section>
      <h2 className={styles.heading}>Range and bands</h2>
      <div className={styles.part}>
        <NumberField
          label="Scores start at"
          value={clamp.min}
          // Both may be missing while they are typed; the schema says so.
          onChange={(min) => onChange({ ...model, clamp: { ...clamp, min: min as number } })}
          error={errors.at('clamp.min') ?? errors.at('clamp')}
        />
        <NumberField
          label="Scores end at"
          value={clamp.max}
          onChange={(max) => onChange({ ...model, clamp: { ...clamp, max: max as number } })}
          error={errors.at('clamp.max')}
        />
      </div>
      <Text size="sm" c="dimmed" mb="sm">
        A band reaches up to where the next one starts. It is shown beside the score, and lists can be filtered by it.
      </Text>
      {bands.map((band, index) => (
        <div key={band.id} className={styles.part} role="group" aria-label={`Band ${band.name}`}>
          <TextInput
            label="Name"
            value={band.name}
            maxLength={200}
            onChange={(event) => onChange(changeBand(model, band.id, { name: event.currentTarget.value }))}
            error={errors.at(`bands.${index}.name`)}
          />
          <NumberField
            label="From"
            unit="points"
            unitWidth={58}
            value={band.from}
            onChange={(from) => onChange(changeBand(model, band.id, { from }))}
            error={errors.at(`bands.${index}.from`)}
          />
          <ActionIcon
            className={styles.bin}
            aria-label={`Delete the band ${band.name}`}
            size={36}
            onClick={() => onChange(deleteBand(model, band.id))}
          >
            <IconTrash size={16} />
          </ActionIcon>
        </div>
      ))}
      <Button variant="default" leftSection={<IconPlus size={16} />} onClick={() => onChange(addBand(model))}>
        Add band
      </Button>
    </section>
  );
}
