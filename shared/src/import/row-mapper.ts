import type { EventMapping, FileMapping, Mapping, When } from './mapping.ts';
import { AmbiguousDate, mixedDateReader, type DateReader } from './dates.ts';
import type { Lookup } from './lookup.ts';
import { MappingError } from './mapping-error.ts';
import { numberReader } from './numbers.ts';
import {
  compileTemplate,
  RowError,
  shortened,
  type Cells,
  type CellValue,
  type Reader,
  type TemplateContext,
} from './template.ts';

/** A message of the tracking API, with the moment that orders it. */
export interface MappedMessage {
  /** ms */
  at: number;
  /** Which event of the row, from 0: part of its messageId. */
  part: number;
  message: Record<string, unknown>;
}

/** Turns a row's cells into messages; throws RowError when the row cannot be used. */
export type RowMapper = (cells: Cells) => MappedMessage[];

/**
 * Compiles one file's mapping against its header. Unknown columns and date formats are errors here, before any row is
 * read: a MappingError that names the file, the template and what the header has.
 */
export const rowMapper = (
  mapping: Mapping,
  file: FileMapping,
  header: readonly string[],
  lookups: ReadonlyMap<string, Lookup>,
): RowMapper => {
  const columns = [...header];
  const joins = file.join.map((join) => {
    const lookup = lookups.get(join.lookup);
    if (!lookup)
      throw new MappingError(`${file.file} joins "${join.lookup}", which the mapping's lookups do not have.`);
    const by = indexIn(columns, join.by, file.file);
    columns.push(...lookup.columns.map((column) => `${join.lookup}.${column}`));
    return { ...join, index: by, table: lookup };
  });
  const context: TemplateContext = {
    columnIndex: (name) => indexIn(columns, name, file.file),
    readDate: dateReaderOf(mapping, file),
    readNumber: numberReader(file.decimal ?? mapping.decimal),
  };
  const empty = new Set((file.empty ?? mapping.empty).map((text) => text.trim()));
  const events = file.events.map((event, part) => eventReader(event, part, file.file, context));
  return (cells) => {
    const row = empty.size === 0 ? [...cells] : cells.map((cell) => (empty.has(cell.trim()) ? '' : cell));
    for (const join of joins) {
      const key = (row[join.index] ?? '').trim();
      const found = join.table.rows.get(key);
      if (!found && !join.optional) throw new RowError(`${join.by} "${shortened(key)}" is not in ${join.table.file}`);
      for (let index = 0; index < join.table.columns.length; index++) row.push(found?.[index] ?? '');
    }
    return events.flatMap((read) => read(row) ?? []);
  };
};

