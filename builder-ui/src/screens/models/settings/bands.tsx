import { ActionIcon, Button, Text } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { NumberField } from '../../../fields/index.ts';
import { TextInput } from '../../../fields/inputs.tsx';
import { number } from '../../../ui/words.ts';
import { addBand, changeBand, deleteBand } from '../edit.ts';
import type { ModelEdit } from '../model-edit.ts';
import styles from '../model.module.css';
import { errorsUnder } from '../problems.ts';

/** The named ranges of a score, each from where it starts to the next one. */
export function Bands({ model, problems, onChange, readOnly }: ModelEdit) {
  const errors = errorsUnder(problems, 'bands');
  const { min, max } = model.clamp;
  const percent = (from: number | undefined): string =>
    from === undefined || max <= min ? '' : `${number(Math.round(((from - min) / (max - min)) * 100))} %`;
  return (
    <>
      <Text size="sm" c="dimmed" mb="xs">
        A band reaches up to where the next one starts. It is shown beside the score, and conditions can ask for it.
      </Text>
      {(model.bands ?? []).map((band, index) => (
        <div key={band.id} className={styles.bandRow} role="group" aria-label={band.name || 'Band'}>
          <TextInput
            aria-label="Name of the band"
            value={band.name}
            maxLength={200}
            onChange={(event) => onChange(changeBand(model, band.id, { name: event.currentTarget.value }))}
            error={errors.at(`${index}.name`)}
          />
          <NumberField
            aria-label={`Where ${band.name} starts`}
            lead="from"
            unit="points"
            unitWidth={58}
            value={band.from}
            onChange={(from) => onChange(changeBand(model, band.id, { from }))}
            error={errors.at(`${index}.from`)}
          />
          <span className={styles.bandShare} title="Of the whole range">
            {percent(band.from)}
          </span>
          <ActionIcon aria-label={`Delete ${band.name}`} size={36} onClick={() => onChange(deleteBand(model, band.id))}>
            <IconTrash size={16} />
          </ActionIcon>
        </div>
      ))}
      {!readOnly && (
        <Button
          w="fit-content"
          variant="default"
          leftSection={<IconPlus size={16} />}
          onClick={() => onChange(addBand(model))}
        >
          Add band
        </Button>
      )}
    </>
  );
}
