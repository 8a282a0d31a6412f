import { randomUUID } from 'node:crypto';
import {
  emptyBackTest,
  playContact,
  tallyContact,
  viewOfPlayed,
  type Automation,
  type BackTest,
  type BackTestContactView,
  type Played,
} from '@ripen/shared';
import { loadContacts, readModelsFrom, type ContactRow } from '../store/contacts.ts';
import { definitionHistory, headRevision } from '../store/definitions.ts';
import { openAsksOf } from '../store/effects.ts';
import { describeError, NotFoundError } from '../store/errors.ts';
import type { PastArrival } from '../store/events.ts';
import { insertJob, readJob, writeFound } from '../store/jobs.ts';
import type { Queryable } from '../store/store.ts';
import { answerToPastAsk } from './answers.ts';
import { contestPrograms, versionBeside, type Contest } from './back-test-programs.ts';
import { shownOf } from './cards.ts';
import type { LaneDeps } from './deps.ts';
import { startJobWorkflow, type JobDeps } from './job-workflow.ts';
import { createPrograms } from './programs.ts';
import { arrivalsOfMany } from './replay.ts';

interface BackTestInput extends Contest {
  /** The window, ms. */
  from: number;
  at: number;
  /** The definitions of its end. */
  revision: number;
  /** Contacts to play, at most; null: all. */
  sample: number | null;
  /** Contacts that there are. */
  of: number;
  /** Contacts up to this id were played. */
  after: string | null;
}

const dayMs = 86_400_000;

/** Writes down that a draft is to be played over the last days beside the live version, and starts the job's workflow. */
export const startBackTest = async (
  deps: JobDeps,
  { draft, days, sample, now }: { draft: Automation; days: number; sample: number | null; now: number },
): Promise<string> => {
  const id = randomUUID();
  const { pool } = deps.store;
  const live = await versionBeside(pool, draft.id);
  const newest = Math.max(0, ...(await definitionHistory(pool, 'automation', draft.id)).map(({ version }) => version));
  const { rows } = await pool.query<{ total: number }>(
    'select count(*)::int as total from contacts where merged_into is null',
  );
  const of = rows[0]?.total ?? 0;
  const input: BackTestInput = {
    automation: draft.id,
    live,
    draft: { graph: draft, version: newest + 1 },
    from: now - days * dayMs,
    at: now,
    revision: await headRevision(pool),
    sample,
    of,
    after: null,
  };
  await insertJob(pool, { id, kind: 'backtest', input, total: Math.min(of, sample ?? of) });
  await startJobWorkflow(deps, { kind: 'backtest', id });
  return id;
};

/** Contacts whose arrivals are in memory at once; those of the next page are being read meanwhile. */
const page = 100;
/** Programs of all revisions that arrivals may have counted under. */
const programsKept = 64;
/** Between two notes of progress. */
const noteEveryMs = 500;

/**
 * Plays a job's contacts in the order of their ids (which are hashes, so that the first ones are a sample), each with the live
 * version and with the draft: in memory, by short reads, so that no lane waits for it and nothing is changed. Goes on where an
 * earlier attempt stopped. Throws NotFoundError.
 */
export const runBackTest = async (
  deps: LaneDeps,
  { jobId, signal }: { jobId: string; signal?: AbortSignal },
): Promise<void> => {
  const { pool } = deps.store;
  const job = await readJob<BackTestInput, BackTest>(pool, jobId);
  const { input } = job;
  const { automation, from, at, of, sample } = input;
  const field = contestField(deps, input);
  const result =
    job.result ??
    emptyBackTest({
      automation,
      version: input.live?.version ?? null,
      from: new Date(from).toISOString(),
      at: new Date(at).toISOString(),
      of,
    });
  let { after } = input;
  let { done } = job;
  let noted = Date.now();
  const most = sample ?? Infinity;
  const note = (): Promise<void> => {
    noted = Date.now();
    return writeFound(pool, { id: jobId, input: { ...input, after }, done, result });
  };
  let next = readPage(pool, after, Math.min(page, most - done));
  for (;;) {
    signal?.throwIfAborted();
    const { contacts, last, read } = await next;
    if (last === null) break;
    const left = most - done - read;
    next = left > 0 ? readPage(pool, last, Math.min(page, left)) : Promise.resolve(nobody);
    // It is waited for only when these were played; should it fail before, that is soon enough to hear of it.
    next.catch(() => undefined);
    await field.prepare(contacts);
    const { program } = await field.atEnd();
    for (const each of contacts) {
      const { contact, arrivals } = each;
      if (contact.subject.clock === 0) {
        result.looked++;
        continue;
      }
      const played = field.play(each);
      tallyContact(result, { id: contact.id, name: shownOf(contact).name, arrivals }, played, {
        automation,
        from,
        program,
      });
    }
    after = last;
    done += read;
    if (Date.now() - noted >= noteEveryMs) await note();
  }
  await note();
};

