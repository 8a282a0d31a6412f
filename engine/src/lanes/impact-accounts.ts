import {
  AccountGathering,
  scoreAccount,
  type AccountImpact,
  type AccountModelChange,
  type AccountScore,
  type AccountSide,
  type Definition,
  type Definitions,
} from '@ripen/shared';
import type { Queryable } from '../store/store.ts';
import type { Future, Futures } from './impact-futures.ts';
import type { Compiled } from './programs.ts';
import { membersOf } from './refresh-accounts.ts';

type Side = Pick<Compiled, 'program' | 'accountModels'>;

export interface LookingAtAccounts {
  live: Side;
  next: Side;
  /** Null: nothing is to be published that counts for contacts, who so are taken as they are. */
  futures: Futures | null;
  /** Hears of each contact that is played. */
  met: (future: Future) => void;
  /** The moment that all of them are looked at, ms. */
  at: number;
  signal: AbortSignal | undefined;
}

/** Of the models that would be in force, those for which the documents say something are there from the start. */
export const noAccounts = (
  { accountModels }: Definitions,
  documents: readonly Definition[],
  { of, history }: { of: number; history: boolean },
): AccountImpact => {
  const published = new Set(documents.flatMap((document) => (document.kind === 'model' ? [document.id] : [])));
  const models = new Set(documents.flatMap((document) => (document.kind === 'account_model' ? [document.id] : [])));
  const concerned = accountModels
    .filter(({ id, contacts }) => models.has(id) || contacts.some(({ model }) => published.has(model)))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const side = (): AccountSide => ({ accounts: 0, models: concerned.map(({ id, name }) => noChange(id, name)) });
  return { looked: 0, of, now: side(), history: history ? side() : null };
};

const noChange = (model: string, name: string): AccountModelChange => ({
  ...{ model, name, accounts: 0, up: 0, down: 0, change: 0 },
  ...{ rebanded: 0, bands: [], examples: [] },
});

const mostExamples = 10;

/**
 * Looks at the next accounts, in the order of their ids (which are hashes, so that the first ones are a sample), under the models
 * in force and those to be, and counts in what differs. Returns the last id (null: there is none) and how many contacts they have.
 */
export const lookAtAccounts = async (
  db: Queryable,
  { live, next, futures, met, at, signal }: LookingAtAccounts,
  { after, limit }: { after: string | null; limit: number },
  into: AccountImpact,
): Promise<{ last: string | null; contacts: number }> => {
  const { rows } = await db.query<{ id: string; name: string }>(
    'select id, name from accounts where $1::uuid is null or id > $1 order by id limit $2',
    [after, limit],
  );
  const gathering = ({ program, accountModels }: Side): AccountGathering =>
    new AccountGathering(program, accountModels, at);
  const gathered = new Map(
    rows.map(({ id }) => [id, { live: gathering(live), now: gathering(next), history: gathering(next) }]),
  );
  let contacts = 0;
  for await (const members of membersOf(db, [...gathered.keys()])) {
    signal?.throwIfAborted();
    contacts += members.length;
    if (!futures) {
      for (const { accountId, subject } of members) {
        gathered.get(accountId)?.live.add(subject);
        gathered.get(accountId)?.now.add(subject);
      }
      continue;
    }
    const accountOf = new Map(members.map(({ accountId, subject }) => [subject.id, accountId]));
    for await (const future of futures([...accountOf.keys()].sort())) {
      const account = gathered.get(accountOf.get(future.contact.id) ?? '');
      account?.live.add(future.contact.subject);
      account?.now.add(future.now);
      account?.history.add(future.history);
      met(future);
    }
  }
  for (const { id, name } of rows) {
    const sides = gathered.get(id);
    if (!sides) continue;
    const before = scoreAccount(sides.live.account());
    tally(into.now, { id, name }, before, scoreAccount(sides.now.account()));
    if (into.history) tally(into.history, { id, name }, before, scoreAccount(sides.history.account()));
  }
  into.looked += rows.length;
  return { last: rows.at(-1)?.id ?? null, contacts };
};

type Example = AccountModelChange['examples'][number];

const tally = (
  into: AccountSide,
  account: Example['account'],
  before: readonly AccountScore[],
  after: readonly AccountScore[],
): void => {
  let changes = false;
  for (const then of after) {
    const now = before.find(({ model }) => model === then.model);
    const example = { account, from: shown(now), to: shown(then), bandFrom: bandOf(now), bandTo: bandOf(then) };
    if (example.from === example.to && !isRebanded(example)) continue;
    changes = true;
    changed(modelIn(into, then), example);
  }
  if (changes) into.accounts++;
};

/** Tenths of points are what people see. Outside its audience a score is not shown: as good as none. */
const shown = (score: AccountScore | undefined): number => (score?.shown ? Math.round(score.score * 10) / 10 : 0);
const bandOf = (score: AccountScore | undefined): AccountScore['band'] => (score?.shown ? score.band : null);

const isRebanded = ({ bandFrom, bandTo }: Example): boolean => bandFrom?.id !== bandTo?.id;

const modelIn = ({ models }: AccountSide, { model, name }: AccountScore): AccountModelChange => {
  const known = models.find((each) => each.model === model);
  if (known) return known;
  const made = noChange(model, name);
  models.push(made);
  return made;
};

const changed = (of: AccountModelChange, example: Example): void => {
  const { from, to } = example;
  of.accounts++;
  if (to > from) of.up++;
  if (to < from) of.down++;
  of.change = Math.round((of.change + to - from) * 10) / 10;
  if (isRebanded(example)) moved(of, example);
  of.examples.push(example);
  of.examples.sort((a, b) => weightOf(b) - weightOf(a));
  if (of.examples.length > mostExamples) of.examples.pop();
};

const moved = (of: AccountModelChange, { bandFrom: from, bandTo: to }: Example): void => {
  of.rebanded++;
  const known = of.bands.find((each) => each.from?.id === from?.id && each.to?.id === to?.id);
  if (known) known.accounts++;
  else of.bands.push({ from, to, accounts: 1 });
};

/** Another band weighs more than any number of points. */
const weightOf = (example: Example): number => Math.abs(example.to - example.from) + (isRebanded(example) ? 1e9 : 0);
