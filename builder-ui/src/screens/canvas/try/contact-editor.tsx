import { Button, NumberInput, Select, TagsInput, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import type { FieldValue, MadeUpContact } from '@ripen/shared';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { sentenceOf } from '../../../api/client.ts';
import { contactSearchQuery } from '../../../api/contacts.ts';
import { FieldPicker } from '../../../fields/known-pickers.tsx';
import type { Names } from '../../../fields/names.ts';
import { count } from '../../../ui/words.ts';
import { PairsEditor } from './pairs-editor.tsx';
import type { KnownContact } from './trial.ts';
import styles from './try.module.css';

/** Whom it is tried on: somebody made up, or a contact as they are now. */
export function ContactEditor(given: {
  value: MadeUpContact;
  names: Names;
  known: { id: string; data: KnownContact | undefined; error: Error | null } | null;
  onChange: (value: MadeUpContact) => void;
  onKnown: (id: string | null) => void;
}) {
  const { value, names, known } = given;
  const change = (next: Partial<MadeUpContact>): void => given.onChange({ ...value, ...next });
  return (
    <section className={styles.section} aria-labelledby="try-who">
      <div className={styles.sectionHead}>
        <h3 id="try-who">Who</h3>
        {known !== null && (
          <Button size="compact-xs" variant="subtle" onClick={() => given.onKnown(null)}>
            Make somebody up
          </Button>
        )}
      </div>
      {known !== null ? (
        known.error ? (
          <p className={styles.bad} role="alert">
            {sentenceOf(known.error)}
          </p>
        ) : (
          <p className={styles.soft}>
            {known.data
              ? `${known.data.name}, as their ${count(known.data.arrivals.length, 'event')} left them.`
              : 'Reading what happened to them…'}
          </p>
        )
      ) : (
        <>
          <PairsEditor
            value={value.fields}
            what="Field"
            add="Add a field"
            picker={(name, onChange) => <FieldPicker size="xs" aria-label="Field" value={name} onChange={onChange} />}
            onChange={
              (fields) => change({ fields: fields as Record<string, FieldValue> }) /* Texts, numbers, yes, no. */
            }
          />
          <Select
            size="xs"
            label="Stage before"
            placeholder="No stage"
            clearable
            data={names.stages.map(({ id, name }) => ({ value: id, label: name }))}
            value={value.stage}
            onChange={(stage) => change({ stage })}
          />
          {names.models.map(({ id, name }) => (
            <NumberInput
              key={id}
              size="xs"
              label={`${name} before`}
              min={-1_000_000}
              max={1_000_000}
              value={value.points[id] ?? 0}
              onChange={(points) => change({ points: { ...value.points, [id]: Number(points) || 0 } })}
            />
          ))}
          <TagsInput
            size="xs"
            label="Labels before"
            data={[...names.labels]}
            value={value.labels}
            onChange={(labels) => change({ labels })}
          />
          <KnownPicker onChoose={given.onKnown} />
        </>
      )}
    </section>
  );
}

function KnownPicker({ onChoose }: { onChoose: (id: string) => void }) {
  const [typed, setTyped] = useState('');
  const [asked] = useDebouncedValue(typed.trim(), 200);
  const found = useQuery({ ...contactSearchQuery(asked), enabled: asked.length > 1 });
  return (
    <div>
      <TextInput
        size="xs"
        label="Or a contact, as they are now"
        placeholder="Name, e-mail address or company"
        value={typed}
        onChange={({ currentTarget }) => setTyped(currentTarget.value)}
      />
      {asked.length > 1 && found.data && (
        <ul className={styles.found}>
          {found.data.length === 0 && <li className={styles.soft}>Nobody has that name.</li>}
          {found.data.map(({ id, name, email }) => (
            <li key={id}>
              <button type="button" onClick={() => onChoose(id)}>
                {name} <span className={styles.soft}>{email === name ? '' : email}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