const eventReader = (
  event: EventMapping,
  part: number,
  file: string,
  context: TemplateContext,
): ((cells: Cells) => MappedMessage | null) => {
  const compiled = <T extends string | number | boolean | undefined>(template: T): Reader => {
    if (template === undefined) return () => undefined;
    try {
      return compileTemplate(template, context);
    } catch (error) {
      throw error instanceof MappingError ? error : new MappingError(`${file}: ${sentenceOf(error)}.`);
    }
  };
  const record = (
    templates: Record<string, string | number | boolean>,
  ): ((cells: Cells) => Record<string, CellValue>) => {
    const readers = Object.entries(templates).map(([name, template]) => [name, compiled(template)] as const);
    return (cells) => {
      const values: Record<string, CellValue> = {};
      for (const [name, read] of readers) {
        const value = read(cells);
        if (value !== undefined) values[name] = value;
      }
      return values;
    };
  };
  const holds = event.when ? whenReader(event.when, context) : () => true;
  const moment = (value: CellValue | undefined, what: string): number | null => {
    if (value === undefined) return null;
    const at = context.readDate(String(value)) ?? isoMoment(String(value));
    if (at === null) throw new RowError(`${what} "${shortened(String(value))}" is not a date of the expected format`);
    return at;
  };
  if (event.type === 'account') {
    const [id, called, at] = [compiled(event.id), compiled(event.name), compiled(event.timestamp)];
    const named = record(
      Object.fromEntries(Object.entries(event.fields).map(([field, value]) => [accountField(field), value])),
    );
    return (cells) => {
      if (!holds(cells)) return null;
      const trueAt = moment(at(cells), 'timestamp');
      if (trueAt === null) throw new RowError('has no timestamp');
      const [accountId, accountName] = [id(cells), called(cells)];
      const message: Record<string, unknown> = { type: event.type };
      if (accountId !== undefined) message['id'] = String(accountId);
      if (accountName !== undefined) message['name'] = String(accountName);
      return { at: trueAt, part, message: { ...message, fields: named(cells), at: new Date(trueAt).toISOString() } };
    };
  }
  const userId = compiled(event.userId);
  const anonymousId = compiled(event.anonymousId);
  const email = compiled(event.email);
  const timestamp = compiled(event.timestamp);
  const receivedAt = compiled(event.receivedAt);
  const name = compiled(event.type === 'track' ? event.event : event.type === 'identify' ? undefined : event.name);
  const fields = record(event.type === 'identify' ? event.traits : event.properties);

  return (cells) => {
    if (!holds(cells)) return null;
    const at = moment(timestamp(cells), 'timestamp');
    if (at === null) throw new RowError('has no timestamp');
    const received = moment(receivedAt(cells), 'receivedAt');
    const ids = { userId: userId(cells), anonymousId: anonymousId(cells), email: email(cells) };
    if (ids.userId === undefined && ids.anonymousId === undefined && ids.email === undefined) {
      throw new RowError('names nobody: userId, anonymousId and email are all empty');
    }
    const message: Record<string, unknown> = { type: event.type };
    const eventName = name(cells);
    if (event.type === 'track') {
      if (eventName === undefined) throw new RowError('has no event name');
      message['event'] = String(eventName);
    } else if (eventName !== undefined) message['name'] = String(eventName);
    if (ids.userId !== undefined) message['userId'] = String(ids.userId);
    if (ids.anonymousId !== undefined) message['anonymousId'] = String(ids.anonymousId);
    if (event.type === 'identify') {
      message['traits'] = { ...fields(cells), ...(ids.email === undefined ? {} : { email: String(ids.email) }) };
    } else {
      message['properties'] = fields(cells);
      if (ids.email !== undefined) message['context'] = { traits: { email: String(ids.email) } };
    }
    message['timestamp'] = new Date(at).toISOString();
    if (received !== null) message['receivedAt'] = new Date(received).toISOString();
    return { at, part, message };
  };
};

const whenReader = (when: When, context: TemplateContext): ((cells: Cells) => boolean) => {
  const index = context.columnIndex(when.column);
  const cell = (cells: Cells): string => (cells[index] ?? '').trim();
  if ('is' in when) return (cells) => (cell(cells) !== '') === (when.is === 'set');
  if ('equals' in when) return (cells) => cell(cells) === when.equals;
  return (cells) => when.oneOf.includes(cell(cells));
};

const dateReaderOf = (mapping: Mapping, file: FileMapping): DateReader => {
  const formats = file.dateFormat ?? mapping.dateFormat;
  try {
    const read = mixedDateReader(
      typeof formats === 'string' ? [formats] : formats,
      file.utcOffset ?? mapping.utcOffset,
    );
    return (text) => {
      try {
        return read(text);
      } catch (error) {
        throw error instanceof AmbiguousDate ? new RowError(`the date "${shortened(text)}" ${error.message}`) : error;
      }
    };
  } catch (error) {
    throw new MappingError(`${file.file}: ${sentenceOf(error)}.`);
  }
};

const accountPrefix = 'account.';
const accountField = (name: string): string => (name.startsWith(accountPrefix) ? name : `${accountPrefix}${name}`);

const sentenceOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** What `{column|date}` gives is a moment already. */
const isoMoment = (text: string): number | null => (/^\d{4}-\d{2}-\d{2}T.*Z$/.test(text) ? Date.parse(text) : null);

const indexIn = (columns: readonly string[], name: string, file: string): number => {
  const index = columns.indexOf(name);
  if (index !== columns.lastIndexOf(name))
    throw new MappingError(
      `${file} has two columns "${name}", and which of them is meant cannot be told. Rename one in its header.`,
    );
  if (index >= 0) return index;
  throw new MappingError(`${file} has no column "${name}". It has: ${columns.join(', ')}.`);
};
