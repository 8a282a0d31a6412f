import { refreshAccounts } from '@ripen/engine';
import {
  accountModelSchema,
  hasErrors,
  nodeTypeOf,
  Simulator,
  validate,
  type AccountModel,
  type Definitions,
  type EventInput,
  type FieldValue,
  type SimulationRecord,
} from '@ripen/shared';
import { documentsOf, history, historyStartsAt, lookAfterMs, richDefinitions } from '@ripen/shared/testing';
import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { seed, tellSeed } from '../../helpers/seed.ts';
import { createWorld, dayMs, plainModel, startAt, type World } from './support.ts';

beforeAll(tellSeed);

const worlds: World[] = [];
const newWorld = async (): Promise<World> => {
  const world = await createWorld();
  worlds.push(world);
  return world;
};
afterAll(() => Promise.all(worlds.map((world) => world[Symbol.asyncDispose]())));

/** An account as it is read, whichever way it was computed. */
interface Read {
  contacts: number;
  size: FieldValue | undefined;
  scores: Record<string, { score: number; shown: boolean }>;
}

const readAccounts = async (world: World): Promise<Record<string, Read>> => {
  const rows = await world.rows<{
    key: string;
    contacts: number;
    fields: Record<string, FieldValue>;
    scores: Read['scores'];
  }>(
    `select a.fields->>'account.id' as key, a.contacts, a.fields, (
       select coalesce(jsonb_object_agg(s.model, jsonb_build_object('score', s.score, 'shown', s.shown)), '{}')
       from account_scores s where s.account_id = a.id) as scores from accounts a`,
  );
  return Object.fromEntries(
    rows.map(({ key, contacts, fields, scores }) => [key, { contacts, size: fields['account.size'], scores }]),
  );
};

type Joins = { contactId: string; event: EventInput }[];
type Score = Extract<SimulationRecord, { kind: 'score' }>;

/** The slow way: every contact simulated, every account computed from all of its contacts, by the words of the definition. */
const recomputed = (
  definitions: Definitions,
  models: readonly AccountModel[],
  arrivals: Joins,
  at: number,
): Record<string, Read> => {
  const scores: Score[] = [];
  const simulator = new Simulator({
    definitions,
    historical: true,
    scoresAt: [at],
    emit: (record) => void (record.kind === 'score' && scores.push(record)),
  });
  const told = new Map<string, { key: string; size: FieldValue; at: number }>();
  for (const { contactId, event } of arrivals) {
    const { kind: _, ...rest } = event;
    simulator.take(structuredClone({ kind: 'arrival', contact: contactId, ...rest }));
    const key = event.fields?.['account.id'];
    if (key)
      told.set(contactId, { key: key as string, size: event.fields?.['account.size'] ?? null, at: event.occurredAt }); // Text below.
  }
  simulator.advance(at);
  simulator.finish();
  const accounts: Record<string, Read> = {};
  for (const key of new Set([...told.values()].map((one) => one.key))) {
    const members = [...told]
      .filter(([, one]) => one.key === key)
      .sort(([a, x], [b, y]) => y.at - x.at || (a < b ? -1 : 1));
    const size = members[0]?.[1].size;
    const read: Read = { contacts: members.length, size, scores: {} };
    for (const model of models) {
      let points = 0;
      for (const { model: id, part, together, cap } of model.contacts) {
        const brought = members
          .flatMap(([contact]) =>
            scores.filter((score) => score.contact === contact && score.model === id && score.shown),
          )
          .map((score) => Math.round((part === 'all' ? score.score : score.behaviour) * 1e6))
          .sort((a, b) => b - a);
        const counted = together.kind === 'maximum' ? 1 : together.kind === 'top' ? together.count : brought.length;
        const sum = brought.slice(0, counted).reduce((a, b) => a + b, 0);
        const value = together.kind === 'average' && brought.length > 0 ? Math.round(sum / brought.length) : sum;
        points += Math.min(value, (cap ?? Infinity) * 1e6);
      }
      const isLarge = Number(size) >= 50;
      if (isLarge) points += 20e6;
      const score = Math.min(model.clamp.max * 1e6, Math.max(model.clamp.min * 1e6, points));
      read.scores[model.id] = { score, shown: model.id !== 'large' || isLarge };
    }
    accounts[key] = read;
  }
  return accounts;
};

