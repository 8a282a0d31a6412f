import { AccountGathering, scoreAccount, type AccountImpact, type AccountScore } from '@ripen/shared';
import type { Queryable } from '../store/store.ts';
import type { Compiled } from './programs.ts';
import { membersOf } from './refresh-accounts.ts';

type Side = Pick<Compiled, 'program' | 'accountModels'>;

export const noAccounts = (of: number): AccountImpact => ({
  looked: 0,
  of,
  accounts: 0,
  models: [],
  bands: [],
  examples: [],
});

const mostExamples = 10;

/**
 * Looks at the next accounts, in the order of their ids (which are hashes, so that the first ones are a sample), under the models
 * in force and those to be, and counts in what differs. Contacts are taken as they are. Returns the last id; null: there is none.
 */
export const lookAtAccounts = async (
  db: Queryable,
  sides: { live: Side; next: Side },
  { after, limit, at, signal }: { after: string | null; limit: number; at: number; signal: AbortSignal | undefined },
  into: AccountImpact,
): Promise<string | null> => {
  const { rows } = await db.query<{ id: string; name: string }>(
    'select id, name from accounts where $1::uuid is null or id > $1 order by id limit $2',
    [after, limit],
  );
  const gathered = new Map(
    rows.map(({ id }) => [id, { live: gathering(sides.live, at), next: gathering(sides.next, at) }]),
  );
  for await (const members of membersOf(db, [...gathered.keys()])) {
    signal?.throwIfAborted();
    for (const { accountId, subject } of members) {
      gathered.get(accountId)?.live.add(subject);
      gathered.get(accountId)?.next.add(subject);
    }
  }
  for (const { id, name } of rows) {
    const both = gathered.get(id);
    if (both) tally(into, { id, name }, scoreAccount(both.live.account()), scoreAccount(both.next.account()));
  }
  into.looked += rows.length;
  return rows.at(-1)?.id ?? null;
};

const gathering = ({ program, accountModels }: Side, at: number): AccountGathering =>
  new AccountGathering(program, accountModels, at);

type Example = AccountImpact['examples'][number];

const tally = (
  into: AccountImpact,
  account: Example['account'],
  before: readonly AccountScore[],
  after: readonly AccountScore[],
): void => {
  let most: Example | null = null;
  for (const then of after) {
    const now = before.find(({ model }) => model === then.model);
    const { model } = then;
    const example = { account, model, from: shown(now), to: shown(then), bandFrom: bandOf(now), bandTo: bandOf(then) };
    const rebanded = example.bandFrom?.id !== example.bandTo?.id;
    if (example.from === example.to && !rebanded) continue;
    changed(into, example);
    if (rebanded) moved(into, example);
    if (most === null || weightOf(example) > weightOf(most)) most = example;
  }
  if (!most) return;
  into.accounts++;
  into.examples.push(most);
  into.examples.sort((a, b) => weightOf(b) - weightOf(a));
  if (into.examples.length > mostExamples) into.examples.pop();
};

/** Tenths of points are what people see. Outside its audience a score is not shown: as good as none. */
const shown = (score: AccountScore | undefined): number => (score?.shown ? Math.round(score.score * 10) / 10 : 0);
const bandOf = (score: AccountScore | undefined): AccountScore['band'] => (score?.shown ? score.band : null);

const changed = ({ models }: AccountImpact, { model, from, to }: Example): void => {
  let of = models.find((each) => each.model === model);
  if (!of) models.push((of = { model, up: 0, down: 0, change: 0 }));
  if (to > from) of.up++;
  if (to < from) of.down++;
  of.change = Math.round((of.change + to - from) * 10) / 10;
};

const moved = ({ bands }: AccountImpact, { model, bandFrom: from, bandTo: to }: Example): void => {
  const known = bands.find((each) => each.model === model && each.from?.id === from?.id && each.to?.id === to?.id);
  if (known) known.accounts++;
  else bands.push({ model, from, to, accounts: 1 });
};

/** Another band weighs more than any number of points. */
const weightOf = ({ from, to, bandFrom, bandTo }: Example): number =>
  Math.abs(to - from) + (bandFrom?.id === bandTo?.id ? 0 : 1e9);
