import { ActionIcon, Button, Menu, TextInput } from '@mantine/core';
import type { Json, Scripted } from '@ripen/shared';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { EventPicker, FieldPicker, PropertyPicker } from '../../../fields/known-pickers.tsx';
import type { Names } from '../../../fields/names.ts';
import { PairsEditor } from './pairs-editor.tsx';
import { localText, minutesAt, scriptedWords } from './script-words.ts';
import type { Setup } from './trial.ts';
import styles from './try.module.css';

/** What happens to them, and when. */
export function ScriptEditor(given: {
  setup: Setup;
  names: Names;
  automation: string;
  refused: ReadonlyMap<number, string>;
  onChange: (happens: Scripted[]) => void;
  onStart: (startsAt: string) => void;
}) {
  const { setup, refused, automation } = given;
  const { happens } = setup;
  const last = Math.max(0, ...happens.map(({ afterMinutes }) => afterMinutes));
  const add = (event: string, properties: Record<string, Json> = {}): void =>
    given.onChange([...happens, { kind: 'event', afterMinutes: last + 60, event, properties }]);
  return (
    <section className={styles.section} aria-labelledby="try-script">
      <h3 id="try-script">What happens</h3>
      <TextInput
        size="xs"
        type="datetime-local"
        label="It begins"
        value={localText(Date.parse(setup.startsAt))}
        onChange={({ currentTarget }) => {
          const at = new Date(currentTarget.value);
          if (!Number.isNaN(at.getTime())) given.onStart(at.toISOString());
        }}
      />
      {happens.map((one, index) => (
        <ScriptedRow
          key={index}
          one={one}
          setup={setup}
          names={given.names}
          error={refused.get(index)}
          onChange={(next) => given.onChange(happens.with(index, next))}
          onRemove={() => given.onChange(happens.toSpliced(index, 1))}
        />
      ))}
      <div className={styles.row}>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconPlus size={14} />}
          disabled={happens.length >= 200}
          onClick={() => add(given.names.eventTypes[0]?.id ?? 'email_clicked')}
        >
          Add an event
        </Button>
        <Menu position="bottom-start">
          <Menu.Target>
            <Button size="compact-sm" variant="subtle" disabled={happens.length >= 200}>
              Something else
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item
              onClick={() => given.onChange([...happens, { kind: 'fields', afterMinutes: last + 60, fields: {} }])}
            >
              Fields change
            </Menu.Item>
            <Menu.Item onClick={() => add('ripen.enrol', { automation })}>Somebody starts this automation</Menu.Item>
            <Menu.Item onClick={() => add('ripen.scheduled', { automation })}>Somebody says “Run now”</Menu.Item>
            {(['accepted', 'rejected', 'won', 'lost'] as const).map((outcome) => (
              <Menu.Item key={outcome} onClick={() => add(`ripen.lead_${outcome}`)}>
                The lead is {outcome}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      </div>
    </section>
  );
}

function ScriptedRow(given: {
  one: Scripted;
  setup: Setup;
  names: Names;
  error: string | undefined;
  onChange: (one: Scripted) => void;
  onRemove: () => void;
}) {
  const { one, setup, names } = given;
  const from = Date.parse(setup.startsAt);
  const own = one.kind === 'event' && !one.event.startsWith('ripen.');
  const words = scriptedWords(one, names);
  return (
    <div className={styles.scripted} role="group" aria-label={words}>
      <div className={styles.row}>
        {own ? (
          <div className={styles.grow}>
            <EventPicker
              size="xs"
              aria-label="Event"
              value={one.event}
              error={given.error}
              onChange={(event) => given.onChange({ ...one, event })}
            />
          </div>
        ) : (
          <span className={styles.grow}>{words}</span>
        )}
        <ActionIcon size={26} aria-label={`Remove ${words}`} onClick={given.onRemove}>
          <IconTrash size={14} />
        </ActionIcon>
      </div>
      {!own && given.error !== undefined && (
        <p className={styles.bad} role="alert">
          {given.error}
        </p>
      )}
      <TextInput
        size="xs"
        type="datetime-local"
        aria-label={`When: ${words}`}
        min={localText(from)}
        max={localText(from + setup.days * 86_400_000)}
        value={localText(from + one.afterMinutes * 60_000)}
        onChange={({ currentTarget }) => {
          const afterMinutes = minutesAt(currentTarget.value, from);
          if (afterMinutes !== null) given.onChange({ ...one, afterMinutes });
        }}
      />
      {one.kind === 'fields' ? (
        <PairsEditor
          value={one.fields}
          what="Field"
          add="Add a field"
          picker={(name, onChange) => <FieldPicker size="xs" aria-label="Field" value={name} onChange={onChange} />}
          onChange={
            (fields) => given.onChange({ ...one, fields: fields as typeof one.fields }) /* Texts, numbers, yes, no. */
          }
        />
      ) : (
        own && (
          <PairsEditor
            value={one.properties}
            what="Property"
            add="Add a property"
            picker={(name, onChange) => (
              <PropertyPicker size="xs" aria-label="Property" event={one.event} value={name} onChange={onChange} />
            )}
            onChange={
              (properties) =>
                given.onChange({
                  ...one,
                  properties: properties as typeof one.properties,
                }) /* Texts, numbers, yes, no. */
            }
          />
        )
      )}
    </div>
  );
}
