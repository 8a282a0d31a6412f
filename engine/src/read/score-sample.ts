import { randomBytes } from 'node:crypto';
import { newSubject, scoreAt, type Subject } from '@ripen/shared';
import type { Queryable } from '../store/store.ts';
import { subjectOf } from '../store/contacts.ts';
import { countRows } from './total.ts';
import type { Workspace } from './workspace.ts';

/** What one contact adds to a picture of all. */
interface Sampled {
  id: string;
  stage: string | null;
  /** Per model in the program's order; null outside its audience. */
  scores: (number | null)[];
  /** What conditions on fields, labels and stages look at, and no more: there are thousands. */
  known: Subject;
}

/** Scores and stages of all contacts, or of some drawn at random. */
export interface ScoreSample {
  at: number;
  /** Contacts that there are. */
  contacts: number;
  sampled: boolean;
  models: string[];
  members: Sampled[];
}

/** Every contact is looked at up to so many. */
const exactUpTo = 20_000;
/** Beyond, so many are, in stretches of the order of their ids, which are hashes and so stand in no order at all. */
const stretches = 12;
const stretchSize = 500;
const page = 1_000;

interface Row {
  id: string;
  state: Subject | Record<string, never>;
}

const readStates = async (db: Queryable, after: string, limit: number): Promise<Row[]> => {
  const { rows } = await db.query<Row & Record<string, unknown>>(
    `select c.id, c.state from (select contact_id from contact_cards where contact_id > $1 order by contact_id limit $2) k
     join contacts c on c.id = k.contact_id order by c.id`,
    [after, limit],
  );
  return rows;
};

const firstId = '00000000-0000-0000-0000-000000000000';
/** An id somewhere in one of the equal parts that all ids are cut into. */
const idIn = (part: number, parts: number): string => {
  const first = Math.floor(((part + Math.random()) / parts) * 2 ** 32);
  const hex = first.toString(16).padStart(8, '0') + randomBytes(12).toString('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
};

/** Looks at contacts as of `at`, ms. */
export const takeSample = async (db: Queryable, { program }: Workspace, at: number): Promise<ScoreSample> => {
  const models = program.models.map(({ id }) => id);
  const members = new Map<string, Sampled>();
  const add = ({ id, state }: Row): void => {
    const subject = subjectOf(id, state);
    const scores = models.map((model) => {
      const { score, shown } = scoreAt(program, subject, model, Math.max(at, subject.clock));
      return shown ? score : null;
    });
    const { clock, fields, labels, stage } = subject;
    members.set(id, { id, stage, scores, known: { ...newSubject(id), clock, fields, labels, stage } });
  };
  const { rows } = await db.query<{ many: boolean }>(
    'select count(*) > $1 as many from (select from contact_cards limit $1 + 1) as few',
    [exactUpTo],
  );
  const sampled = rows[0]?.many === true;
  if (sampled) {
    for (let stretch = 0; stretch < stretches; stretch++)
      (await readStates(db, idIn(stretch, stretches), stretchSize)).forEach(add);
  } else {
    for (let after = firstId; ;) {
      const states = await readStates(db, after, page);
      states.forEach(add);
      const last = states.at(-1);
      if (!last || states.length < page) break;
      after = last.id;
    }
  }
  const contacts = sampled
    ? (await countRows(db, { sql: 'select 1 from contact_cards', values: [] })).count
    : members.size;
  return { at, contacts, sampled, models, members: [...members.values()] };
};

/** Samples are kept for a while: they cost the reading of thousands of states. */
export interface ScoreSamples {
  /** The sample of a workspace, at most so old; several who ask at once share one. */
  take(db: Queryable, workspace: Workspace, at: number): Promise<ScoreSample>;
}

export const createScoreSamples = ({ keepMs = 10_000 }: { keepMs?: number } = {}): ScoreSamples => {
  let kept: { revision: number; until: number; sample: Promise<ScoreSample> } | null = null;
  return {
    take: (db, workspace, at) => {
      const { revision } = workspace.definitions;
      if (kept && kept.revision === revision && performance.now() < kept.until) return kept.sample;
      const sample = takeSample(db, workspace, at);
      const taken = { revision, until: Infinity, sample };
      kept = taken;
      sample.then(
        () => void (taken.until = performance.now() + keepMs),
        () => void (kept = kept === taken ? null : kept),
      );
      return sample;
    },
  };
};
