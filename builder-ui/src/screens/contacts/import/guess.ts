import { numberReader, type Decimal } from '@ripen/shared/import';
import { findDateFormats } from './date-formats.ts';
import { holdsDates, isUsable, type ColumnPlan, type Meaning, type Plan, type ValueKind } from './plan.ts';

/** The first rows of a file. */
export interface Sample {
  header: readonly string[];
  rows: readonly (readonly string[])[];
}

const patterns: Record<Exclude<Meaning, 'value' | 'detail' | 'skip'>, RegExp> = {
  email: /^(.*[ _.-])?e-?mail([ _.-]?address)?$/i,
  anonymous: /^(anonymous|visitor|cookie|device|client)[ _.-]?id$/i,
  user: /^((user|customer|contact|person|prospect|lead|member|subscriber|external|client)[ _.-]?)?(id|no|nr|number|key)$|^(user|customer)$/i,
  time: /date|time|^when$|[ _.-](at|on)$|^(happened|occurred|created|received)/i,
  accountId: /^((account|company|organi[sz]ation|customer)[ _.-]?)?(id|no|nr|number|key|domain)$|^web[ _.-]?site$/i,
  accountName:
    /^((account|company|organi[sz]ation|customer)[ _.-]?)?name$|^(account|company|organi[sz]ation|customer)$/i,
  event: /^(event|activity|action|touch)([ _.-]?(name|type))?$|^(event|activity|action)$/i,
};

const valuesOf = (sample: Sample, index: number): string[] =>
  sample.rows.map((row) => (row[index] ?? '').trim()).filter((value) => value !== '');

const isAddress = (value: string): boolean => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value);

/**
 * A first plan for a file, from its column names and first rows. People correct it, and may say that rows are accounts.
 * `fields` are those that contacts or accounts have already: columns that mean one of them are read into it.
 */
export const guessPlan = (
  sample: Sample,
  fileName: string,
  of: 'contacts' | 'accounts' = 'contacts',
  fields: readonly string[] = [],
): Plan => {
  const taken = new Map<Meaning, number>();
  const offer = (meaning: Meaning, fits: (column: string, values: string[]) => boolean): void => {
    const index = sample.header.findIndex(
      (column, at) =>
        isUsable(column, sample.header) && ![...taken.values()].includes(at) && fits(column, valuesOf(sample, at)),
    );
    if (index >= 0) taken.set(meaning, index);
  };
  const isAccounts = of === 'accounts';
  const offerNamed = (meaning: keyof typeof patterns): void =>
    offer(meaning, (column) => patterns[meaning].test(column));
  if (isAccounts) {
    offerNamed('accountName');
    offerNamed('accountId');
  } else {
    offer('email', (column, values) => patterns.email.test(column) && values.some(isAddress));
    if (!taken.has('email')) offer('email', (_, values) => values.length > 0 && values.every(isAddress));
  }
  offer('time', (column, values) => patterns.time.test(column) && findDateFormats(values) !== null);
  if (!isAccounts) {
    offerNamed('anonymous');
    offerNamed('user');
    offer('event', (column, values) => patterns.event.test(column) && values.length > 0 && !values.every(isNumber));
  }

  const timeAt = taken.get('time');
  const whoseAt = taken.get('user') ?? taken.get('email') ?? taken.get('anonymous');
  const isEvents = !isAccounts && timeAt !== undefined && (taken.has('event') || repeats(sample, whoseAt));
  if (!isEvents) taken.delete('event');
  const meanings = new Map([...taken].map(([meaning, index]) => [index, meaning]));
  const plain = sample.header.map((column) =>
    isAccounts ? fieldName(column).replace(/^account\./, '') : fieldName(column),
  );
  const names = isEvents ? plain : inKnownFields(plain, fields);
  const columns = sample.header.map((column, index): ColumnPlan => {
    const values = valuesOf(sample, index).filter((value) => !isNothing(value));
    return {
      column,
      meaning: meanings.get(index) ?? (isUsable(column, sample.header) ? 'value' : 'skip'),
      name: names[index] ?? fieldName(column),
      kind: kindOf(values),
      commas: values.find((value) => value.includes(',') && mayBeNumber(value)) ?? null,
      ambiguousDate: findDateFormats(values)?.ambiguous ?? null,
    };
  });
  return {
    rows: isAccounts ? 'accounts' : isEvents ? 'events' : 'contacts',
    columns,
    eventName: eventNameOf(fileName),
    dateFormats: formatsOf(sample, columns),
    utcOffset: '+00:00',
    decimal: decimalOf(columns.flatMap(({ kind }, index) => (kind === 'number' ? valuesOf(sample, index) : []))),
    empty: [...new Set(sample.rows.flat().map((cell) => cell.trim()))].filter(isNothing).sort(),
  };
};

