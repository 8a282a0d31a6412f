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