const together = fc.oneof(
  fc.constantFrom({ kind: 'sum' }, { kind: 'maximum' }, { kind: 'average' }),
  fc.integer({ min: 1, max: 3 }).map((count) => ({ kind: 'top', count })),
);
const large = { kind: 'field', field: 'account.size', is: { op: 'at_least', value: 50 } };

/** Who is asked, and when they answer, is another test's business. */
const asksNobody = (definitions: Definitions): Definitions => ({
  ...definitions,
  automations: definitions.automations.filter(
    ({ graph }) => !graph.nodes.some((node) => nodeTypeOf(node).kind === 'answering'),
  ),
});

const fades = ({ models }: Definitions): boolean => models.some(({ halfLifeDays }) => halfLifeDays !== undefined);
const unfading = (definitions: Definitions): Definitions => ({
  ...definitions,
  models: definitions.models.map(({ halfLifeDays: _, ...model }) => model),
});

/** Two account models over the contact models there are: one for all, one for large accounts. */
const accountModels = (definitions: Definitions): fc.Arbitrary<AccountModel[]> => {
  const part = fc.record(
    {
      model: fc.constantFrom(...definitions.models.map(({ id }) => id)),
      part: fc.constantFrom('all', 'behaviour'),
      together,
      cap: fc.integer({ min: 0, max: 60 }),
    },
    { requiredKeys: ['model'] },
  );
  return fc
    .tuple(fc.array(part, { minLength: 1, maxLength: 3 }), fc.array(part, { maxLength: 2 }))
    .map(([one, other]) =>
      [
        { id: 'all', contacts: one, clamp: { min: -50, max: 120 } },
        { id: 'large', contacts: other, audience: large },
      ].map((given) =>
        accountModelSchema.parse({
          kind: 'account_model',
          name: given.id,
          groups: [{ id: 'fit', name: 'Fit' }],
          rules: [{ id: 'size', name: 'Large', group: 'fit', points: 20, when: large }],
          ...given,
        }),
      ),
    );
};

/** Now and then a contact says whose it is: after which of its arrivals, and what. */
const joins = fc.array(
  fc.record({
    after: fc.integer({ min: 0, max: 8 }),
    account: fc.constantFrom('acme', 'globex'),
    size: fc.integer({ min: 0, max: 100 }),
  }),
  { minLength: 1, maxLength: 3 },
);

const withJoins = (
  contactId: string,
  events: readonly EventInput[],
  joined: readonly { after: number; account: string; size: number }[],
): Joins =>
  events.flatMap((event, index) => [
    { contactId, event },
    ...joined
      .filter(({ after }) => after === index)
      .slice(0, 1)
      .map(({ account, size }): Joins[number] => ({
        contactId,
        event: {
          ...event,
          messageId: `${event.messageId}-joins`,
          type: 'group',
          properties: {},
          fields: { 'account.id': account, 'account.size': size },
          occurredAt: event.arrivedAt,
          backfilled: false,
        },
      })),
  ]);

const cases = fc.sample(
  richDefinitions
    .map(asksNobody)
    .filter((definitions) => !hasErrors(validate(definitions)))
    .chain((definitions) =>
      fc.record({
        // Where nothing fades, what was looked at long ago must still be right.
        definitions: fc.boolean().map((fades) => (fades ? definitions : unfading(definitions))),
        models: accountModels(definitions),
        contacts: fc.array(fc.tuple(history(), joins), { minLength: 4, maxLength: 8 }),
        look: lookAfterMs,
        batchSize: fc.constantFrom(3, 50, 1_000),
        refreshes: fc.integer({ min: 1, max: 4 }),
      }),
    ),
  { seed, numRuns: 12 },
);

