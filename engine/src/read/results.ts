import type { BandResults, FieldValue, ScoreModel, bandResultsQuery } from '@ripen/shared';
import type { z } from 'zod';
import type { Queryable } from '../store/store.ts';
import { sampling, scaleOf } from './distribution.ts';
import type { ScoreSample } from './score-sample.ts';

type Query = z.output<typeof bandResultsQuery>;

/** Whether a contact converted; undefined when nothing says so. */
export type ResultOf = (contact: string) => boolean | undefined;

const usualYes = ['yes', 'true', 'y', '1', 'won', 'converted'];
const mostValues = 50;
const partsOfRange = 5;

/** Values that mean yes, as they are compared. */
const yesOf = (is: string | undefined): ReadonlySet<string> =>
  new Set((is?.split(';') ?? usualYes).map((value) => value.trim().toLowerCase()).filter((value) => value !== ''));

const textOf = (value: FieldValue): string => (Array.isArray(value) ? value.join('; ') : String(value ?? '')).trim();

/** Ranges of a model, the highest first. */
const rangesOf = ({ bands, clamp }: ScoreModel): { id: string | null; name: string; from: number }[] => {
  if (bands && bands.length > 0) {
    const lowest = Math.min(...bands.map(({ from }) => from));
    const ordered = [...bands].sort((a, b) => b.from - a.from).map(({ id, name, from }) => ({ id, name, from }));
    return lowest > clamp.min ? [...ordered, { id: null, name: 'No band', from: clamp.min }] : ordered;
  }
  const width = (clamp.max - clamp.min) / partsOfRange;
  return Array.from({ length: partsOfRange }, (_, index) => {
    const from = clamp.min + (partsOfRange - 1 - index) * width;
    return { id: null, name: `${from} to ${from + width}`, from };
  });
};

const rate = (converted: number, contacts: number): number | null =>
  contacts === 0 ? null : Math.round((converted / contacts) * 10_000) / 10_000;

/** Counts the members of a sample by range and result. */
export const countResults = (
  sample: ScoreSample,
  model: ScoreModel,
  resultOf: ResultOf,
): Pick<BandResults, 'bands' | 'total' | 'notShown'> => {
  const all = scaleOf(sample);
  const place = sample.models.indexOf(model.id);
  const counted = rangesOf(model).map((range) => ({ ...range, no: 0, yes: 0, unknown: 0 }));
  const last = counted.at(-1);
  let notShown = 0;
  for (const { id, scores } of sample.members) {
    const score = scores[place] ?? null;
    const range = score === null ? undefined : (counted.find(({ from }) => score >= from) ?? last);
    if (!range) {
      notShown++;
      continue;
    }
    const result = resultOf(id);
    if (result === undefined) range.unknown++;
    else if (result) range.yes++;
    else range.no++;
  }
  const counts = ({ no, yes, unknown }: { no: number; yes: number; unknown: number }) => ({
    contacts: all(no + yes),
    converted: all(yes),
    unknown: all(unknown),
    rate: rate(yes, no + yes),
  });
  const sum = { no: 0, yes: 0, unknown: 0 };
  for (const { no, yes, unknown } of counted) {
    sum.no += no;
    sum.yes += yes;
    sum.unknown += unknown;
  }
  return {
    bands: counted.map((range) => ({ id: range.id, name: range.name, from: range.from, ...counts(range) })),
    total: counts(sum),
    notShown: all(notShown),
  };
};

const idsOf = ({ members }: ScoreSample): string[] => members.map(({ id }) => id);

/** The values of a field; contacts without one are absent. */
const readField = async (db: Queryable, sample: ScoreSample, field: string): Promise<Map<string, string>> => {
  const { rows } = await db.query<{ id: string; value: FieldValue }>(
    `select id, state->'fields'->$2 as value from contacts where id = any($1::uuid[]) and state->'fields'->>$2 is not null`,
    [idsOf(sample), field],
  );
  return new Map(rows.map(({ id, value }) => [id, textOf(value)] as const).filter(([, value]) => value !== ''));
};

const statusesOf = { accepted: ['accepted', 'won', 'lost'], rejected: ['rejected'], won: ['won'], lost: ['lost'] };

const readLeads = async (db: Queryable, sample: ScoreSample, lead: keyof typeof statusesOf): Promise<Set<string>> => {
  const { rows } = await db.query<{ id: string }>(
    'select distinct contact_id as id from leads where contact_id = any($1::uuid[]) and status = any($2)',
    [idsOf(sample), statusesOf[lead]],
  );
  return new Set(rows.map(({ id }) => id));
};

/** The bands of a model against a result. */
export const readResults = async (
  db: Queryable,
  sample: ScoreSample,
  { model, query: { field, is, stage, lead } }: { model: ScoreModel; query: Query },
): Promise<BandResults> => {
  const told = (resultOf: ResultOf, values: BandResults['values'] = []): BandResults => ({
    model: model.id,
    ...sampling(sample),
    ...countResults(sample, model, resultOf),
    values,
  });
  if (field !== undefined) {
    const found = await readField(db, sample, field);
    const yes = yesOf(is);
    const isYes = (value: string): boolean => yes.has(value.toLowerCase());
    const counts = new Map<string, number>();
    for (const value of found.values()) counts.set(value, (counts.get(value) ?? 0) + 1);
    const all = scaleOf(sample);
    const values = [...counts]
      .sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1))
      .slice(0, mostValues)
      .map(([value, count]) => ({ value, count: all(count), isYes: isYes(value) }));
    return told((id) => {
      const value = found.get(id);
      return value === undefined ? undefined : isYes(value);
    }, values);
  }
  if (lead !== undefined) {
    const reached = await readLeads(db, sample, lead);
    return told((id) => reached.has(id));
  }
  const stages = new Map(sample.members.map((member) => [member.id, member.stage]));
  return told((id) => stages.get(id) === stage);
};
