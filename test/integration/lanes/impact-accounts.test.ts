import {
  measureImpact,
  rebuildContacts,
  refreshAccounts,
  startImpact,
  startRebuild,
  touchContacts,
} from '@ripen/engine';
import { definitionSchema, type AccountSide, type DefinitionInput, type Impact } from '@ripen/shared';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { noTemporal } from '../../helpers/no-temporal.ts';
import { createWorld, dayMs, startAt, type World } from './support.ts';

// What publishing a model for contacts changes for accounts is measured before; here it is published, and the read model says
// what became of the accounts.

const now = startAt + 20 * dayMs;

const everyTime = { kind: 'every_time' as const };

const interest = ({ open, us, fading }: { open: number; us: number; fading?: boolean }): DefinitionInput => ({
  kind: 'model',
  id: 'interest',
  name: 'Interest',
  groups: [
    { id: 'acts', name: 'Acts', kind: 'behaviour' },
    { id: 'fit', name: 'Fit', kind: 'profile' },
  ],
  ...(fading && { halfLifeDays: 10 }),
  rules: [
    {
      ...{ kind: 'behaviour', id: 'open', name: 'Opened', group: 'acts', points: open, event: 'opened' },
      counts: everyTime,
    },
    {
      ...{ kind: 'profile', id: 'us', name: 'US', group: 'fit', points: us },
      when: { kind: 'field', field: 'country', is: { op: 'equals', value: 'US' } },
    },
  ],
});
const before = interest({ open: 5, us: 3 });
const after = interest({ open: 7, us: -4, fading: true });

const other: DefinitionInput = {
  ...{ kind: 'model', id: 'other', name: 'Other' },
  groups: [{ id: 'acts', name: 'Acts', kind: 'behaviour' }],
  rules: [
    {
      ...{ kind: 'behaviour', id: 'open', name: 'Opened', group: 'acts', points: 1, event: 'opened' },
      counts: everyTime,
    },
  ],
};

const bands = [
  { id: 'cold', name: 'Cold', from: 0 },
  { id: 'warm', name: 'Warm', from: 12 },
  { id: 'hot', name: 'Hot', from: 25 },
];
type Sheet = Extract<DefinitionInput, { kind: 'account_model' }>;
const sheet = (id: string, contacts: Sheet['contacts']): Sheet => ({
  ...{ kind: 'account_model', id, name: `By ${id}` },
  ...{ contacts, bands },
});
const sheets = [
  sheet('average', [{ model: 'interest', together: { kind: 'average' } }]),
  sheet('capped', [{ model: 'interest', cap: 15 }, { model: 'other' }]),
  sheet('elsewhere', [{ model: 'other' }]),
  sheet('maximum', [{ model: 'interest', together: { kind: 'maximum' } }]),
  sheet('sum', [{ model: 'interest' }]),
  sheet('top', [{ model: 'interest', part: 'behaviour', together: { kind: 'top', count: 2 } }]),
];
const readsInterest = ['average', 'capped', 'maximum', 'sum', 'top'];

let world: World;
beforeEach(async () => {
  world = await createWorld();
  await world.publish([before, other, ...sheets], startAt);
  const ids = await Promise.all(Array.from({ length: 23 }, (_, index) => world.contact(`contact ${index}`)));
  // Five accounts of four contacts each; three belong to none; the last one never did anything.
  const events = ids.slice(0, -1).flatMap((contactId, index) => [
    {
      ...{ contactId, type: 'identify', at: startAt },
      fields: {
        country: index % 3 === 0 ? 'US' : 'DE',
        ...(index < 20 && { 'account.id': `account ${index % 5}`, 'account.name': `Account ${index % 5}` }),
      },
    },
    ...Array.from({ length: index % 4 }, (_, day) => ({ contactId, type: 'opened', at: startAt + (day + 1) * dayMs })),
  ]);
  await world.accept(events.toSorted((a, b) => a.at - b.at));
  await world.drain(now);
  await refreshAccounts(world.deps, { now });
});
afterEach(() => world[Symbol.asyncDispose]());

const impactOf = async (documents: readonly DefinitionInput[], sample: number | null = null): Promise<Impact> => {
  const parsed = documents.map((document) => definitionSchema.parse(document));
  const jobId = await startImpact({ store: world.store, workflows: noTemporal }, { documents: parsed, sample, now });
  await measureImpact(world.deps, { jobId });
  const [row] = await world.rows<{ result: Impact }>('select result from jobs where id = $1', [jobId]);
  if (!row) throw new Error('There is no such job.');
  return row.result;
};

interface Read {
  account: string;
  name: string;
  model: string;
  score: number;
  band: string | null;
}

const read = (): Promise<Read[]> =>
  world.rows<Read>(
    `select a.id as account, a.name, s.model, (round(s.score / 1e5) / 10)::float8 as score, s.band
     from account_scores s join accounts a on a.id = s.account_id order by s.model, a.id`,
  );

