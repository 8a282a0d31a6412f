import { randomUUID } from 'node:crypto';
import {
  compile,
  compileAccountModels,
  FactBook,
  needs,
  newSubject,
  scoreAt,
  step,
  type Definition,
  type Definitions,
  type Impact,
  type ImpactSide,
  type Input,
  type Program,
  type Subject,
} from '@ripen/shared';
import { loadContacts, type ContactRow } from '../store/contacts.ts';
import { definitionIdOf, definitionsAt, headRevision } from '../store/definitions.ts';
import { loadFacts } from '../store/facts.ts';
import { insertJob, readJob, writeProgress, writeResult } from '../store/jobs.ts';
import type { PastArrival } from '../store/events.ts';
import type { Queryable } from '../store/store.ts';
import { shownOf } from './cards.ts';
import { Changes } from './changes.ts';
import { lookAtAccounts, noAccounts } from './impact-accounts.ts';
import type { LaneDeps } from './deps.ts';
import { startJobWorkflow, type JobDeps } from './job-workflow.ts';
import { withModelsOf } from './programs.ts';
import { readPasts, replay, replayLong } from './replay.ts';

interface ImpactInput {
  /** What is to be published: documents in force give way to those of their kind and id. */
  documents: Definition[];
  /** Contacts to look at, at most; null: all. */
  sample: number | null;
  /** Contacts that there are. */
  of: number;
  /** Contacts up to this id were looked at. */
  after: string | null;
  /** Null: nothing that is said of accounts is to be published. */
  accounts: { of: number; after: string | null } | null;
  /** The moment that all of them are looked at, ms. */
  at: number;
}

/** Writes down that the impact of publishing documents is to be measured, and starts the job's workflow. Returns the job's id. */
export const startImpact = async (
  deps: JobDeps,
  { documents, sample, now }: { documents: Definition[]; sample: number | null; now: number },
): Promise<string> => {
  const id = randomUUID();
  const { pool } = deps.store;
  const { rows } = await pool.query<{ contacts: number; accounts: number }>(
    `select (select count(*)::int from contacts where merged_into is null) as contacts,
       (select count(*)::int from accounts) as accounts`,
  );
  const { contacts: of = 0, accounts: ofAccounts = 0 } = rows[0] ?? {};
  const accounts = documents.some(isOfAccounts) ? { of: ofAccounts, after: null } : null;
  const input: ImpactInput = { documents, sample, of, after: null, accounts, at: now };
  const upTo = (count: number): number => Math.min(count, sample ?? count);
  const total = (changesContacts(documents) ? upTo(of) : 0) + (accounts ? upTo(ofAccounts) : 0);
  await insertJob(pool, { id, kind: 'impact', input, total });
  await startJobWorkflow(deps, { kind: 'impact', id });
  return id;
};

const isOfAccounts = ({ kind }: Definition): boolean => kind === 'account_model';
/** Models for accounts change nothing for contacts. */
const changesContacts = (documents: readonly Definition[]): boolean => !documents.every(isOfAccounts);

/** Contacts whose arrivals are in memory at once. */
const page = 50;
const mostExamples = 10;

/**
 * Looks at a job's contacts, in the order of their ids (which are hashes, so that the first ones are a sample), and plays what
 * arrived for them through the definitions to be: in memory, reading only, no lane waits for it. Goes on where an earlier
 * attempt stopped. Throws NotFoundError.
 */