/** How the dates of the columns in use are written; empty where one of them can be read in two ways. */
export const formatsOf = (sample: Sample, columns: readonly ColumnPlan[]): string[] => {
  const found = columns.flatMap((column, index) =>
    holdsDates(column) ? [findDateFormats(valuesOf(sample, index))] : [],
  );
  if (found.some((each) => each?.ambiguous != null)) return [];
  const formats = [...new Set(found.flatMap((each) => each?.formats ?? []))];
  return formats.length === 0 ? ['iso'] : formats;
};

/** What people and spreadsheets write where nothing is. */
const isNothing = (value: string): boolean => /^(select|#?n\/?a|null|nan|--?)$/i.test(value);

/** One contact has several rows: they are events. */
const repeats = (sample: Sample, index: number | undefined): boolean => {
  if (index === undefined) return false;
  const values = valuesOf(sample, index);
  return new Set(values).size < values.length;
};

const isNumber = (value: string): boolean => /^-?(0|[1-9]\d{0,14})(\.\d+)?$/.test(value);

/** So many of a column's values must be of a kind: the rows of the others are refused, which the preview shows. */
const enough = 0.97;

const [byDot, byComma] = [numberReader('.'), numberReader(',')];
const mayBeNumber = (value: string): boolean => byDot(value) !== null || byComma(value) !== null;

/** What stands before fractions, by the numbers that only one of the two can read; null where none tells or they differ. */
const decimalOf = (values: readonly string[]): Decimal | null => {
  const only = (read: typeof byDot, other: typeof byDot): boolean =>
    values.some((value) => value.includes(',') && read(value) !== null && other(value) === null);
  const [dot, comma] = [only(byDot, byComma), only(byComma, byDot)];
  return dot === comma ? null : dot ? '.' : ',';
};

const kindOf = (values: readonly string[]): ValueKind => {
  const mostly = (is: (value: string) => boolean): boolean =>
    values.length > 0 && values.filter(is).length >= values.length * enough;
  // A number that starts with a zero is a code: a postal one, a telephone.
  if (mostly((value) => isNumber(value) || (/[,. ]/.test(value) && mayBeNumber(value)))) return 'number';
  if (mostly((value) => /^(true|false|yes|no)$/i.test(value))) return 'boolean';
  return findDateFormats(values) === null ? 'text' : 'date';
};

/** `First Name` is kept as `firstName`, `Seconds` as `seconds`; paths (`account.name`) and `snake_case` stay as they are. */
export const fieldName = (column: string): string => {
  const words = column
    .trim()
    .split(/[^\p{L}\p{N}_.]+/u)
    .filter((word) => word !== '');
  const [first = '', ...rest] = words;
  const start = rest.length > 0 || first === first.toUpperCase() ? first.toLowerCase() : lowerFirst(first);
  return start + rest.map((word) => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase()).join('');
};

/** What files call the fields that score models usually look at. */
const otherWords: Record<string, RegExp> = {
  firstName: /^(given|fore)name$/,
  lastName: /^(surname|familyname)$/,
  company: /^(companyname|organi[sz]ation(name)?|employer)$/,
  title: /^(job(title|position|function)?|position)$/,
  employees: /^(no|nr|number)ofemployees$|^employeecount$|^headcount$/,
  country: /^countryregion$/,
};
const letters = (name: string): string => name.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '');

/** Each name as the field that is called so already, however it is spelled or by its other words. Never two as one. */
const inKnownFields = (names: readonly string[], fields: readonly string[]): string[] => {
  const taken = new Set(names);
  return names.map((name) => {
    if (fields.includes(name)) return name;
    const field =
      fields.find((each) => letters(each) === letters(name)) ??
      fields.find((each) => otherWords[each]?.test(letters(name)));
    if (field === undefined || taken.has(field)) return name;
    taken.add(field);
    return field;
  });
};

const lowerFirst = (word: string): string => word.charAt(0).toLowerCase() + word.slice(1);

/** `web_sessions-2026.csv` holds *Web sessions*. */
const eventNameOf = (fileName: string): string => {
  const words = fileName
    .replace(/\.[^.]*$/, '')
    .replaceAll(/[\d_-]+/g, ' ')
    .trim()
    .replaceAll(/\s+/g, ' ');
  return words === '' ? 'Imported' : words.charAt(0).toUpperCase() + words.slice(1);
};