test.each(cases.map((each, index) => ({ ...each, index })))(
  'account read model = recomputation (case $index)',
  async ({ definitions, models, contacts, look, batchSize, refreshes }) => {
    const world = await newWorld();
    await world.publish([...documentsOf(definitions), ...models], historyStartsAt);
    const arrivals: Joins = [];
    for (const [index, [events, joined]] of contacts.entries()) {
      const contactId = await world.contact(`contact ${index}`);
      const named = events.map((event) => ({ ...event, messageId: `${index}-${event.messageId}`, backfilled: true }));
      arrivals.push(...withJoins(contactId, named, joined));
    }
    arrivals.sort((a, b) => a.event.arrivedAt - b.event.arrivedAt);
    const until = Math.max(...arrivals.map(({ event }) => event.arrivedAt)) + look;
    // Some of the past, a look at the accounts, some more of it: what is looked at early must not stay.
    const share = Math.ceil(arrivals.length / refreshes);
    for (let from = 0; from < arrivals.length; from += share) {
      const some = arrivals.slice(from, from + share);
      await world.accept(
        some.map(({ contactId, event }) => ({
          ...event,
          contactId,
          at: event.occurredAt,
          receivedAt: event.arrivedAt,
        })),
      );
      await world.drain(some.at(-1)?.event.arrivedAt ?? until, batchSize);
      await refreshAccounts(world.deps, { now: some.at(-1)?.event.arrivedAt ?? until });
    }
    await world.drain(until, batchSize);
    // Fading scores are compared as of one moment.
    if (fades(definitions)) await world.rows('update accounts set look_at = $1', [until]);
    await refreshAccounts(world.deps, { now: until });
    const read = await readAccounts(world);
    expect(read).toEqual(recomputed({ ...definitions, accountModels: models }, models, arrivals, until));
    expect(await world.rows('select 1 from account_marks')).toEqual([]);
    for (const [key, { contacts: count }] of Object.entries(read)) expect(count, key).toBeGreaterThan(0);
  },
  120_000,
);

test('the cases have accounts with several contacts, contacts that moved, and scores above zero', async () => {
  const sizes = await Promise.all(
    worlds.map((world) =>
      world.rows<{ contacts: number; best: number }>(
        'select contacts, (select max(score) from account_scores where account_id = id)::float8 as best from accounts',
      ),
    ),
  );
  const accounts = sizes.flat();
  expect(accounts.filter(({ contacts }) => contacts > 1).length).toBeGreaterThan(8);
  expect(accounts.filter(({ best }) => best > 0).length).toBeGreaterThan(12);
});

const sheet = { kind: 'account_model' as const, id: 'company', name: 'Company', contacts: [{ model: 'score' }] };

test('an account follows its contacts within a look: who comes, acts, leaves', async () => {
  const world = await newWorld();
  await world.publish([plainModel, sheet], startAt);
  const [ann, bob] = [await world.contact('ann'), await world.contact('bob')];
  const join = (contactId: string, account: string, at: number) => ({
    contactId,
    type: 'group',
    at,
    fields: { 'account.id': account },
  });
  await world.accept([
    join(ann, 'acme', startAt),
    join(bob, 'acme', startAt),
    { contactId: ann, type: 'form_submitted', at: startAt },
  ]);
  await world.drain(startAt);
  await refreshAccounts(world.deps, { now: startAt });
  expect(await readAccounts(world)).toEqual({
    acme: { contacts: 2, size: undefined, scores: { company: { score: 10e6, shown: true } } },
  });

  await world.accept([{ contactId: bob, type: 'page_viewed', at: startAt + 1 }]);
  await world.drain(startAt + 1);
  expect(await refreshAccounts(world.deps, { now: startAt + 1 })).toBe(1);
  expect((await readAccounts(world))['acme']?.scores['company']?.score).toBe(12e6);

  await world.accept([join(ann, 'globex', startAt + 2), join(bob, 'globex', startAt + 2)]);
  await world.drain(startAt + 2);
  await refreshAccounts(world.deps, { now: startAt + 2 });
  expect(await readAccounts(world)).toMatchObject({ globex: { contacts: 2 } });
  expect(Object.keys(await readAccounts(world))).toEqual(['globex']);
});

