import { newSubject } from '@ripen/shared';
import { readStandings, type ContactRow } from '../store/contacts.ts';
import { moveArrivals } from '../store/events.ts';
import type { InboxMerge } from '../store/inbox.ts';
import { insertEntries } from '../store/ledger.ts';
import { keepOldestLead, moveBelongings } from '../store/merges.ts';
import type { Transaction } from '../store/store.ts';
import { Changes } from './changes.ts';
import type { LaneDeps } from './deps.ts';
import { arrivalsAtOnce, arrivalsOf, interleave, readPasts, replay, replayLong, type Replaying } from './replay.ts';
import { writeRebuilt, type Rebuilt } from './rebuilt.ts';

export interface RebuildRequest {
  contact: ContactRow;
  now: number;
  /** The contact whose arrivals are taken over. */
  absorbed: InboxMerge | null;
}

/**
 * Replays all arrivals of a contact, each under the definitions that it counted under, as a new generation of its ledger.
 * It is silent: nothing is told or asked again. Runs have ids derived from what started them, so those that come out again
 * keep their rows and workflows; waiting ones that do not are cancelled. Returns the number of outbox rows.
 */
export const rebuild = async (deps: LaneDeps, tx: Transaction, request: RebuildRequest): Promise<number> => {
  const { contact, absorbed, now } = request;
  const own = await arrivalsOf(tx, contact.id);
  const taken = absorbed ? await arrivalsOf(tx, absorbed.from) : [];
  if (absorbed && taken.length === 0) {
    await moveBelongings(tx, absorbed.from, contact.id);
    return 0;
  }
  const arrivals = interleave(own, taken);
  if (taken.length > 0)
    await moveArrivals(
      tx,
      contact.id,
      arrivals.slice(arrivals.findIndex((arrival) => arrival.contactId !== contact.id)),
    );
  const ids = absorbed ? [contact.id, absorbed.from] : [contact.id];
  // Who was rebuilt under later models stays so, whoever it turns out to be.
  const modelsFrom = Math.max(...[...(await readStandings(tx, ids)).values()].map((standing) => standing.modelsFrom));
  const before = contact.subject;
  const generation = Math.max(before.generation, absorbed?.generation ?? 0) + 1;
  const changes = new Changes();
  const anew = { ...contact, subject: newSubject(contact.id, generation) };
  await replay(anew, arrivals, changes, {
    ...replayingOf(deps, tx, contact, modelsFrom),
    until: Math.max(before.clock, absorbed?.clock ?? 0),
  });
  if (absorbed) {
    await keepOldestLead(tx, ids);
    await moveBelongings(tx, absorbed.from, contact.id);
  }
  const [standing = null] = (await readStandings(tx, [contact.id])).values();
  const rebuilt: Rebuilt = { contact: anew, before, modelsFrom, standing, absorbed: absorbed?.from ?? null };
  return writeRebuilt(tx, [rebuilt], changes, now);
};

/** What was rebuilt in a transaction. */
interface RebuiltTogether {
  outbox: number;
  /** Those that are left for the next one. */
  rest: string[];
}

export interface TogetherOptions {
  now: number;
  /** The revision whose models and stages count for all that arrived before it, from now on. */
  modelsFrom: number;
  /** Arrivals that are held in memory at once. Default: a couple of thousand. */
  atOnce?: number;
}

/**
 * Rebuilds contacts of one lane, whose lock the transaction holds, given in the order of their ids: as many as have no
 * more arrivals than are held at once, with as many statements as one; or a single one with a longer past.
 */
export const rebuildTogether = async (
  deps: LaneDeps,
  tx: Transaction,
  contacts: ReadonlyMap<string, ContactRow>,
  { now, modelsFrom, atOnce = arrivalsAtOnce }: TogetherOptions,
): Promise<RebuiltTogether> => {
  const { whole, long, rest } = await readPasts(tx, [...contacts.keys()], atOnce);
  const taken = long === null ? whole : [{ id: long, arrivals: [] }];
  const standings = await readStandings(
    tx,
    taken.map(({ id }) => id),
  );
  const changes = new Changes();
  const rebuilt: Rebuilt[] = [];
  const each = async (): Promise<void> => {
    if (changes.entries.length >= 2 * atOnce) await insertEntries(tx, changes.entries.splice(0));
  };
  for (const { id, arrivals } of taken) {
    const contact = contacts.get(id);
    if (!contact) throw new Error(`The contact ${id} was not loaded.`);
    const { subject: before } = contact;
    const standing = standings.get(id) ?? null;
    const from = Math.max(modelsFrom, standing?.modelsFrom ?? 0);
    const anew = { ...contact, subject: newSubject(id, before.generation + 1) };
    const replaying = replayingOf(deps, tx, contact, from);
    if (long === null) await replay(anew, arrivals, changes, replaying);
    else await replayLong(tx, anew, changes, { ...replaying, page: atOnce, each });
    rebuilt.push({ contact: anew, before, modelsFrom: from, standing, absorbed: null });
  }
  return { outbox: await writeRebuilt(tx, rebuilt, changes, now), rest };
};

const replayingOf = (deps: LaneDeps, tx: Transaction, { subject }: ContactRow, modelsFrom: number): Replaying => ({
  programAt: async (revision: number) => (await deps.programs.at(tx, revision, modelsFrom)).program,
  logger: deps.store.logger,
  until: subject.clock,
  revision: Math.max(subject.revision, modelsFrom),
});
