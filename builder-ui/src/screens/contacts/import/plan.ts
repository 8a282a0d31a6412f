import type { Decimal, EventMapping, Mapping } from '@ripen/shared/import';

/** What a column means. A value is a field of contacts or accounts and a property of events; where a row is both, a detail is the property. */
export type Meaning =
  'user' | 'email' | 'anonymous' | 'accountId' | 'accountName' | 'time' | 'event' | 'value' | 'detail' | 'skip';
export type ValueKind = 'text' | 'number' | 'boolean' | 'date' | 'list';

export interface ColumnPlan {
  column: string;
  meaning: Meaning;
  /** What a value is called as a field or property. */
  name: string;
  kind: ValueKind;
  /** One of its first values in which a comma can mean two things. */
  commas: string | null;
  /** One of its first dates in which day and month can change places. */
  ambiguousDate: string | null;
}

/** What the rows of a file mean, as people say it. */
export interface Plan {
  /** A contact: its values are fields. An event: its values are properties. Both: a contact, and something that it did. Or an account. */
  rows: 'contacts' | 'events' | 'both' | 'accounts';
  columns: ColumnPlan[];
  /** Of events whose name is in no column. */
  eventName: string;
  /** How dates are written; empty while that has to be said. */
  dateFormats: string[];
  /** Zone of dates without one. */
  utcOffset: string;
  /** What stands before fractions; null where no comma asks for it, or while it has to be said. */
  decimal: Decimal | null;
  /** Cells that mean nothing. */
  empty: string[];
}

/** Whether a column's cells are read as dates. */
export const holdsDates = ({ meaning, kind }: ColumnPlan): boolean =>
  meaning === 'time' || ((meaning === 'value' || meaning === 'detail') && kind === 'date');

/** Whether a column's cells are read as numbers. */
export const holdsNumbers = ({ meaning, kind }: ColumnPlan): boolean =>
  (meaning === 'value' || meaning === 'detail') && kind === 'number';

const columnOf = (plan: Plan, meaning: Meaning): string | null =>
  plan.columns.find((column) => column.meaning === meaning)?.column ?? null;

const place = (column: string, kind: ValueKind = 'text'): string =>
  kind === 'text' ? `{${column}}` : `{${column}|${kind}}`;

/** A column that templates cannot name (`{`, `}`, `|`), or that stands twice in the header. */
export const isUsable = (column: string, header: readonly string[]): boolean =>
  column.trim() !== '' && !/[{}|]/.test(column) && header.indexOf(column) === header.lastIndexOf(column);

/** Whether rows are events, alone or beside the contact. */
export const isOfEvents = (rows: Plan['rows']): boolean => rows === 'events' || rows === 'both';

/** What is still to be said before the rows can be read; empty when nothing is. */
export const missingIn = (plan: Plan): string[] => {
  const missing: string[] = [];
  const says = (...meanings: Meaning[]): boolean => meanings.some((meaning) => columnOf(plan, meaning) !== null);
  if (plan.rows === 'accounts') {
    if (!says('accountId', 'accountName'))
      missing.push('Say which column tells which account a row is: its id, as contacts name it, or its name.');
    if (!says('value')) missing.push('Say which columns are fields of the account.');
  } else if (!says('user', 'email', 'anonymous'))
    missing.push('Say which column tells whose a row is: a user id, an e-mail address or an anonymous id.');
  if (plan.rows === 'events' && columnOf(plan, 'time') === null)
    missing.push('Say which column tells when the event happened.');
  if (isOfEvents(plan.rows) && columnOf(plan, 'event') === null && plan.eventName.trim() === '')
    missing.push('Give the events a name, or say which column holds it.');
  const dated = plan.columns.filter(holdsDates);
  if (dated.length > 0 && plan.dateFormats.length === 0) {
    const example = dated.find(({ ambiguousDate }) => ambiguousDate !== null)?.ambiguousDate;
    missing.push(
      example == null
        ? 'Say how dates are written.'
        : `Say how dates are written: in ${example} either the day or the month may come first.`,
    );
  }
  const comma = plan.columns.find((column) => holdsNumbers(column) && column.commas !== null)?.commas;
  if (comma != null && plan.decimal === null)
    missing.push(`Say how numbers are written: the comma in ${comma} may stand before a fraction or group thousands.`);
  return missing;
};

/** Columns that have a meaning which only one may have; the last one given stands. */
export const withMeaning = (plan: Plan, column: string, meaning: Meaning): Plan => ({
  ...plan,
  columns: plan.columns.map((each) =>
    each.column === column
      ? { ...each, meaning }
      : each.meaning === meaning && meaning !== 'value' && meaning !== 'detail' && meaning !== 'skip'
        ? { ...each, meaning: 'value' }
        : each,
  ),
});

/** The plan of rows of contacts of another kind. Meanings that those do not have become values. */
export const withRows = (plan: Plan, kind: Exclude<Plan['rows'], 'accounts'>): Plan => {
  const fits = ({ meaning }: ColumnPlan): boolean =>
    (meaning !== 'event' || kind !== 'contacts') && (meaning !== 'detail' || kind === 'both');
  return {
    ...plan,
    rows: kind,
    columns: plan.columns.map((column) => (fits(column) ? column : { ...column, meaning: 'value' })),
  };
};

/** The mapping that the reader wants. `now`, ms: when contacts without a date are as they are. */
export const mappingOf = (plan: Plan, file: string, now: number): Mapping => {
  const time = columnOf(plan, 'time');
  const timestamp = time === null ? new Date(now).toISOString() : place(time);
  const whose = Object.fromEntries(
    (['user', 'email', 'anonymous'] as const).flatMap((meaning) => {
      const column = columnOf(plan, meaning);
      const name = { user: 'userId', email: 'email', anonymous: 'anonymousId' }[meaning];
      return column === null ? [] : [[name, place(column)]];
    }),
  );
  const valuesOf = (wanted: Meaning): Record<string, string> =>
    Object.fromEntries(
      plan.columns
        .filter(({ meaning, name }) => meaning === wanted && name.trim() !== '')
        .map(({ column, name, kind }) => [name.trim(), place(column, kind)]),
    );
  const common = { ...whose, timestamp };
  const eventColumn = columnOf(plan, 'event');
  const contact: EventMapping = { type: 'identify', traits: valuesOf('value'), ...common };
  const event: EventMapping = {
    type: 'track',
    event: eventColumn === null ? literal(plan.eventName.trim()) : place(eventColumn),
    properties: valuesOf(plan.rows === 'both' ? 'detail' : 'value'),
    // Of a contact that did nothing there is no event.
    ...(plan.rows === 'both' && eventColumn !== null && { when: { column: eventColumn, is: 'set' as const } }),
    ...common,
  };
  const [id, name] = [columnOf(plan, 'accountId'), columnOf(plan, 'accountName')];
  const account: EventMapping = {
    ...{ type: 'account', timestamp, fields: valuesOf('value') },
    ...(id !== null && { id: place(id) }),
    ...(name !== null && { name: place(name) }),
  };
  const events = { contacts: [contact], events: [event], both: [contact, event], accounts: [account] }[plan.rows];
  return {
    dateFormat: plan.dateFormats,
    utcOffset: plan.utcOffset,
    ...(plan.decimal !== null && { decimal: plan.decimal }),
    empty: plan.empty,
    lookups: {},
    files: [{ file, join: [], events }],
  };
};

/** Text that is no template. */
const literal = (text: string): string => text.replaceAll('{', '{{').replaceAll('}', '}}');