test('decay that falls due without anybody doing anything reaches the account', async () => {
  const world = await newWorld();
  await world.publish([plainModel, sheet], startAt);
  const ann = await world.contact('ann');
  await world.accept([{ contactId: ann, type: 'form_submitted', at: startAt, fields: { 'account.id': 'acme' } }]);
  await world.drain(startAt);
  await refreshAccounts(world.deps, { now: startAt });
  await world.drain(startAt + 61 * dayMs);
  await refreshAccounts(world.deps, { now: startAt + 61 * dayMs });
  expect((await readAccounts(world))['acme']?.scores['company']?.score).toBe(5e6);
});

test('a published account model scores accounts that are there, an archived one is gone', async () => {
  const world = await newWorld();
  await world.publish([plainModel], startAt);
  const ann = await world.contact('ann');
  await world.accept([{ contactId: ann, type: 'form_submitted', at: startAt, fields: { 'account.id': 'acme' } }]);
  await world.drain(startAt);
  await refreshAccounts(world.deps, { now: startAt });
  expect(await readAccounts(world)).toEqual({ acme: { contacts: 1, size: undefined, scores: {} } });
  await world.publish([sheet], startAt);
  await refreshAccounts(world.deps, { now: startAt });
  expect((await readAccounts(world))['acme']?.scores).toEqual({ company: { score: 10e6, shown: true } });
  await world.publish([{ ...sheet, id: 'other' }], startAt);
  await world.rows("update definitions set to_revision = (select revision from definitions_head) where id = 'company'");
  await world.publish([{ ...sheet, id: 'other', clamp: { min: 0, max: 5 } }], startAt);
  await refreshAccounts(world.deps, { now: startAt });
  expect((await readAccounts(world))['acme']?.scores).toEqual({ other: { score: 5e6, shown: true } });
});

test('while lanes have much to do, a look at accounts rests, and looks at all of them all the same', async () => {
  const world = await newWorld();
  await world.publish([plainModel, sheet], startAt);
  const contacts = await Promise.all(Array.from({ length: 60 }, (_, index) => world.contact(`contact-${index}`)));
  const all = (type: string, at: number) =>
    world.accept(
      contacts.flatMap((contactId, index) =>
        Array.from({ length: type === 'group' ? 1 : 10 }, () => ({
          ...{ contactId, type, at },
          fields: { 'account.id': `account-${index}` },
        })),
      ),
    );
  const rests: number[] = [];
  const rest = (ms: number): Promise<void> => Promise.resolve(void rests.push(ms));
  await all('group', startAt);
  await world.drain(startAt);
  await all('page_viewed', startAt + 1);
  expect(await refreshAccounts(world.deps, { now: startAt, rest })).toBe(60);
  expect(rests.length).toBeGreaterThan(0);
  expect(Math.min(...rests)).toBeGreaterThan(0);

  await world.drain(startAt + 1);
  rests.length = 0;
  expect(await refreshAccounts(world.deps, { now: startAt + 1, rest })).toBe(60);
  expect(rests).toEqual([]);
});

test('scores that no account model looks at mark nothing', async () => {
  const world = await newWorld();
  await world.publish([plainModel], startAt);
  const ann = await world.contact('ann');
  await world.accept([{ contactId: ann, type: 'group', at: startAt, fields: { 'account.id': 'acme' } }]);
  await world.drain(startAt);
  await refreshAccounts(world.deps, { now: startAt });
  await world.accept([{ contactId: ann, type: 'page_viewed', at: startAt + 1 }]);
  await world.drain(startAt + 1);
  expect(await world.rows('select 1 from account_marks')).toEqual([]);
});

test('contacts from before there were accounts are asked where they belong', async () => {
  const world = await newWorld();
  await world.publish([plainModel, sheet], startAt);
  const ann = await world.contact('ann');
  await world.accept([{ contactId: ann, type: 'form_submitted', at: startAt, fields: { company: 'Acme' } }]);
  await world.drain(startAt);
  await world.rows('truncate account_members, account_marks');
  await refreshAccounts(world.deps, { now: startAt });
  expect(await world.rows('select name, contacts from accounts')).toEqual([{ name: 'Acme', contacts: 1 }]);
});
