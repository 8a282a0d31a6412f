import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Writes the time zones that the core knows, from the tables of the Node that runs this: `npm run zones:write`. The core itself
 * asks no platform, because browsers and versions of Node differ in what they know, and a ledger must not.
 */

const hourMs = 3_600_000;
const quarterMs = hourMs / 4;
/** Rules known today are carried on until then; what comes later has the offset of the last day. */
const from = Date.UTC(1990, 0, 1);
const until = Date.UTC(2040, 0, 1);
/** No zone changes twice within this. */
const stepMs = 7 * 24 * hourMs;

/** Names beside those that the platform lists: what tz calls them today, and what is often sent. */
const otherNames = [
  'UTC',
  'GMT',
  'Etc/UTC',
  'Etc/GMT',
  'America/Argentina/Buenos_Aires',
  'America/Argentina/Cordoba',
  'America/Indiana/Indianapolis',
  'America/Kentucky/Louisville',
  'America/Nuuk',
  'Asia/Ho_Chi_Minh',
  'Asia/Kathmandu',
  'Asia/Kolkata',
  'Asia/Yangon',
  'Atlantic/Faroe',
  'Europe/Kyiv',
  'Pacific/Chuuk',
  'Pacific/Kanton',
  'Pacific/Pohnpei',
  'US/Alaska',
  'US/Arizona',
  'US/Central',
  'US/Eastern',
  'US/Hawaii',
  'US/Mountain',
  'US/Pacific',
];

const offsetReader = (zone: string): ((at: number) => number) => {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    ...{ year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' },
  });
  return (at) => {
    const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0 } = part;
    return (Date.UTC(year, month - 1, day, hour, minute) - at) / 60_000;
  };
};

/** `offset0,offset1,...|delta:index ...`: minutes east of UTC, and quarters of an hour between changes, in base 36. */
const historyOf = (zone: string): string => {
  const offset = offsetReader(zone);
  const offsets = [offset(from)];
  const changes: string[] = [];
  let last = from;
  let current = offset(from);
  for (let at = from; at < until; at += stepMs) {
    const next = Math.min(at + stepMs, until);
    const after = offset(next);
    if (after === current) continue;
    let [low, high] = [at, next];
    while (high - low > quarterMs) {
      const middle = low + Math.floor((high - low) / 2 / quarterMs) * quarterMs;
      if (offset(middle) === current) low = middle;
      else high = middle;
    }
    if (!offsets.includes(after)) offsets.push(after);
    changes.push(`${((high - last) / quarterMs).toString(36)}:${offsets.indexOf(after).toString(36)}`);
    [last, current] = [high, after];
  }
  return `${offsets.join()}|${changes.join(' ')}`;
};

const names = [...new Set([...Intl.supportedValuesOf('timeZone'), ...otherNames])].sort();
const byHistory = Map.groupBy(names, historyOf);
const rows = [...byHistory].map(([history, zones]) => `${zones.join()}|${history}`);
const file = join(fileURLToPath(new URL('../../..', import.meta.url)), 'shared/src/zones/zone-data.ts');
await writeFile(
  file,
  `// Written by \`npm run zones:write\`; not to be edited.

/** Of the tz database. */
export const zoneVersion = '${process.versions['tz'] ?? 'unknown'}';
/** The first moment that the tables cover, ms. */
export const zonesFrom = ${String(from)};
/** Per row: names | offsets in minutes, the first at the beginning | quarters of an hour until the next change : which offset. */
export const zoneRows: readonly string[] = ${JSON.stringify(rows, null, 2).replaceAll('"', "'")};
`,
);
console.log(`${String(names.length)} zones with ${String(rows.length)} histories written.`);
