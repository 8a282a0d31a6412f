import type { EventMapping, Mapping } from '@ripen/shared/import';

/** What a column means. */
export type Meaning = 'user' | 'email' | 'anonymous' | 'time' | 'event' | 'value' | 'skip';
export type ValueKind = 'text' | 'number' | 'boolean' | 'date' | 'list';

export interface ColumnPlan {
  column: string;
  meaning: Meaning;
  /** What a value is called as a field or property. */
  name: string;
  kind: ValueKind;
}

/** What the rows of a file mean, as people say it. */
export interface Plan {
  /** A contact: its values are fields. An event: its values are properties. */
  rows: 'contacts' | 'events';
  columns: ColumnPlan[];
  /** Of events whose name is in no column. */
  eventName: string;
  dateFormat: string;
  /** Zone of dates without one. */
  utcOffset: string;
}

const columnOf = (plan: Plan, meaning: Meaning): string | null =>
  plan.columns.find((column) => column.meaning === meaning)?.column ?? null;

const place = (column: string, kind: ValueKind = 'text'): string =>
  kind === 'text' ? `{${column}}` : `{${column}|${kind}}`;

/** A column that templates cannot name (`{`, `}`, `|`), or that stands twice in the header. */
export const isUsable = (column: string, header: readonly string[]): boolean =>
  column.trim() !== '' && !/[{}|]/.test(column) && header.indexOf(column) === header.lastIndexOf(column);

/** What is still to be said before the rows can be read; empty when nothing is. */
export const missingIn = (plan: Plan): string[] => {
  const missing: string[] = [];
  if (!['user', 'email', 'anonymous'].some((meaning) => columnOf(plan, meaning as Meaning) !== null))
    missing.push('Say which column tells whose a row is: a user id, an e-mail address or an anonymous id.');
  if (plan.rows === 'events' && columnOf(plan, 'time') === null)
    missing.push('Say which column tells when the event happened.');
  if (plan.rows === 'events' && columnOf(plan, 'event') === null && plan.eventName.trim() === '')
    missing.push('Give the events a name, or say which column holds it.');
  return missing;
};

/** Columns that have a meaning which only one may have; the last one given stands. */
export const withMeaning = (plan: Plan, column: string, meaning: Meaning): Plan => ({
  ...plan,
  columns: plan.columns.map((each) =>
    each.column === column
      ? { ...each, meaning }
      : each.meaning === meaning && meaning !== 'value' && meaning !== 'skip'
        ? { ...each, meaning: 'value' }
        : each,
  ),
});

/** The mapping that the reader wants. `now`, ms: when contacts without a date are as they are. */
export const mappingOf = (plan: Plan, file: string, now: number): Mapping => {
  const time = columnOf(plan, 'time');
  const whose = Object.fromEntries(
    (['user', 'email', 'anonymous'] as const).flatMap((meaning) => {
      const column = columnOf(plan, meaning);
      const name = { user: 'userId', email: 'email', anonymous: 'anonymousId' }[meaning];
      return column === null ? [] : [[name, place(column)]];
    }),
  );
  const values = Object.fromEntries(
    plan.columns
      .filter(({ meaning, name }) => meaning === 'value' && name.trim() !== '')
      .map(({ column, name, kind }) => [name.trim(), place(column, kind)]),
  );
  const common = { ...whose, timestamp: time === null ? new Date(now).toISOString() : place(time) };
  const eventColumn = columnOf(plan, 'event');
  const event: EventMapping =
    plan.rows === 'contacts'
      ? { type: 'identify', traits: values, ...common }
      : {
          type: 'track',
          event: eventColumn === null ? literal(plan.eventName.trim()) : place(eventColumn),
          properties: values,
          ...common,
        };
  return {
    dateFormat: plan.dateFormat,
    utcOffset: plan.utcOffset,
    lookups: {},
    files: [{ file, join: [], events: [event] }],
  };
};

/** Text that is no template. */
const literal = (text: string): string => text.replaceAll('{', '{{').replaceAll('}', '}}');
