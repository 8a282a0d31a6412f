import { Button, Group, Select, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { IconArrowBackUp, IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { Catalogue, Field } from '@ripen/shared';
import { useState } from 'react';
import { usesQuery } from '../../api/catalogue.ts';
import { applyDocument } from '../../api/handoff.ts';
import { useMay } from '../../app/signed-in.ts';
import { useAct } from '../../drafts/index.ts';
import { pathWords } from '../../fields/names.ts';
import { Sure } from '../../ui/sure.tsx';
import { Uses } from '../../ui/uses.tsx';
import styles from './catalogue.module.css';
import { kindWords } from './things.ts';
import { UsedIn } from './used-in.tsx';

type CatalogueField = Catalogue['fields'][number];
const types = ['text', 'number', 'boolean', 'date', 'list'] as const;

/** A field: what it is called and holds, where it is used, and whether anything may use it. */
export function FieldPanel({ field }: { field: CatalogueField }) {
  const mayWrite = useMay('definitions:write');
  const [name, setName] = useState(field.name ?? pathWords(field.path));
  const [description, setDescription] = useState(field.description ?? '');
  const [type, setType] = useState<Field['type']>(field.type ?? undefined);
  const [deleting, setDeleting] = useState(false);
  const act = useAct(() => setDeleting(false));
  const save = (more: Partial<Field>, say: string): void =>
    act.mutate({
      say,
      failed: 'The field could not be saved',
      run: () => {
        const about = description.trim();
        return applyDocument({
          ...{ kind: 'field', id: field.path, name: name.trim(), deleted: field.deleted },
          ...(about !== '' && { description: about }),
          ...(type && { type }),
          ...more,
        });
      },
    });
  const changed =
    field.name !== name.trim() ||
    (field.description ?? '') !== description.trim() ||
    (field.type ?? undefined) !== type;
  return (
    <Stack gap="md">
      {field.deleted && <Text c="var(--bad)">Deleted: nothing may use it. Values that contacts have are kept.</Text>}
      <fieldset disabled={!mayWrite} style={{ border: 0, margin: 0, padding: 0 }}>
        <Stack gap="md">
          <TextInput
            label="Name"
            description={`Events bring it as ${field.path}.`}
            required
            maxLength={200}
            value={name}
            error={name.trim() === '' && 'Fill this in.'}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Textarea
            label="Description"
            placeholder="What it means, and where it comes from"
            autosize
            minRows={2}
            maxLength={2_000}
            value={description}
            onChange={(event) => setDescription(event.currentTarget.value)}
          />
          <Select
            label="Holds"
            description="Conditions offer what fits this."
            allowDeselect={false}
            value={type ?? 'seen'}
            data={[
              {
                value: 'seen',
                label:
                  field.seenKind === 'unknown'
                    ? 'What comes'
                    : `What comes: ${kindWords[field.seenKind].toLowerCase()}`,
              },
              ...types.map((value) => ({ value, label: kindWords[value] })),
            ]}
            onChange={(value) => setType(types.find((one) => one === value))}
          />
          {mayWrite && (
            <Group justify="space-between">
              {field.deleted ? (
                <Button
                  variant="default"
                  leftSection={<IconArrowBackUp size={16} />}
                  onClick={() => save({ deleted: false }, `“${name}” is back.`)}
                >
                  Bring back
                </Button>
              ) : (
                <Button
                  variant="default"
                  c="var(--bad)"
                  leftSection={<IconTrash size={16} />}
                  onClick={() => setDeleting(true)}
                >
                  Delete
                </Button>
              )}
              <Button
                disabled={!changed || name.trim() === ''}
                loading={act.isPending}
                onClick={() => save({}, `“${name.trim()}” is saved.`)}
              >
                Save
              </Button>
            </Group>
          )}
        </Stack>
      </fieldset>
      <UsedIn kind="field" name={field.path} />
      {deleting && (
        <Deleting
          field={field}
          busy={act.isPending}
          onClose={() => setDeleting(false)}
          onDelete={() => save({ deleted: true }, `“${name}” is deleted.`)}
        />
      )}
    </Stack>
  );
}

/** Asks before it; what uses the field must let go of it first. */
function Deleting(given: { field: CatalogueField; busy: boolean; onClose: () => void; onDelete: () => void }) {
  const uses = useQuery(usesQuery('field', given.field.path)).data;
  const title = `Delete “${given.field.name ?? pathWords(given.field.path)}”`;
  if (!uses) return null;
  if (uses.length > 0)
    return (
      <Sure opened title={title} act="Back to the field" busy={false} onClose={given.onClose} onAct={given.onClose}>
        <p className={styles.soft}>It is in use. Take it out of these first:</p>
        <Uses uses={uses} />
      </Sure>
    );
  return (
    <Sure
      opened
      title={title}
      act="Delete the field"
      danger
      busy={given.busy}
      onClose={given.onClose}
      onAct={given.onDelete}
    >
      <Text>
        Rules, conditions and automations cannot use it any more, and nothing offers it. What contacts have in it is
        kept, and it can be brought back.
      </Text>
    </Sure>
  );
}