export const measureImpact = async (
  deps: LaneDeps,
  { jobId, signal }: { jobId: string; signal?: AbortSignal },
): Promise<void> => {
  const { pool } = deps.store;
  const job = await readJob<ImpactInput, Impact>(pool, jobId);
  const { documents, sample, at, accounts } = job.input;
  const head = await headRevision(pool);
  const inForce = await deps.programs.at(pool, head);
  const live = inForce.program;
  const definitions = withDocuments(await definitionsAt(pool, head), documents, head + 1);
  const next = compile(definitions);
  const programs = programsOf(pool, definitions, next);
  let { after } = job.input;
  const impact = job.result ?? {
    at: new Date(at).toISOString(),
    looked: 0,
    of: job.input.of,
    now: side(),
    history: side(),
    accounts: accounts ? noAccounts(accounts.of) : null,
  };
  const left = (looked: number): number => (sample === null ? page : Math.min(page, sample - looked));
  while (changesContacts(documents) && left(impact.looked) > 0) {
    signal?.throwIfAborted();
    const { rows } = await pool.query<{ id: string }>(
      'select id from contacts where merged_into is null and ($1::uuid is null or id > $1) order by id limit $2',
      [after, left(impact.looked)],
    );
    const last = rows.at(-1);
    if (!last) break;
    const ids = rows.map(({ id }) => id);
    const contacts = await loadContacts(pool, ids);
    const soon = await fromNowOn(pool, [...contacts.values()], next, at);
    for await (const { id, arrivals } of pastsOf(pool, ids)) {
      const contact = contacts.get(id);
      if (!contact || contact.subject.clock === 0) continue;
      const { subject } = contact;
      const moment = Math.max(at, subject.clock);
      const seen = { contact, live, moment };
      tally(impact.now, seen, next, soon.get(id) ?? subject);
      tally(impact.history, seen, next, await fromHistory(deps, contact, arrivals, programs, head + 1, moment));
    }
    after = last.id;
    impact.looked += rows.length;
    await writeResult(pool, { id: jobId, result: impact });
    await writeProgress(pool, { id: jobId, input: { ...job.input, after }, done: impact.looked });
  }
  if (!accounts || !impact.accounts) return;
  const found = impact.accounts;
  const nextSide = { program: next, accountModels: compileAccountModels(definitions.accountModels, next) };
  const sides = { live: inForce, next: nextSide };
  let { after: afterAccount } = accounts;
  while (left(found.looked) > 0) {
    const looked = await lookAtAccounts(
      pool,
      sides,
      { after: afterAccount, limit: left(found.looked), at, signal },
      found,
    );
    if (looked === null) break;
    afterAccount = looked;
    await writeResult(pool, { id: jobId, result: impact });
    const input = { ...job.input, after, accounts: { ...accounts, after: afterAccount } };
    await writeProgress(pool, { id: jobId, input, done: impact.looked + found.looked });
  }
};

const withDocuments = (head: Definitions, documents: readonly Definition[], revision: number): Definitions => {
  const models = new Map(head.models.map((model) => [model.id, model]));
  const accountModels = new Map(head.accountModels.map((model) => [model.id, model]));
  let { lifecycle } = head;
  for (const document of documents) {
    if (document.kind === 'model') models.set(definitionIdOf(document), document);
    if (document.kind === 'account_model') accountModels.set(document.id, document);
    if (document.kind === 'lifecycle') lifecycle = document;
  }
  return {
    ...head,
    revision,
    models: [...models.values()],
    accountModels: [...accountModels.values()],
    lifecycle,
  };
};

type ProgramAt = (revision: number) => Promise<Program>;

/** Programs of earlier revisions with the models to be, each compiled once. */
const programsOf = (db: Queryable, definitions: Definitions, next: Program): ProgramAt => {
  const known = new Map<number, Promise<Program>>([[definitions.revision, Promise.resolve(next)]]);
  return (revision) => {
    const program =
      known.get(revision) ?? definitionsAt(db, revision).then((then) => compile(withModelsOf(then, definitions)));
    known.set(revision, program);
    return program;
  };
};

/** What becomes of contacts at once when the documents are published. */
const fromNowOn = async (
  db: Queryable,
  contacts: readonly ContactRow[],
  program: Program,
  at: number,
): Promise<Map<string, Subject>> => {
  const asked = contacts.map(({ id, subject, heldBy }) => {
    // Whose clock a historical load holds is looked at where it stands.
    const to = heldBy === null ? Math.max(at, subject.clock) : subject.clock;
    const tick: Input = { kind: 'tick', to, now: to };
    const wanted = needs(program, subject, [tick]);
    return { contactId: id, generation: subject.generation, needs: wanted, book: new FactBook(), subject, tick };
  });
  await loadFacts(db, asked);
  return new Map(
    asked.map(({ contactId, subject, tick, book }) => {
      book.commit();
      return [contactId, step(program, subject, tick, book).subject];
    }),
  );
};

