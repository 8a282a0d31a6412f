import type { Queryable } from './store.ts';

/** The dispatcher's flag: it sleeps and is poked like a lane. */
const name = 'outbox';

/** The channel that an awake dispatcher listens on. */
export const outboxChannel = 'ripen_outbox';

export const setDispatcherAwake = async (db: Queryable): Promise<void> => {
  await db.query('update dispatchers set asleep = false, poked_at = null where name = $1', [name]);
};

export const setDispatcherAsleep = async (db: Queryable): Promise<void> => {
  await db.query('update dispatchers set asleep = true, poked_at = null where name = $1', [name]);
};

/** True once per sleep: whoever gets it pokes. */
export const takeSleepingDispatcher = async (db: Queryable): Promise<boolean> => {
  const sleeping = 'name = $1 and asleep and poked_at is null';
  const { rowCount } = await db.query({
    name: 'dispatcher_sleeping',
    text: `select 1 from dispatchers where ${sleeping}`,
    values: [name],
  });
  if (!rowCount) return false;
  const taken = await db.query({
    name: 'dispatcher_poke',
    text: `update dispatchers set poked_at = now() where ${sleeping}`,
    values: [name],
  });
  return taken.rowCount === 1;
};

export const forgetDispatcherPoke = async (db: Queryable): Promise<void> => {
  await db.query('update dispatchers set poked_at = null where name = $1', [name]);
};

/** Busy time that the pace is taken from, ms: long enough for several stretches, short enough to follow a Temporal that slows. */
const paceOverMs = 5_000;

/**
 * Notes that rows were carried out. `stretch`: how many and how long they took, for the pace; null when they were too few to
 * tell (a handful shows how long one call takes, not how many go through).
 */
export const noteCarried = async (
  db: Queryable,
  stretch: { rows: number; elapsedMs: number } | null,
): Promise<void> => {
  if (stretch === null) {
    await db.query({
      name: 'dispatcher_carried',
      text: 'update dispatchers set carried_at = clock_timestamp() where name = $1',
      values: [name],
    });
    return;
  }
  const perSecond = (stretch.rows * 1000) / Math.max(1, stretch.elapsedMs);
  const kept = Math.exp(-stretch.elapsedMs / paceOverMs);
  await db.query({
    name: 'dispatcher_pace',
    text: `update dispatchers set carried_at = clock_timestamp(),
        per_second = $2::float8 + (coalesce(per_second, $2::float8) - $2::float8) * $3::float8
      where name = $1`,
    values: [name, perSecond, kept],
  });
};
