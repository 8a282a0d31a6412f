import { derivedId } from '../core/ids.ts';
import type { Subject } from '../core/subject.ts';
import type { FieldValue } from '../model/value.ts';

type Fields = Subject['fields'];

/** Where calls and files say to whom somebody belongs: `group` calls, the `company` of `identify`, a column. First come first. */
const idFields = ['account.id', 'company.id'] as const;
const nameFields = ['account.name', 'company.name', 'company', 'companyName'] as const;
/** Fields of a contact that tell of its account begin so; either way they are the account's `account.<name>`. */
const prefixes = ['account.', 'company.'] as const;

const longest = 300;

const textOf = (value: FieldValue | undefined): string | null => {
  if (typeof value !== 'string' && typeof value !== 'number') return null;
  const text = String(value).trim().replace(/\s+/g, ' ');
  return text === '' ? null : text.slice(0, longest);
};

const firstOf = (fields: Fields, names: readonly string[]): string | null => {
  for (const name of names) {
    const text = Object.hasOwn(fields, name) ? textOf(fields[name]) : null;
    if (text !== null) return text;
  }
  return null;
};

/**
 * Which account a contact belongs to: what its account's id says, else its account's name, without regard to case. Null for
 * none. Two contacts belong together when this is the same.
 */
const accountKeyOf = (fields: Fields): string | null => {
  const id = firstOf(fields, idFields);
  if (id !== null) return `id:${id}`;
  const name = firstOf(fields, nameFields);
  return name === null ? null : `name:${name.toLowerCase()}`;
};

/** The id of the account that a contact belongs to; null for none. The same key gives the same id anywhere. */
export const accountIdOf = (fields: Fields): string | null => {
  const key = accountKeyOf(fields);
  return key === null ? null : derivedId(`account|${key}`);
};

/** The id of the account that a file calls by its id or, without one, its name; null when it says neither. */
export const accountIdFrom = ({
  id = null,
  name = null,
}: {
  id?: string | null;
  name?: string | null;
}): string | null => accountIdOf({ [idFields[0]]: id, [nameFields[0]]: name });

/** Why a field of an account cannot be set; null when it can. */
export const whyNotSettable = (field: string): string | null => {
  if (!isOfAccountField(field) || field === prefixes[0])
    return `"${field}" is no field of an account: its name begins with "${prefixes[0]}".`;
  if (field === contactsField) return `"${field}" is counted, so it cannot be set.`;
  if (field === idFields[0] || field === nameFields[0])
    return `"${field}" says which contacts belong together. Send it with each contact.`;
  return null;
};

/** Whether a contact with these fields may belong elsewhere, or tell something else of its account, than with those. */
export const tellsOtherwise = (before: Fields, after: Fields): boolean => {
  if (before === after) return false;
  for (const name in after) if (isOfAccount(name) && before[name] !== after[name]) return true;
  for (const name in before) if (isOfAccount(name) && !Object.hasOwn(after, name)) return true;
  return false;
};

/** Whether conditions find it among the fields of an account. */
export const isOfAccountField = (name: string): boolean => name.startsWith(prefixes[0]);

const isOfAccount = (name: string): boolean =>
  prefixes.some((prefix) => name.startsWith(prefix)) || (nameFields as readonly string[]).includes(name);

/** How many contacts an account has: a field of it that nobody needs to send. */
export const contactsField = 'account.contacts';

interface Told {
  value: FieldValue;
  at: number;
  rank: number;
  by: string;
}

/** What an account's contacts say of it: of each field what was true last, by the events' own dates. */
export class AccountFields {
  readonly #told = new Map<string, Told>();
  readonly #names = new Map<string, Told>();

  add({ id: by, fields, fieldTimes }: Pick<Subject, 'id' | 'fields' | 'fieldTimes'>): void {
    for (const [name, value] of Object.entries(fields)) {
      const at = fieldTimes[name] ?? 0;
      const rank = prefixes.findIndex((prefix) => name.startsWith(prefix));
      const prefix = prefixes[rank];
      if (prefix !== undefined) keepLatest(this.#told, `account.${name.slice(prefix.length)}`, { value, at, rank, by });
      const nameRank = (nameFields as readonly string[]).indexOf(name);
      if (nameRank >= 0 && textOf(value) !== null) keepLatest(this.#names, name, { value, at, rank: nameRank, by });
    }
  }

  /** As conditions name them, in the order of their names; null stands for what was taken back. */
  fields(contacts: number): Record<string, FieldValue> {
    const known = [...this.#told].map(([name, { value }]) => [name, value] as const);
    const named = known.filter(([name, value]) => value !== null && name !== contactsField);
    return Object.fromEntries([...named, [contactsField, contacts] as const].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  /** What to call it. */
  name(): string {
    const [best] = [...this.#names.values()].sort((a, b) => a.rank - b.rank);
    const id = this.#told.get('account.id');
    return textOf(best?.value) ?? textOf(id?.value) ?? 'Without a name';
  }
}

/** The newest wins; of one moment the one whose way of saying it, then whose id comes first. */
const keepLatest = (into: Map<string, Told>, name: string, told: Told): void => {
  const known = into.get(name);
  const wins =
    !known ||
    told.at > known.at ||
    (told.at === known.at && (told.rank < known.rank || (told.rank === known.rank && told.by < known.by)));
  if (wins) into.set(name, told);
};