/** Null: too many to be held at once. */
type Past = readonly PastArrival[] | null;

/** What arrived for contacts, one after the other. */
async function* pastsOf(db: Queryable, ids: readonly string[]): AsyncGenerator<{ id: string; arrivals: Past }> {
  for (let left = ids; left.length > 0;) {
    const { whole, long, rest } = await readPasts(db, left);
    yield* whole;
    if (long !== null) yield { id: long, arrivals: null };
    left = rest;
  }
}

const fromHistory = async (
  deps: LaneDeps,
  contact: ContactRow,
  arrivals: Past,
  programAt: ProgramAt,
  revision: number,
  moment: number,
): Promise<Subject> => {
  const nobody = { ...contact, subject: newSubject(contact.id, contact.subject.generation) };
  const until = contact.heldBy === null ? moment : contact.subject.clock;
  const changes = new Changes();
  const replaying = { programAt, logger: deps.store.logger, until, revision };
  if (arrivals) await replay(nobody, arrivals, changes, replaying);
  else {
    // Nobody asks for them: only the state counts.
    const each = (): void => void (changes.entries.length = 0);
    await replayLong(deps.store.pool, nobody, changes, { ...replaying, each });
  }
  return nobody.subject;
};

const side = (): ImpactSide => ({ contacts: 0, models: [], moves: [], bands: [], examples: [] });

interface Seen {
  contact: ContactRow;
  live: Program;
  /** As of when scores are compared, ms. */
  moment: number;
}

/** Tenths of points are what people see: less is no change. */
const shown = (points: number): number => Math.round(points * 10) / 10;

const tally = (into: ImpactSide, { contact, live, moment }: Seen, next: Program, after: Subject): void => {
  const { subject, id } = contact;
  let changed = subject.stage !== after.stage;
  if (changed) moved(into, subject.stage, after.stage);
  let most: ImpactSide['examples'][number] | null = null;
  for (const { id: model } of next.models) {
    const from = live.model.has(model) ? shownScore(live, subject, model, moment) : 0;
    const then = scoreAt(next, after, model, Math.max(moment, after.clock));
    if (then.shown) banded(into, model, then.band?.id ?? null);
    const to = then.shown ? shown(then.score) : 0;
    if (from === to) continue;
    changed = true;
    const of = modelOf(into, model);
    if (to > from) of.up++;
    else of.down++;
    of.change = shown(of.change + to - from);
    const example = {
      contact: { id, name: shownOf(contact).name },
      model,
      from,
      to,
      stageFrom: subject.stage,
      stageTo: after.stage,
    };
    if (most === null || weightOf(example) > weightOf(most)) most = example;
  }
  if (changed) into.contacts++;
  if (most) keep(into.examples, most);
};

const banded = ({ bands }: ImpactSide, model: string, band: string | null): void => {
  const known = bands.find((each) => each.model === model && each.band === band);
  if (known) known.contacts++;
  else bands.push({ model, band, contacts: 1 });
};

/** Outside its audience a score is not shown: as good as none. */
const shownScore = (program: Program, subject: Subject, model: string, at: number): number => {
  const now = scoreAt(program, subject, model, at);
  return now.shown ? shown(now.score) : 0;
};

const moved = ({ moves }: ImpactSide, from: string | null, to: string | null): void => {
  const known = moves.find((move) => move.from === from && move.to === to);
  if (known) known.contacts++;
  else moves.push({ from, to, contacts: 1 });
};

const modelOf = ({ models }: ImpactSide, model: string): ImpactSide['models'][number] => {
  const known = models.find((each) => each.model === model);
  if (known) return known;
  const made = { model, up: 0, down: 0, change: 0 };
  models.push(made);
  return made;
};

/** Another stage weighs more than any number of points. */
const weightOf = ({ from, to, stageFrom, stageTo }: ImpactSide['examples'][number]): number =>
  Math.abs(to - from) + (stageFrom === stageTo ? 0 : 1e9);

const keep = (examples: ImpactSide['examples'], example: ImpactSide['examples'][number]): void => {
  examples.push(example);
  examples.sort((a, b) => weightOf(b) - weightOf(a));
  if (examples.length > mostExamples) examples.pop();
};
