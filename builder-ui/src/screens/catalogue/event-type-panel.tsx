import { Button, Group, Stack, Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { eventTypeSchema, type Catalogue, type EventType } from '@ripen/shared';
import { useState } from 'react';
import { definitionQuery } from '../../api/definitions.ts';
import { applyDocument } from '../../api/handoff.ts';
import { useMay } from '../../app/signed-in.ts';
import { useAct } from '../../drafts/index.ts';
import { fieldErrors, schemaErrors } from '../../fields/index.ts';
import { Textarea, TextInput } from '../../fields/inputs.tsx';
import { pathWords } from '../../fields/names.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { LoadingRows, QueryView } from '../../ui/states.tsx';
import styles from './catalogue.module.css';
import { ScannerForm } from './scanner-form.tsx';
import { kindWords } from './things.ts';
import { UsedIn } from './used-in.tsx';

type CatalogueType = Catalogue['eventTypes'][number];

/** An event type: what it is, whether it is the contact's own act, how scanners are told, and what comes with it. */
export function EventTypePanel({ type }: { type: CatalogueType }) {
  const query = useQuery({ ...definitionQuery('event-types', type.id), enabled: type.declared });
  return (
    <Stack gap="md">
      {type.declared ? (
        <QueryView query={query} loading={<LoadingRows rows={4} />}>
          {({ document, version }) => <Form key={version} type={type} document={document as EventType | null} />}
        </QueryView>
      ) : (
        <Form type={type} document={null} />
      )}
      <UsedIn kind="event_type" name={type.id} />
      <Properties type={type} />
    </Stack>
  );
}

function Form({ type, document }: { type: CatalogueType; document: EventType | null }) {
  const mayWrite = useMay('definitions:write');
  const before: EventType = document ?? { kind: 'event_type', id: type.id, name: type.name, activity: type.activity };
  const [typed, setTyped] = useState(before);
  const act = useAct(() => undefined);
  const wrong = schemaErrors(eventTypeSchema, typed);
  const errors = fieldErrors(wrong);
  const changed = document === null || JSON.stringify(typed) !== JSON.stringify(before);
  const save = (): void => {
    const about = typed.description?.trim() ?? '';
    const { description: _, ...rest } = typed;
    act.mutate({
      say: `“${typed.name.trim()}” is saved.`,
      failed: 'The event type could not be saved',
      run: () => applyDocument({ ...rest, ...(about !== '' && { description: about }) }),
    });
  };
  return (
    <fieldset disabled={!mayWrite} style={{ border: 0, margin: 0, padding: 0 }}>
      <Stack gap="md">
        <TextInput
          label="Name"
          description={`Events come as ${type.id}.`}
          required
          maxLength={200}
          value={typed.name}
          error={errors.at('name')}
          onChange={(event) => setTyped({ ...typed, name: event.currentTarget.value })}
        />
        <Textarea
          label="Description"
          placeholder="When it is sent, and by what"
          autosize
          minRows={2}
          maxLength={2_000}
          value={typed.description ?? ''}
          onChange={(event) => setTyped({ ...typed, description: event.currentTarget.value })}
        />
        <Switch
          label="Done by the contact"
          description="A sign of life: it puts off fading after inactivity. Off: it is done to them, as a message that is sent."
          checked={typed.activity}
          onChange={(event) => setTyped({ ...typed, activity: event.currentTarget.checked })}
        />
        <ScannerForm
          type={type.id}
          scanners={typed.scanners}
          errors={errors.under('scanners')}
          onChange={(scanners) => {
            const { scanners: _, ...rest } = typed;
            setTyped(scanners ? { ...rest, scanners } : rest);
          }}
        />
        {mayWrite && (
          <Group justify="flex-end">
            <Button disabled={!changed || wrong.length > 0} loading={act.isPending} onClick={save}>
              Save
            </Button>
          </Group>
        )}
      </Stack>
    </fieldset>
  );
}

function Properties({ type }: { type: CatalogueType }) {
  if (type.properties.length === 0) return null;
  return (
    <section aria-label="What comes with it">
      <h3 className={styles.heading}>What comes with it</h3>
      <table className={styles.properties}>
        <caption className="heard">Properties of {type.name}</caption>
        <thead className="heard">
          <tr>
            <th scope="col">Property</th>
            <th scope="col">Holds</th>
            <th scope="col">Last seen</th>
          </tr>
        </thead>
        <tbody>
          {type.properties.map(({ path, kind, lastSeenAt }) => (
            <tr key={path}>
              <th scope="row" title={path}>
                {pathWords(path)}
              </th>
              <td>{kindWords[kind]}</td>
              <td>
                <RelativeTime at={lastSeenAt} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
