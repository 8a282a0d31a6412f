import { zoneRows, zonesFrom } from './zone-data.ts';

/**
 * Time zones as the core knows them: a table of its own, because what platforms know differs between versions and browsers, and
 * the same arrivals must give the same ledger everywhere.
 */

const minuteMs = 60_000;
const quarterMs = 15 * minuteMs;

/** When a zone's offset changes, in order, and to what, ms. */
interface ZoneHistory {
  first: number;
  at: readonly number[];
  offset: readonly number[];
}

/** Names, and the row of each. */
const rowOf = new Map(
  zoneRows.flatMap((row) => {
    const [names = ''] = row.split('|');
    return names.split(',').map((name) => [name, row] as const);
  }),
);

/** All zones by their names of the tz database, in order. */
export const zoneNames: readonly string[] = [...rowOf.keys()].sort();

export const isZone = (name: string): boolean => rowOf.has(name);

/** Rows that were read already. */
const histories = new Map<string, ZoneHistory>();

const historyOf = (zone: string): ZoneHistory => {
  const row = rowOf.get(zone);
  if (row === undefined) throw new Error(`"${zone}" is no time zone.`);
  const known = histories.get(row);
  if (known) return known;
  const [, offsets = '', changes = ''] = row.split('|');
  const minutes = offsets.split(',').map((offset) => Number(offset) * minuteMs);
  const at: number[] = [];
  const offset: number[] = [];
  let moment = zonesFrom;
  for (const change of changes === '' ? [] : changes.split(' ')) {
    const [delta = '', index = ''] = change.split(':');
    moment += Number.parseInt(delta, 36) * quarterMs;
    at.push(moment);
    offset.push(minutes[Number.parseInt(index, 36)] ?? 0);
  }
  const history = { first: minutes[0] ?? 0, at, offset };
  histories.set(row, history);
  return history;
};

/** How far a zone's clocks are ahead of UTC at a moment, ms. Throws for what is no zone. */
export const offsetAt = (zone: string, moment: number): number => {
  const { first, at, offset } = historyOf(zone);
  let low = 0;
  let high = at.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((at[middle] as number) <= moment)
      low = middle + 1; // within bounds
    else high = middle;
  }
  return low === 0 ? first : (offset[low - 1] ?? first);
};

const dayMs = 96 * quarterMs;

/**
 * The moment at which a zone's clocks show a time, written as if it were UTC: the first one where clocks that go back show it
 * twice; as much later as they go forward where they skip it.
 */
export const momentIn = (zone: string, shown: number): number => {
  const around = [offsetAt(zone, shown - dayMs), offsetAt(zone, shown + dayMs)];
  const first = shown - Math.max(...around);
  return offsetAt(zone, first) === shown - first ? first : shown - Math.min(...around);
};
