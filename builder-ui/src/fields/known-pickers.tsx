import { eventTypeOf, whyNotSettable } from '@ripen/shared';
import { useMemo } from 'react';
import { ago } from '../ui/words.ts';
import { useNow } from '../ui/relative-time.tsx';
import type { FieldProps } from './field-props.ts';
import { FreePicker, type Choice } from './free-picker.tsx';
import { pathWords, type EventName, type FieldName, type ValueKind } from './names.ts';
import { useNames } from './use-names.ts';
import { usualFieldsOf } from './usual-fields.ts';
import { humanise } from '../ui/words.ts';

const kindWords: Record<ValueKind, string> = {
  text: 'text',
  number: 'number',
  boolean: 'yes or no',
  date: 'date',
  list: 'list',
  unknown: '',
};

const detail = (...parts: string[]): string => parts.filter((part) => part !== '').join(' · ');

const eventChoice = (type: EventName, now: number): Choice => ({
  value: type.id,
  label: type.name || humanise(type.id),
  detail: detail(type.id, type.lastSeenAt === null ? '' : `last seen ${ago(Date.parse(type.lastSeenAt), now)}`),
  group: eventGroupOf(type),
});

const eventGroupOf = (type: EventName): string => {
  if (type.usual) return 'Usual, not seen yet';
  if (type.lastSeenAt === null) return 'Not seen yet';
  return type.activity ? 'Done by contacts' : 'Done to contacts';
};

const eventGroups = ['Done by contacts', 'Done to contacts', 'Not seen yet', 'Usual, not seen yet'];

/** What a contact did, by event type: the known ones, or another that will come. */
export function EventPicker(given: FieldProps<string>) {
  const { eventTypes } = useNames();
  const now = useNow();
  const choices = useMemo(
    () =>
      eventTypes
        .map((type) => eventChoice(type, now))
        .sort(
          (a, b) =>
            eventGroups.indexOf(a.group ?? '') - eventGroups.indexOf(b.group ?? '') || a.label.localeCompare(b.label),
        ),
    [eventTypes, now],
  );
  return <FreePicker what="an event" {...given} choices={choices} read={eventTypeOf} words={wordsOfId} />;
}

const wordsOfId = (id: string): string => (id === '' ? '' : humanise(id));
const wordsOfPath = (path: string): string => (path === '' ? '' : pathWords(path));
const asTyped = (text: string): string => text.trim();

const accountPrefix = 'account.';

const fieldChoice = ({ path, name, kind }: FieldName): Choice => ({
  value: path,
  label: name ?? pathWords(path),
  detail: detail(path, kindWords[kind]),
  group: path.startsWith(accountPrefix) ? 'Account' : 'Contact',
});

/** A field of the contact or of its account. */
export function FieldPicker(given: FieldProps<string>) {
  const { fields } = useNames();
  const choices = useMemo(() => {
    const known = [...fields].map(fieldChoice).sort((a, b) => a.label.localeCompare(b.label));
    const usual = usualFieldsOf.contacts
      .filter((path) => !fields.some((field) => field.path === path))
      .map((path) => ({ value: path, label: pathWords(path), detail: path, group: 'Usual, not seen yet' }));
    const isAccount = (choice: Choice): boolean => choice.group === 'Account';
    return [...known.filter((choice) => !isAccount(choice)), ...known.filter(isAccount), ...usual];
  }, [fields]);
  return <FreePicker what="a field" {...given} choices={choices} read={asTyped} words={wordsOfPath} />;
}

/** A field of an account that can be set: what is typed is one, with or without the word before it. */
export function AccountFieldPicker(given: FieldProps<string>) {
  const { fields } = useNames();
  const choices = useMemo(() => {
    const known = fields
      .filter(({ path }) => path.startsWith(accountPrefix) && whyNotSettable(path) === null)
      .map((field) => ({ ...fieldChoice(field), group: 'Known' }))
      .sort((a, b) => a.label.localeCompare(b.label));
    const usual = usualFieldsOf.accounts
      .map((name) => `${accountPrefix}${name}`)
      .filter((path) => !known.some(({ value }) => value === path))
      .map((path) => ({ value: path, label: pathWords(path), detail: path, group: 'Usual, not seen yet' }));
    return [...known, ...usual];
  }, [fields]);
  return <FreePicker what="a field" {...given} choices={choices} read={asAccountField} words={wordsOfPath} />;
}

const asAccountField = (text: string): string => {
  const name = asTyped(text);
  return name === '' || name.startsWith(accountPrefix) ? name : `${accountPrefix}${name}`;
};

/** A property of an event; without one, of any. */
export function PropertyPicker(given: FieldProps<string> & { event?: string | null | undefined }) {
  const { event, ...field } = given;
  const { eventTypes } = useNames();
  const choices = useMemo(() => {
    const found = new Map<string, Choice>();
    for (const type of eventTypes) {
      if (event && type.id !== event) continue;
      for (const { path, kind } of type.properties) {
        if (!found.has(path))
          found.set(path, { value: path, label: pathWords(path), detail: detail(path, kindWords[kind]) });
      }
    }
    return [...found.values()].sort((a, b) => a.label.localeCompare(b.label));
  }, [eventTypes, event]);
  return <FreePicker what="a property" {...field} choices={choices} read={asTyped} words={wordsOfPath} />;
}

/** A label: one in use, or a new one. */
export function LabelPicker(given: FieldProps<string>) {
  const { labels } = useNames();
  const choices = useMemo(() => [...labels].sort().map((label) => ({ value: label, label })), [labels]);
  return <FreePicker what="a label" {...given} choices={choices} read={asTyped} />;
}