/** What an impact should have said, by what was read before and after. */
const changesBetween = (then: readonly Read[], later: readonly Read[]) => {
  const changed = then.flatMap((from, index) => {
    const to = later[index];
    if (!to || to.account !== from.account || to.model !== from.model) throw new Error('Other accounts than before.');
    const moved = to.band !== from.band;
    return to.score !== from.score || moved ? [{ ...from, to, moved }] : [];
  });
  const models = [...new Set([...readsInterest, ...changed.map(({ model }) => model)])].map((model) => {
    const of = changed.filter((each) => each.model === model);
    const change = of.reduce((sum, { score, to }) => sum + to.score - score, 0);
    return {
      ...{ model, accounts: of.length, up: of.filter(({ score, to }) => to.score > score).length },
      ...{ down: of.filter(({ score, to }) => to.score < score).length, change: Math.round(change * 10) / 10 },
      rebanded: of.filter(({ moved }) => moved).length,
      moved: of.map(({ name, score, to, band }) => [name, score, to.score, band, to.band]).sort(),
    };
  });
  return { accounts: new Set(changed.map(({ account }) => account)).size, models };
};

const said = ({ accounts, models }: AccountSide) => ({
  accounts,
  models: models.map(({ model, accounts: of, up, down, change, rebanded, examples, bands: moves }) => {
    expect(moves.reduce((sum, move) => sum + move.accounts, 0)).toBe(rebanded);
    const moved = examples.map(({ account, from, to, bandFrom, bandTo }) => [
      ...[account.name, from, to, bandFrom?.id ?? null, bandTo?.id ?? null],
    ]);
    return { model, accounts: of, up, down, change, rebanded, moved: moved.sort() };
  }),
});

test('what it says of accounts from now on, and of history, is what the read model then says', async () => {
  const then = await read();
  const { accounts, looked, of } = await impactOf([after]);
  expect(await read()).toEqual(then);
  expect([looked, of]).toEqual([23, 23]);
  if (!accounts?.history) throw new Error('Accounts were not looked at.');
  expect([accounts.looked, accounts.of]).toEqual([5, 5]);

  await world.publish([after], now);
  await touchContacts(world.deps);
  await world.drain(now);
  await refreshAccounts(world.deps, { now });
  const soon = changesBetween(then, await read());
  expect(said(accounts.now)).toEqual(soon);

  const jobs = { store: world.store, workflows: noTemporal };
  const jobId = await startRebuild(jobs, { contacts: null, fromHistory: true });
  await rebuildContacts(world.deps, { jobId, now });
  await refreshAccounts(world.deps, { now });
  const rebuilt = changesBetween(then, await read());
  expect(said(accounts.history)).toEqual(rebuilt);

  // The case is one in which something happens: scores go both ways, bands change, and history says something else.
  expect(rebuilt).not.toEqual(soon);
  for (const { models } of [soon, rebuilt]) {
    expect(models.map(({ model }) => model)).toEqual(readsInterest);
    expect(Math.max(...models.map(({ rebanded }) => rebanded))).toBeGreaterThan(0);
  }
  expect(Math.min(...rebuilt.models.map(({ accounts: changed }) => changed))).toBeGreaterThan(0);
});

test('everybody is counted once, whether played with an account or alone', async () => {
  const all = await impactOf([after]);
  await world.rows("update definitions set to_revision = from_revision where kind = 'account_model'");
  const { accounts, ...alone } = await impactOf([after]);
  expect(accounts).toBeNull();
  expect({ ...all.now, examples: [] }).toEqual({ ...alone.now, examples: [] });
  expect(all.history.models).toEqual(alone.history.models);
});

test('models that look at it are told of though nothing changes; those that do not are not', async () => {
  const renamed = { ...before, name: 'Interest, again' };
  const { accounts } = await impactOf([renamed]);
  expect(accounts?.now.accounts).toBe(0);
  expect(accounts?.now.models.map(({ model, accounts: of }) => [model, of])).toEqual(
    readsInterest.map((model) => [model, 0]),
  );
});

test('a sample plays no more contacts for accounts than it looks at, but for the last account', async () => {
  const { looked, accounts } = await impactOf([after], 3);
  expect(looked).toBe(3);
  expect(accounts).toMatchObject({ looked: 3, of: 5 });
});

test('stopped in the middle it goes on where it was, and says the same', async () => {
  const whole = await impactOf([after]);
  const documents = [definitionSchema.parse(after)];
  const jobs = { store: world.store, workflows: noTemporal };
  const jobId = await startImpact(jobs, { documents, sample: null, now });
  let pages = 0;
  const stop = new AbortController();
  const { pool } = world.store;
  const stopping = {
    ...world.deps,
    store: {
      ...world.store,
      pool: new Proxy(pool, {
        get: (target, property) => {
          if (property !== 'query') return Reflect.get(target, property) as unknown;
          return (...args: Parameters<typeof pool.query>) => {
            // The second page is being written: the attempt ends with it.
            if (String(args[0]).startsWith('update jobs') && ++pages === 1) stop.abort();
            return target.query(...args);
          };
        },
      }),
    },
  };
  await expect(measureImpact(stopping, { jobId, signal: stop.signal })).rejects.toThrow();
  await measureImpact(world.deps, { jobId });
  const [row] = await world.rows<{ result: Impact; done: number; total: number }>(
    'select result, done, total from jobs where id = $1',
    [jobId],
  );
  expect(row?.result).toEqual(whole);
  expect(row?.done).toBe(row?.total);
});
