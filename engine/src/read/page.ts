import { InvalidRequestError } from './invalid-request.ts';

/** Where the next page goes on: the last item's place in the order, opaque to callers. */
export const cursorOf = (...place: (string | number)[]): string =>
  Buffer.from(JSON.stringify(place)).toString('base64url');

/** Reads a cursor of as many parts as `kinds` names. Throws InvalidRequestError for one that was not made here. */
export const placeOf = (
  cursor: string | undefined,
  ...kinds: ('number' | 'text' | 'uuid')[]
): (string | number)[] | null => {
  if (cursor === undefined) return null;
  const place = parsed(cursor);
  const fits =
    Array.isArray(place) &&
    place.length === kinds.length &&
    kinds.every((kind, index) => (kind === 'number' ? Number.isSafeInteger(place[index]) : isText(place[index], kind)));
  if (!fits) throw new InvalidRequestError('invalid_cursor', '"after" must be the `next` of the page before.');
  return place as (string | number)[]; // Checked just above.
};

const isText = (value: unknown, kind: 'text' | 'uuid'): boolean =>
  typeof value === 'string' &&
  !value.includes('\u0000') &&
  (kind === 'text' || /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value));

const parsed = (cursor: string): unknown => {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
};

/** One row more than a page was asked for tells whether there is a next page. */
export const pageOf = <Row, Item>(
  rows: readonly Row[],
  limit: number,
  item: (row: Row) => Item,
  place: (row: Row) => (string | number)[],
): { items: Item[]; next: string | null } => {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { items: shown.map(item), next: rows.length > limit && last !== undefined ? cursorOf(...place(last)) : null };
};
