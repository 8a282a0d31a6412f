import { closeImport, openImport, rebuildContacts, refreshAccounts, sayOfAccounts, startRebuild } from '@ripen/engine';
import { accountIdFrom, Simulator, type DefinitionInput, type FieldValue, type LedgerEntry } from '@ripen/shared';
import { afterEach, expect, test } from 'vitest';
import { noTemporal } from '../../helpers/no-temporal.ts';
import { createWorld, startAt, type World } from './support.ts';

let world: World;
afterEach(() => world[Symbol.asyncDispose]());

const large = { kind: 'field' as const, field: 'account.employees', is: { op: 'at_least' as const, value: 100 } };
const definitions: DefinitionInput[] = [
  {
    kind: 'model',
    id: 'fit',
    name: 'Fit',
    groups: [{ id: 'firm', name: 'Firm', kind: 'profile' }],
    rules: [{ kind: 'profile', id: 'large', name: 'Large', group: 'firm', points: 30, when: large }],
  },
  {
    kind: 'account_model',
    id: 'company',
    name: 'Company',
    contacts: [{ model: 'fit', together: { kind: 'maximum' } }],
    groups: [{ id: 'size', name: 'Size' }],
    rules: [{ id: 'large', name: 'Large', group: 'size', points: 5, when: large }],
  },
];
const acme = accountIdFrom({ id: 'acme' }) ?? '';

const newWorld = async (): Promise<void> => {
  world = await createWorld();
  await world.publish(definitions, startAt);
};
const say = (value: FieldValue, at: number, field = 'account.employees') =>
  sayOfAccounts(world.deps, [{ accountId: acme, field, value, at, by: 'Ada', reason: 'asked them' }]);
const join = async (name: string, at: number, more: { importId?: string } = {}): Promise<string> => {
  const contactId = await world.contact(name);
  await world.accept([{ contactId, type: 'group', at, fields: { 'account.id': 'acme' }, ...more }]);
  return contactId;
};
/** Accounts are looked at and lanes drained until neither has anything to do. */
const settle = async (now: number): Promise<void> => {
  do await world.drain(now);
  while ((await refreshAccounts(world.deps, { now })) > 0);
};
const tellings = async (): Promise<number> =>
  (await world.rows("select 1 from events where type = 'ripen.account_fields'")).length;
const fieldOf = async (contact: string): Promise<FieldValue | undefined> =>
  (await world.subject(contact)).fields['account.employees'];
const companyScore = () => world.rows<{ score: number }>('select score::float8 / 1e6 as score from account_scores');

test('every contact of the account hears it once, and both its score and the account follow', async () => {
  await newWorld();
  const [ann, bob] = [await join('ann', startAt), await join('bob', startAt)];
  await settle(startAt);
  await say(250, startAt + 1);
  await settle(startAt + 2);
  expect([await fieldOf(ann), await fieldOf(bob), await tellings()]).toEqual([250, 250, 2]);
  expect(await companyScore()).toEqual([{ score: 35 }]);
  await settle(startAt + 3);
  await say(250, startAt + 1);
  await settle(startAt + 4);
  expect(await tellings()).toBe(2);
  await say(null, startAt + 5);
  await settle(startAt + 6);
  expect([await fieldOf(ann), await companyScore()]).toEqual([null, [{ score: 0 }]]);
});

test('looked at again before lanes come to it, nobody is told twice', async () => {
  await newWorld();
  const ann = await join('ann', startAt);
  await settle(startAt);
  await say(250, startAt + 1);
  await refreshAccounts(world.deps, { now: startAt + 1 });
  await world.rows('insert into account_marks (account_id) values ($1)', [acme]);
  await refreshAccounts(world.deps, { now: startAt + 2 });
  await settle(startAt + 3);
  expect([await fieldOf(ann), await tellings()]).toEqual([250, 1]);
});

test('who comes later hears it too, unless it brings something newer', async () => {
  await newWorld();
  await say(250, startAt);
  await settle(startAt);
  expect(await world.rows('select 1 from accounts')).toEqual([]);
  const ann = await join('ann', startAt + 10);
  const bob = await world.contact('bob');
  await world.accept([
    { contactId: bob, type: 'group', at: startAt + 10, fields: { 'account.id': 'acme', 'account.employees': 20 } },
  ]);
  await settle(startAt + 11);
  expect([await fieldOf(ann), await fieldOf(bob)]).toEqual([250, 20]);
  // What a contact said last is what the account shows; the older word stands with whom it reached.
  expect(await world.rows("select fields->'account.employees' as employees from accounts")).toEqual([
    { employees: 20 },
  ]);
});

test('who is being loaded hears it when the load is over: the past is applied first', async () => {
  await newWorld();
  await say(250, startAt + 100);
  const { id: importId } = await openImport(world.deps, { name: 'history' });
  const ann = await join('ann', startAt, { importId });
  await world.rows('update contacts set held_by = $1', [importId]);
  await world.drain(startAt + 200);
  await refreshAccounts(world.deps, { now: startAt + 200 });
  await world.accept([{ contactId: ann, type: 'page_viewed', at: startAt + 1, importId }]);
  await settle(startAt + 201);
  expect([await fieldOf(ann), (await world.subject(ann)).clock]).toEqual([undefined, startAt + 1]);
  await closeImport(world.deps, { importId });
  await settle(startAt + 202);
  expect(await fieldOf(ann)).toBe(250);
});

test('live, rebuilt and simulated books are the same', async () => {
  await newWorld();
  await join('ann', startAt);
  await settle(startAt);
  await say(250, startAt + 1);
  await settle(startAt + 2);
  await say(20, startAt + 3);
  await settle(startAt + 4);
  const ledger = (generation: number) =>
    world.rows<{ seq: number; kind: string; points: number; at: number; cause: string }>(
      'select seq, kind, points::float8 as points, at, cause from ledger where generation = $1 order by contact_id, seq',
      [generation],
    );
  const live = await ledger(1);
  expect(live.map(({ kind }) => kind)).toEqual(['profile', 'reversal']);
  const jobId = await startRebuild({ store: world.store, workflows: noTemporal }, { contacts: null });
  await rebuildContacts(world.deps, { jobId, now: startAt + 5 });
  expect(await ledger(2)).toEqual(live);
  const entries: LedgerEntry[] = [];
  const simulator = new Simulator({
    definitions: (await world.deps.programs.at(world.store.pool, 1)).definitions,
    emit: (record) => void (record.kind === 'entry' && entries.push(record.entry)),
  });
  for (const arrival of await world.rows<Record<string, unknown>>(
    `select contact_id as contact, message_id as "messageId", type, properties, fields, occurred_at as "occurredAt",
       arrived_at as "arrivedAt", backfilled from events order by seq`,
  ))
    // Rows of `events` are what an export writes.
    simulator.take({ kind: 'arrival', ...arrival });
  simulator.finish();
  expect(entries.map(({ seq, kind, points, at, cause }) => ({ seq, kind, points, at, cause }))).toEqual(live);
});
