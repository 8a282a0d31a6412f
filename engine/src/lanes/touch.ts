import { notifyLanes } from '../store/inbox.ts';
import { slotCount } from '@ripen/shared';
import type { Queryable } from '../store/store.ts';
import type { LaneDeps } from './deps.ts';
import { wakeLanes } from './wake.ts';

/**
 * After a publication every contact has to be looked at once, because its next due moment was solved under the definitions
 * before. That is done in chunks, and remembered here, so that it survives restarts and whoever comes goes on with it.
 */
interface Touching {
  revision: number;
  dueAt: number;
  /** Contacts up to this id are done. */
  after: string;
}

const key = 'touching';
const firstId = '00000000-0000-0000-0000-000000000000';
const chunk = 2_000;

/** Begins (again, when one was under way) in the transaction of a publication. */
export const startTouching = async (tx: Queryable, revision: number, dueAt: number): Promise<void> => {
  const value: Touching = { revision, dueAt, after: firstId };
  await tx.query(
    'insert into settings (key, value) values ($1, $2) on conflict (key) do update set value = excluded.value',
    [key, JSON.stringify(value)],
  );
};

/** One chunk; true when there was nothing left to do. */
const touchChunk = (deps: LaneDeps): Promise<boolean> =>
  deps.store.transaction(async (tx) => {
    const { rows } = await tx.query<{ value: Touching }>('select value from settings where key = $1 for update', [key]);
    const touching = rows[0]?.value;
    if (!touching) return true;
    const { rows: last } = await tx.query<{ id: string }>(
      `with chunk as (
         select id, slot, merged_into, held_by, state from contacts where id > $1 order by id limit $2
       ), touched as (
         insert into dues (contact_id, slot, due_at)
         select id, slot, $3 from chunk where merged_into is null and held_by is null and state::text <> '{}'
         on conflict (contact_id) do update set due_at = least(dues.due_at, excluded.due_at)
       )
       select id from chunk order by id desc limit 1`,
      [touching.after, chunk, touching.dueAt],
    );
    const reached = last[0]?.id;
    if (reached === undefined) {
      await tx.query('delete from settings where key = $1', [key]);
      return true;
    }
    await tx.query('update settings set value = $2 where key = $1', [
      key,
      JSON.stringify({ ...touching, after: reached }),
    ]);
    await notifyLanes(tx, allSlots);
    return false;
  });

const allSlots = Array.from({ length: slotCount }, (_, slot) => slot);

/**
 * Makes every contact due, chunk by chunk, after a publication. Several callers share the work; returns when it is done or
 * the signal says stop. The sweeper calls it too, so a publisher that died is not missed.
 */
export const touchContacts = async (deps: LaneDeps, signal?: AbortSignal): Promise<void> => {
  for (let chunks = 0; !signal?.aborted; chunks++) {
    const done = await touchChunk(deps);
    if (done && chunks === 0) return;
    await wakeLanes(deps, allSlots);
    if (done) return;
  }
};
