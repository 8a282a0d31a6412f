import { setTimeout as pause } from 'node:timers/promises';
import { AccountGathering, accountIdOf, nextLookAt, scoreAccount, toMicro, type Subject } from '@ripen/shared';
import {
  markAllAccounts,
  takeMarked,
  writeAccounts,
  writeMemberships,
  type AccountRow,
  type AccountScoreRow,
} from '../store/accounts.ts';
import { announce } from '../store/announce.ts';
import { plainArray } from '../store/bulk.ts';
import { subjectOf } from '../store/contacts.ts';
import { headRevision } from '../store/definitions.ts';
import { inboxDepth } from '../store/inbox.ts';
import type { Queryable } from '../store/store.ts';
import { wordsOf } from '../store/words.ts';
import type { LaneDeps } from './deps.ts';
import type { Compiled } from './programs.ts';
import { sameJson } from './same-json.ts';
import { Telling } from './tell-accounts.ts';
import { wakeLanes } from './wake.ts';

/** Accounts looked at in one transaction, and states read at once. */
const accountsAtOnce = 50;
const statesAtOnce = 1_000;
/** While more arrivals than these wait, lanes come first: a look is followed by a rest of so many times what it took. */
const mostWaiting = 500;
const restPerLook = 3;

/**
 * Looks at all accounts that were marked, or that time alone may have changed by `now`, ms, writes them down as their contacts
 * make them, and tells contacts what they have yet to hear of their account. Returns how many. Several processes may do it at
 * once: each takes what no other has. An account that changes all the time is looked at now and then while lanes are busy.
 */
export const refreshAccounts = async (
  deps: LaneDeps,
  { now, signal, rest = restFor }: { now: number; signal?: AbortSignal; rest?: typeof restFor },
): Promise<number> => {
  while (!signal?.aborted && (await catchUp(deps)));
  let refreshed = 0;
  let first = 0;
  while (!signal?.aborted) {
    const from = performance.now();
    const some = await refreshSome(deps, now);
    await wakeLanes(deps, some.slots);
    refreshed += some.taken;
    if (some.taken === 0 || some.later) break;
    const inbox = await inboxDepth(deps.store.pool, mostWaiting, first);
    first = inbox.first;
    if (inbox.waiting > mostWaiting) await rest(restPerLook * (performance.now() - from), signal);
  }
  return refreshed;
};

/** Ends at once when it is told to. */
const restFor = (ms: number, signal?: AbortSignal): Promise<void> =>
  pause(ms, undefined, { signal }).catch(() => undefined);

interface Refreshed {
  taken: number;
  /** Of the contacts that were told something. */
  slots: number[];
  /** Lanes have enough to do: who is left is told with the next look. */
  later: boolean;
}

const refreshSome = (deps: LaneDeps, now: number): Promise<Refreshed> =>
  deps.store.transaction(async (tx) => {
    const ids = await takeMarked(tx, now, accountsAtOnce);
    if (ids.length === 0) return { taken: 0, slots: [], later: false };
    const compiled = await deps.programs.at(tx, await headRevision(tx));
    const rows: AccountRow[] = [];
    const scored: AccountScoreRow[] = [];
    const telling = await Telling.of(tx, ids);
    const gathered = await gatherAccounts(tx, compiled, ids, now, (id, subject) => telling.ask(id, subject));
    for (const [id, gathering] of gathered) {
      const account = gathering.account();
      const { name, fields, contacts, at } = account;
      const texts = Object.values(fields).filter((value) => typeof value === 'string');
      rows.push({ id, name, fields, contacts, words: wordsOf(name, ...texts), asOf: at, lookAt: nextLookAt(account) });
      for (const { model, score, shown, band } of scoreAccount(account))
        scored.push({ accountId: id, model, score: toMicro(score), shown, band: band?.id ?? null });
    }
    await writeAccounts(tx, rows, scored, {
      empty: ids.filter((id) => !gathered.has(id)),
      models: compiled.accountModels.map(({ id }) => id),
    });
    await announce(tx, { accounts: ids });
    return { taken: ids.length, ...(await telling.tell(tx, now)) };
  });

/**
 * What contacts make of accounts at a moment, ms, in the order of the accounts' ids; those without contacts are left out. `met`
 * hears of each contact.
 */