/** One contact's time in the window on both sides. Throws NotFoundError. */
export const backTestContact = async (
  deps: LaneDeps,
  { jobId, contactId }: { jobId: string; contactId: string },
): Promise<BackTestContactView> => {
  const { pool } = deps.store;
  const { input } = await readJob<BackTestInput>(pool, jobId);
  const { automation, from, at } = input;
  const [found] = (await gather(pool, [contactId])).filter(({ contact }) => contact.mergedInto === null);
  if (!found) throw new NotFoundError('contact', contactId);
  const field = contestField(deps, input);
  await field.prepare([found]);
  const { program } = await field.atEnd();
  const { contact } = found;
  return viewOfPlayed({ id: contact.id, name: shownOf(contact).name }, field.play(found), {
    automation,
    from,
    until: at,
    program,
  });
};

interface Gathered {
  contact: ContactRow;
  arrivals: readonly PastArrival[];
  modelsFrom: number;
  open: ReadonlySet<string>;
}

interface Page {
  contacts: Gathered[];
  /** Contacts read, those without a state included; the last of them, null when there are no more. */
  read: number;
  last: string | null;
}
const nobody: Page = { contacts: [], read: 0, last: null };

const readPage = async (db: Queryable, after: string | null, limit: number): Promise<Page> => {
  if (limit <= 0) return nobody;
  const { rows } = await db.query<{ id: string }>({
    name: 'contacts_in_order',
    text: 'select id from contacts where merged_into is null and ($1::uuid is null or id > $1) order by id limit $2',
    values: [after, limit],
  });
  const last = rows.at(-1)?.id ?? null;
  const contacts = last === null ? [] : await gather(db, rows.map(({ id }) => id)); // prettier-ignore
  return { contacts, read: rows.length, last };
};

const noArrivals: readonly PastArrival[] = [];

const gather = async (db: Queryable, ids: readonly string[]): Promise<Gathered[]> => {
  const [contacts, arrivals, froms, open] = await Promise.all([
    loadContacts(db, ids),
    arrivalsOfMany(db, ids),
    readModelsFrom(db, ids),
    openAsksOf(db, ids),
  ]);
  return [...contacts.values()].map((contact) => ({
    contact,
    arrivals: arrivals.get(contact.id) ?? noArrivals,
    modelsFrom: froms.get(contact.id) ?? 0,
    open,
  }));
};

/** Plays contacts of one back-test. */
const contestField = ({ store }: Pick<LaneDeps, 'store'>, input: BackTestInput) => {
  const programs = contestPrograms(createPrograms(programsKept), input);
  return {
    /** Loads what the arrivals of these contacts count under. */
    prepare: async (contacts: readonly Gathered[]): Promise<void> => {
      for (const { arrivals, contact, modelsFrom } of contacts) {
        const revisions = new Set(arrivals.map(({ revision }) => revision));
        revisions.add(Math.min(contact.subject.revision, input.revision));
        await programs.prepare(store.pool, revisions, modelsFrom);
      }
    },
    /** The definitions of the window's end. */
    atEnd: async () => {
      await programs.prepare(store.pool, [input.revision], 0);
      const { live, definitions } = programs.at(input.revision, 0);
      return { program: live, definitions };
    },
    play: ({ contact, arrivals, modelsFrom, open }: Gathered): Played => {
      const { id, subject, heldBy } = contact;
      const then = (revision: number) => programs.at(revision, modelsFrom);
      return playContact(
        {
          id,
          generation: subject.generation,
          arrivals,
          revision: Math.min(subject.revision, input.revision),
          open,
          // Whose clock a historical load holds stays where it stands.
          until: heldBy === null ? input.at : Math.min(input.at, subject.clock),
        },
        input.from,
        then,
        {
          answer: (ask, clock) => answerToPastAsk(ask, programs.at(input.revision, 0).definitions, clock),
          failed: (failed, error) =>
            store.logger.warn({ contact: id, input: failed, error: describeError(error) }, 'not part of a back-test'),
          remembered: programs.remembered,
          scheduled: programs.scheduled,
        },
      );
    },
  };
};
