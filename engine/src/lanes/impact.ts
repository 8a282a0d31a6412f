import { randomUUID } from 'node:crypto';
import { compile, compileAccountModels, type Definition, type Definitions, type Impact } from '@ripen/shared';
import { definitionIdOf, definitionsAt, headRevision } from '../store/definitions.ts';
import { insertJob, readJob, writeFound } from '../store/jobs.ts';
import type { LaneDeps } from './deps.ts';
import { lookAtAccounts, noAccounts } from './impact-accounts.ts';
import { noContacts, tallyContact } from './impact-contacts.ts';
import { createFutures, playedAtOnce, type Future } from './impact-futures.ts';
import { startJobWorkflow, type JobDeps } from './job-workflow.ts';

interface ImpactInput {
  /** What is to be published: documents in force give way to those of their kind and id. */
  documents: Definition[];
  /** Contacts, and accounts, to look at, at most; null: all. */
  sample: number | null;
  /** Contacts that there are. */
  of: number;
  /** Contacts up to this id were looked at. */
  after: string | null;
  /** Accounts up to this id were looked at, with so many contacts. Null: there is no model for accounts. */
  accounts: { of: number; after: string | null; contacts: number } | null;
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
  const { accountModels } = withDocuments(await definitionsAt(pool, await headRevision(pool)), documents);
  const accounts = accountModels.length > 0 ? { of: ofAccounts, after: null, contacts: 0 } : null;
  const input: ImpactInput = { documents, sample, of, after: null, accounts, at: now };
  const upTo = (count: number): number => Math.min(count, sample ?? count);
  const total = (changesContacts(documents) ? upTo(of) : 0) + (accounts ? upTo(ofAccounts) : 0);
  await insertJob(pool, { id, kind: 'impact', input, total });
  await startJobWorkflow(deps, { kind: 'impact', id });
  return id;
};

/** Models for accounts change nothing for contacts. */
const changesContacts = (documents: readonly Definition[]): boolean =>
  !documents.every(({ kind }) => kind === 'account_model');

/** Accounts looked at at once; fewer where each of their contacts is played. */
const accountsAtOnce = 50;
const playedAccountsAtOnce = 10;

/**
 * Looks at a job's contacts and accounts, in the order of their ids (which are hashes, so that the first ones are a sample), and
 * plays what arrived for them through the definitions to be: in memory, reading only, no lane waits for it. Goes on where an
 * earlier attempt stopped. Throws NotFoundError.
 */
export const measureImpact = async (
  deps: LaneDeps,
  { jobId, signal }: { jobId: string; signal?: AbortSignal },
): Promise<void> => {
  const { pool } = deps.store;
  const job = await readJob<ImpactInput, Impact>(pool, jobId);
  const { input } = job;
  const { documents, sample, at } = input;
  const head = await headRevision(pool);
  const live = await deps.programs.at(pool, head);
  const definitions = { ...withDocuments(live.definitions, documents), revision: head + 1 };
  const next = compile(definitions);
  const futures = changesContacts(documents) ? createFutures(deps, { definitions, next, at, signal }) : null;
  const impact = job.result ?? {
    at: new Date(at).toISOString(),
    looked: 0,
    of: input.of,
    now: noContacts(),
    history: noContacts(),
    accounts:
      input.accounts && noAccounts(definitions, documents, { of: input.accounts.of, history: futures !== null }),
  };
  const programs = { live: live.program, next };
  const met = (future: Future): void => {
    if (future.contact.subject.clock === 0) return;
    tallyContact(impact.now, future, programs, future.now);
    tallyContact(impact.history, future, programs, future.history);
  };
  const write = (): Promise<void> =>
    writeFound(pool, { id: jobId, input, done: impact.looked + (impact.accounts?.looked ?? 0), result: impact });
  const left = (most: number, looked: number): number => (sample === null ? most : Math.min(most, sample - looked));
  // Where all are looked at, those of an account are met with it: nobody is played twice.
  const metWithAccount = futures !== null && impact.accounts !== null && sample === null;

  while (futures && left(playedAtOnce, impact.looked) > 0) {
    signal?.throwIfAborted();
    const { rows } = await pool.query<{ id: string }>(
      `select id from contacts c where merged_into is null and ($1::uuid is null or id > $1)
         ${metWithAccount ? 'and not exists (select 1 from account_members m where m.contact_id = c.id)' : ''}
       order by id limit $2`,
      [input.after, left(playedAtOnce, impact.looked)],
    );
    const last = rows.at(-1);
    if (!last) break;
    for await (const future of futures(rows.map(({ id }) => id))) met(future);
    input.after = last.id;
    impact.looked += rows.length;
    await write();
  }

  const { accounts } = impact;
  if (!accounts || !input.accounts) return;
  const nextSide = { program: next, accountModels: compileAccountModels(definitions.accountModels, next) };
  const looking = { live, next: nextSide, futures, met: metWithAccount ? met : () => undefined, at, signal };
  const atOnce = futures ? playedAccountsAtOnce : accountsAtOnce;
  // As many contacts as a sample has are played once more for their accounts, and not many times as many.
  const isEnough = (): boolean => futures !== null && sample !== null && (input.accounts?.contacts ?? 0) >= sample;
  while (left(atOnce, accounts.looked) > 0 && !isEnough()) {
    signal?.throwIfAborted();
    const limit = left(atOnce, accounts.looked);
    const { last, contacts } = await lookAtAccounts(pool, looking, { after: input.accounts.after, limit }, accounts);
    if (last === null) break;
    input.accounts = { ...input.accounts, after: last, contacts: input.accounts.contacts + contacts };
    if (metWithAccount) impact.looked += contacts;
    await write();
  }
};

const withDocuments = (head: Definitions, documents: readonly Definition[]): Definitions => {
  const models = new Map(head.models.map((model) => [model.id, model]));
  const accountModels = new Map(head.accountModels.map((model) => [model.id, model]));
  let { lifecycle } = head;
  for (const document of documents) {
    if (document.kind === 'model') models.set(definitionIdOf(document), document);
    if (document.kind === 'account_model') accountModels.set(document.id, document);
    if (document.kind === 'lifecycle') lifecycle = document;
  }
  return { ...head, models: [...models.values()], accountModels: [...accountModels.values()], lifecycle };
};
