import { measureImpact, refreshAccounts, startImpact, startRebuild, rebuildContacts } from '@ripen/engine';
import { definitionSchema, scoreAt, type Definition, type DefinitionInput, type Impact } from '@ripen/shared';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { noTemporal } from '../../helpers/no-temporal.ts';
import { createWorld, type World } from './support.ts';

const startAt = Date.UTC(2026, 0, 5, 9);
const dayMs = 86_400_000;
const now = startAt + 10 * dayMs;

const model = (open: number, fit: number): DefinitionInput => ({
  kind: 'model',
  id: 'interest',
  name: 'Interest',
  groups: [
    { id: 'acts', name: 'Acts', kind: 'behaviour' },
    { id: 'fit', name: 'Fit', kind: 'profile' },
  ],
  rules: [
    {
      kind: 'behaviour',
      id: 'open',
      name: 'Opened',
      group: 'acts',
      points: open,
      event: 'opened',
      counts: { kind: 'every_time' },
    },
    {
      kind: 'profile',
      id: 'us',
      name: 'US',
      group: 'fit',
      points: fit,
      when: { kind: 'field', field: 'country', is: { op: 'equals', value: 'US' } },
    },
  ],
});
const lifecycle: DefinitionInput = {
  kind: 'lifecycle',
  model: 'interest',
  stages: [{ id: 'mql', name: 'MQL', threshold: 20 }],
};
const parsed = (document: DefinitionInput): Definition => definitionSchema.parse(document);

let world: World;
let ids: string[];
beforeEach(async () => {
  world = await createWorld();
  await world.publish([model(5, 3), lifecycle], startAt);
  ids = await Promise.all(['ada', 'ben', 'cleo'].map((name) => world.contact(name)));
  const [ada = '', ben = '', cleo = ''] = ids;
  const opened = (contactId: string, day: number) => ({ contactId, type: 'opened', at: startAt + day * dayMs });
  const country = (contactId: string, value: string) => ({
    contactId,
    type: 'identify',
    at: startAt,
    fields: { country: value },
  });
  await world.accept([country(ada, 'US'), country(ben, 'DE'), country(cleo, 'US')]);
  await world.accept([opened(ada, 1), opened(ada, 2), opened(ada, 3), opened(ben, 1)]);
  await world.drain(now);
});
afterEach(() => world[Symbol.asyncDispose]());

const impactOf = async (
  sample: number | null = null,
  documents: Definition[] = [parsed(model(7, 4))],
): Promise<Impact> => {
  const jobId = await startImpact({ store: world.store, workflows: noTemporal }, { documents, sample, now });
  await measureImpact(world.deps, { jobId });
  const [row] = await world.rows<{ result: Impact }>('select result from jobs where id = $1', [jobId]);
  if (!row) throw new Error('There is no such job.');
  return row.result;
};

test('says who moves by how much, at once and if the past counted too, and touches nothing', async () => {
  const before = await world.rows('select state from contacts order by id');
  const impact = await impactOf();
  expect(await world.rows('select state from contacts order by id')).toEqual(before);
  expect([impact.looked, impact.of]).toEqual([3, 3]);
  // From now on, only who they are counts anew: +1 for the two in the US.
  expect(impact.now).toMatchObject({
    contacts: 2,
    models: [{ model: 'interest', up: 2, down: 0, change: 2 }],
    moves: [],
  });
  // From history every opening counts 7: 18 becomes 25, 5 becomes 7, 3 becomes 4.
  expect(impact.history.models).toEqual([{ model: 'interest', up: 3, down: 0, change: 10 }]);
  expect(impact.history.moves).toEqual([{ from: null, to: 'mql', contacts: 1 }]);
  expect(impact.history.examples[0]).toMatchObject({ from: 18, to: 25, stageFrom: null, stageTo: 'mql' });
});

test('a sample looks at so many, and says so', async () => {
  const impact = await impactOf(2);
  expect([impact.looked, impact.of]).toEqual([2, 3]);
});

test('what it says of history is what the rebuild then does', async () => {
  const { history } = await impactOf();
  const scores = async (): Promise<number[]> => {
    const head = await world.rows<{ revision: number }>('select revision from definitions_head');
    const { program } = await world.deps.programs.at(world.store.pool, head[0]?.revision ?? 0);
    return Promise.all(ids.map(async (id) => scoreAt(program, await world.subject(id), 'interest', now).score));
  };
  const before = await scores();
  await world.publish([model(7, 4)], now);
  const jobId = await startRebuild(
    { store: world.store, workflows: noTemporal },
    { contacts: null, fromHistory: true },
  );
  await rebuildContacts(world.deps, { jobId, now });
  const changes = (await scores()).map((score, index) => score - (before[index] ?? 0));
  expect(changes.reduce((sum, change) => sum + change, 0)).toBe(history.models[0]?.change);
  expect(changes.filter((change) => change > 0)).toHaveLength(history.models[0]?.up ?? 0);
});

const company = (together: 'sum' | 'maximum', hot: number): Definition =>
  parsed({
    kind: 'account_model',
    id: 'company',
    name: 'Company',
    contacts: [{ model: 'interest', together: { kind: together } }],
    bands: [
      { id: 'cold', name: 'Cold', from: 0 },
      { id: 'hot', name: 'Hot', from: hot },
    ],
  });

const openAccounts = async (): Promise<void> => {
  const accounts = ['acme', 'globex', 'acme'];
  await world.accept(
    ids.map((contactId, index) => ({
      ...{ contactId, type: 'identify', at: now },
      fields: { 'account.id': accounts[index] ?? '', 'account.name': accounts[index] ?? '' },
    })),
  );
  await world.drain(now);
  await refreshAccounts(world.deps, { now });
};

test('of a model for accounts says which of them change, by how much, and to which band', async () => {
  await openAccounts();
  await world.publish([company('sum', 20)], now);
  // 18 and 3 are 21 together, 18 at most; 5 alone are 5 either way.
  const impact = await impactOf(null, [company('maximum', 20)]);
  expect(impact).toMatchObject({ looked: 0, now: { contacts: 0 }, history: { contacts: 0 } });
  const model = {
    ...{ model: 'company', name: 'Company', up: 0, down: 1, change: -3, rebanded: 1 },
    bands: [{ from: { id: 'hot' }, to: { id: 'cold' }, accounts: 1 }],
    examples: [{ account: { name: 'acme' }, from: 21, to: 18, bandFrom: { name: 'Hot' }, bandTo: { name: 'Cold' } }],
  };
  expect(impact.accounts).toMatchObject({ looked: 2, of: 2, now: { accounts: 1, models: [model] }, history: null });
});

test('of a first model for accounts, everybody comes from nothing; a band alone that moves is a change', async () => {
  await openAccounts();
  const first = await impactOf(null, [company('sum', 20)]);
  expect(first.accounts?.now.models).toMatchObject([{ model: 'company', up: 2, down: 0, change: 26, rebanded: 2 }]);
  await world.publish([company('sum', 20)], now);
  const moved = await impactOf(null, [company('sum', 5)]);
  expect(moved.accounts?.now).toMatchObject({ accounts: 1, models: [{ up: 0, down: 0, change: 0, rebanded: 1 }] });
  expect((await impactOf(1, [company('maximum', 20)])).accounts).toMatchObject({ looked: 1, of: 2 });
});