export const gatherAccounts = async (
  db: Queryable,
  { program, accountModels }: Pick<Compiled, 'program' | 'accountModels'>,
  ids: readonly string[],
  at: number,
  met?: (accountId: string, subject: Subject) => void,
): Promise<Map<string, AccountGathering>> => {
  const gathered = new Map<string, AccountGathering>();
  for await (const members of membersOf(db, ids)) {
    for (const { accountId, subject } of members) {
      const gathering = gathered.get(accountId) ?? new AccountGathering(program, accountModels, at);
      gathered.set(accountId, gathering);
      gathering.add(subject);
      met?.(accountId, subject);
    }
  }
  return gathered;
};

interface Member {
  accountId: string;
  subject: Subject;
}

/** States of the contacts of accounts, some at a time. */
export async function* membersOf(db: Queryable, ids: readonly string[]): AsyncGenerator<Member[]> {
  let after: [string, string] = [firstId, firstId];
  for (;;) {
    const { rows } = await db.query<{ account_id: string; id: string; state: Subject | Record<string, never> }>({
      name: 'account_members_states',
      text: `select m.account_id, c.id, c.state from (
           select account_id, contact_id from account_members
           where account_id = any($1::uuid[]) and (account_id, contact_id) > ($2, $3)
           order by account_id, contact_id limit ${statesAtOnce}
         ) m join contacts c on c.id = m.contact_id order by m.account_id, c.id`,
      values: [plainArray(ids), ...after],
    });
    const last = rows.at(-1);
    if (!last) return;
    after = [last.account_id, last.id];
    yield rows.map(({ account_id: accountId, id, state }) => ({ accountId, subject: subjectOf(id, state) }));
  }
}

/** How far accounts are behind what is in force; null: every contact has been asked where it belongs. */
interface Progress {
  revision: number;
  after: string | null;
}

const key = 'accounts';
const firstId = '00000000-0000-0000-0000-000000000000';

/**
 * After an upgrade contacts from before are asked, some at a time, where they belong; after a publication that says something
 * else of accounts all are marked. True when there may be more to do.
 */
const catchUp = async (deps: LaneDeps): Promise<boolean> => {
  const known = await readProgress(deps.store.pool, '');
  const head = await headRevision(deps.store.pool);
  if (known?.after === null && known.revision === head) return false;
  return deps.store.transaction(async (tx) => {
    await tx.query('insert into settings (key, value) values ($1, $2) on conflict (key) do nothing', [
      key,
      JSON.stringify({ revision: head, after: firstId } satisfies Progress),
    ]);
    // Whoever has it goes on with it.
    const progress = await readProgress(tx, 'for update skip locked');
    if (!progress) return false;
    const after = progress.after === null ? null : await askWhereTheyBelong(tx, progress.after);
    if (progress.revision < head && (await saysOtherwise(deps, tx, progress.revision, head))) await markAllAccounts(tx);
    const next: Progress = { revision: Math.max(head, progress.revision), after };
    await tx.query('update settings set value = $2 where key = $1', [key, JSON.stringify(next)]);
    return after !== null;
  });
};

const readProgress = async (db: Queryable, lock: '' | 'for update skip locked'): Promise<Progress | undefined> => {
  const { rows } = await db.query<{ value: Progress }>(`select value from settings where key = $1 ${lock}`, [key]);
  return rows[0]?.value;
};

/** Lanes that change one of these contacts wait for it, in the same order, so that neither writes what is old. */
const askWhereTheyBelong = async (tx: Queryable, after: string): Promise<string | null> => {
  const { rows } = await tx.query<{ id: string; state: Subject | Record<string, never> }>(
    `select id, state from contacts where id > $1 and not absorbed order by id limit ${statesAtOnce} for share`,
    [after],
  );
  await writeMemberships(
    tx,
    rows.map(({ id, state }) => ({ contactId: id, accountId: accountIdOf(subjectOf(id, state).fields) })),
  );
  return rows.length < statesAtOnce ? null : (rows.at(-1)?.id ?? null);
};

/** Whether accounts may score otherwise under a later revision. */
const saysOtherwise = async (deps: LaneDeps, db: Queryable, before: number, after: number): Promise<boolean> => {
  const said = async (revision: number): Promise<unknown> => {
    const { accountModels, models } = (await deps.programs.at(db, revision)).definitions;
    const named = new Set(accountModels.flatMap(({ contacts }) => contacts.map(({ model }) => model)));
    return [accountModels, models.filter(({ id }) => named.has(id))];
  };
  return !sameJson(await said(before), await said(after));
};
