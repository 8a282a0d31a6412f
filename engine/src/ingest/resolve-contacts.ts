import {
  IdentityResolver,
  slotOf,
  type IdentityChanges,
  type IdentityKeys,
  type IdentityKind,
  type Resolution,
} from '@ripen/shared';
import { bulk, plainArray, textArray } from '../store/bulk.ts';
import type { Transaction } from '../store/store.ts';

interface KnownRow {
  kind: IdentityKind;
  value: string;
  id: string;
  user_id: string | null;
  email: string | null;
}

/** Another batch wrote the same identities at the same time so often that this one gave up. */
export class IdentityContentionError extends Error {
  constructor() {
    super('Other batches keep changing the same identities. Send the batch again.');
    this.name = 'IdentityContentionError';
  }
}

const maxAttempts = 20;

/**
 * Decides whose each event is, and writes down what was learnt, in a constant number of statements. Concurrent batches
 * never make two contacts of one identity, and never wait for each other in a circle:
 *
 * 1. The decision is made from what is committed. Batches that teach nothing new stop here and lock nothing; most of them at
 *    the first look, which does without the contacts.
 * 2. Existing contacts that gain an identity or are merged are locked in the order of their ids, and the decision is made
 *    again from what is committed by then. If it now touches others, the locks are given back and it starts over.
 * 3. New identities are inserted in order. One that another batch was faster with gives everything back to start over. Where
 *    nobody is known, this comes first.
 */
export const resolveContacts = async (
  tx: Transaction,
  keys: readonly IdentityKeys[],
  heldBy: string | null,
): Promise<Resolution[]> => {
  const wanted = distinct(keys);
  const ids = await loadIds(tx, wanted);
  const settled = settle(keys, wanted, ids);
  if (settled) {
    if (heldBy !== null) await hold(tx, settled, heldBy);
    return settled;
  }
  if (ids.every((id) => id === '')) {
    const created = await createAll(tx, keys, heldBy);
    if (created) return created;
  }
  for (let attempt = 1; attempt <= maxAttempts; attempt++) {
    let decision = decide(keys, await load(tx, wanted));
    if (isEmpty(decision.changes)) {
      if (heldBy !== null) await hold(tx, decision.resolutions, heldBy);
      return decision.resolutions;
    }
    await tx.query('savepoint identities');
    const locked = touchedBy(decision.changes);
    if (locked.length > 0 || heldBy !== null) {
      await lock(tx, locked, heldBy === null ? [] : decision.resolutions);
      decision = decide(keys, await load(tx, wanted));
    }
    const held = new Set(locked);
    if (touchedBy(decision.changes).every((id) => held.has(id)) && (await insertIdentities(tx, decision.changes))) {
      await writeContacts(tx, decision.changes, heldBy);
      if (heldBy !== null) await hold(tx, decision.resolutions, heldBy);
      await tx.query('release savepoint identities');
      return decision.resolutions;
    }
    await tx.query('rollback to savepoint identities');
  }
  throw new IdentityContentionError();
};

/** When nobody is known yet, as in first loads, there is nobody to lock. Null when another batch was faster with one of them. */
const createAll = async (
  tx: Transaction,
  keys: readonly IdentityKeys[],
  heldBy: string | null,
): Promise<Resolution[] | null> => {
  const { resolutions, changes } = decide(keys, []);
  await tx.query('savepoint identities');
  if (await insertIdentities(tx, changes)) {
    await writeContacts(tx, changes, heldBy);
    await tx.query('release savepoint identities');
    return resolutions;
  }
  await tx.query('rollback to savepoint identities');
  return null;
};

/** The resolutions when every event names known identities of one contact only, so that there is nothing to learn; else null. */
const settle = (keys: readonly IdentityKeys[], { places }: Wanted, ids: readonly string[]): Resolution[] | null => {
  const resolutions: Resolution[] = [];
  for (const key of keys) {
    let contactId: string | undefined;
    for (const kind of kinds) {
      const value = key[kind];
      if (value === null) continue;
      const id = ids[places[kind].get(value) ?? -1];
      if (!id || (contactId !== undefined && contactId !== id)) return null;
      contactId = id;
    }
    if (contactId === undefined) return null;
    resolutions.push({ contactId, merges: [] });
  }
  return resolutions;
};

interface Decision {
  resolutions: Resolution[];
  changes: IdentityChanges;
}

const decide = (keys: readonly IdentityKeys[], known: readonly KnownRow[]): Decision => {
  const resolver = new IdentityResolver();
  for (const row of known) resolver.know(row.kind, row.value, { id: row.id, userId: row.user_id, email: row.email });
  return { resolutions: keys.map((key) => resolver.resolve(key)), changes: resolver.takeChanges() };
};

const isEmpty = (changes: IdentityChanges): boolean =>
  changes.created.length + changes.updated.length + changes.identities.length + changes.merges.length === 0;

/** Contacts that exist already and that the changes concern, in order. */
const touchedBy = (changes: IdentityChanges): string[] => {
  const created = new Set(changes.created.map((contact) => contact.id));
  const touched = new Set<string>();
  const add = (id: string): void => {
    if (!created.has(id)) touched.add(id);
  };
  for (const contact of changes.updated) add(contact.id);
  for (const identity of changes.identities) add(identity.contactId);
  for (const merge of changes.merges) {
    add(merge.absorbed);
    add(merge.survivor);
  }
  return [...touched].sort();
};

const kinds = ['user', 'email', 'anonymous'] as const;

/** Distinct identities, and at which place each is. */
interface Wanted {
  kinds: IdentityKind[];
  values: string[];
  places: Record<IdentityKind, Map<string, number>>;
}

const distinct = (keys: readonly IdentityKeys[]): Wanted => {
  const wanted: Wanted = {
    kinds: [],
    values: [],
    places: { user: new Map(), email: new Map(), anonymous: new Map() },
  };
  for (const key of keys) {
    for (const kind of kinds) {
      const value = key[kind];
      if (value === null || wanted.places[kind].has(value)) continue;
      wanted.places[kind].set(value, wanted.values.length);
      wanted.kinds.push(kind);
      wanted.values.push(value);
    }
  }
  return wanted;
};

/** Whose each identity is, in their order; empty where nobody's. All in one value: a row for each costs several times as much. */
const loadIds = async (tx: Transaction, wanted: Wanted): Promise<string[]> => {
  const { rows } = await tx.query<{ ids: string | null }>({
    name: 'identities_load',
    text: `select string_agg(coalesce(i.contact_id::text, ''), ',' order by k.place) as ids
      from unnest($1::text[], $2::text[]) with ordinality as k (kind, value, place)
      left join identities i on i.kind = k.kind and i.value = k.value`,
    values: [plainArray(wanted.kinds), textArray(wanted.values)],
  });
  return rows[0]?.ids?.split(',') ?? [];
};

const load = async (tx: Transaction, wanted: Wanted): Promise<KnownRow[]> => {
  const { rows } = await tx.query<KnownRow>({
    name: 'identities_load_contacts',
    text: `select i.kind, i.value, i.contact_id as id, c.user_id, c.email
      from unnest($1::text[], $2::text[]) as k (kind, value)
      join identities i on i.kind = k.kind and i.value = k.value
      join contacts c on c.id = i.contact_id`,
    values: [plainArray(wanted.kinds), textArray(wanted.values)],
  });
  return rows;
};

/** Locks contacts in order: those that change, and of a historical load's those that nothing holds yet. */
const lock = async (tx: Transaction, changing: readonly string[], toHold: readonly Resolution[]): Promise<void> => {
  await tx.query(
    `select from contacts where id = any($1::uuid[]) or (id = any($2::uuid[]) and held_by is null)
     order by id for no key update`,
    [plainArray(changing), plainArray([...new Set(toHold.map((resolution) => resolution.contactId))])],
  );
};

const identityRows = bulk<{ kind: string; value: string; contactId: string }>(
  'new_identities',
  {
    kind: { type: 'text', of: (row) => row.kind },
    value: { type: 'text', of: (row) => row.value },
    contact_id: { type: 'uuid', of: (row) => row.contactId },
  },
  `insert into identities (kind, value, contact_id) select kind, value, contact_id from :rows order by kind, value
   on conflict do nothing`,
);

/** False when another batch was faster with one of them. */
const insertIdentities = async (tx: Transaction, { identities }: IdentityChanges): Promise<boolean> => {
  if (identities.length === 0) return true;
  const { rowCount } = await identityRows.run(tx, identities);
  return rowCount === identities.length;
};

interface NewContact {
  id: string;
  userId: string | null;
  email: string | null;
  heldBy: string | null;
  mergedInto: string | null;
}

const newContacts = bulk<NewContact>(
  'new_contacts',
  {
    id: { type: 'uuid', of: (row) => row.id },
    slot: { type: 'smallint', of: (row) => slotOf(row.id) },
    user_id: { type: 'text', of: (row) => row.userId },
    email: { type: 'text', of: (row) => row.email },
    held_by: { type: 'uuid', of: (row) => row.heldBy },
    merged_into: { type: 'uuid', of: (row) => row.mergedInto },
  },
  `insert into contacts (id, slot, state, user_id, email, held_by, merged_into)
   select id, slot, '{}', user_id, email, held_by, merged_into from :rows`,
);

const writeContacts = async (tx: Transaction, changes: IdentityChanges, heldBy: string | null): Promise<void> => {
  const survivors = new Map(changes.merges.map((merge) => [merge.absorbed, merge.survivor]));
  if (changes.created.length > 0) {
    await newContacts.run(
      tx,
      changes.created.map((contact) => ({ ...contact, heldBy, mergedInto: survivors.get(contact.id) ?? null })),
    );
  }
  if (changes.updated.length > 0) {
    await tx.query(
      `update contacts c set user_id = r.user_id, email = r.email
       from unnest($1::uuid[], $2::text[], $3::text[]) as r (id, user_id, email) where c.id = r.id`,
      [
        plainArray(changes.updated.map((contact) => contact.id)),
        textArray(changes.updated.map((contact) => contact.userId)),
        textArray(changes.updated.map((contact) => contact.email)),
      ],
    );
  }
  if (changes.merges.length > 0) {
    const columns = [plainArray([...survivors.keys()]), plainArray([...survivors.values()])];
    await tx.query(
      `update identities i set contact_id = r.survivor
       from unnest($1::uuid[], $2::uuid[]) as r (absorbed, survivor) where i.contact_id = r.absorbed`,
      columns,
    );
    await tx.query(
      `update contacts c set merged_into = r.survivor
       from unnest($1::uuid[], $2::uuid[]) as r (absorbed, survivor) where c.id = r.absorbed`,
      columns,
    );
  }
};

/** Holds the dues of contacts that a historical load touches, until it is closed. */
const hold = async (tx: Transaction, resolutions: readonly Resolution[], heldBy: string): Promise<void> => {
  const ids = new Set(resolutions.map((resolution) => resolution.contactId));
  await tx.query(
    `update contacts c set held_by = $2 from (
       select id from contacts where id = any($1::uuid[]) and held_by is null order by id for no key update
     ) free where c.id = free.id`,
    [plainArray([...ids]), heldBy],
  );
};
