import { plainArray } from './bulk.ts';
import { NotFoundError } from './errors.ts';
import type { Queryable } from './store.ts';

/** A lane: the range of contact slots that it owns. */
export interface Lane {
  lane: number;
  firstSlot: number;
  lastSlot: number;
}

/** Throws NotFoundError for a lane that is not set up. */
export const readLane = async (db: Queryable, lane: number): Promise<Lane> => {
  const { rows } = await db.query<Lane>({
    name: 'lane_read',
    text: 'select lane, first_slot as "firstSlot", last_slot as "lastSlot" from lanes where lane = $1',
    values: [lane],
  });
  const found = rows[0];
  if (!found) throw new NotFoundError('lane', String(lane));
  return found;
};

/** The lane that owns a slot. */
export const laneOfSlot = async (db: Queryable, slot: number): Promise<Lane> => {
  const { rows } = await db.query<Lane>({
    name: 'lane_of_slot',
    text: 'select lane, first_slot as "firstSlot", last_slot as "lastSlot" from lanes where $1::int between first_slot and last_slot',
    values: [slot],
  });
  const found = rows[0];
  if (!found) throw new NotFoundError('lane of slot', String(slot));
  return found;
};

export const setLaneAwake = async (db: Queryable, lane: number): Promise<void> => {
  await db.query('update lanes set asleep = false, poked_at = null where lane = $1', [lane]);
};

export const setLaneAsleep = async (db: Queryable, lane: number): Promise<void> => {
  await db.query('update lanes set asleep = true, poked_at = null, drained_at = now() where lane = $1', [lane]);
};

/** What lanes have done since they were made. */
export interface LanesDone {
  /** Events applied. */
  applied: number;
  /** Outbox rows that their contacts asked for in the same batch. */
  asked: number;
}

export const countDone = async (db: Queryable, lane: number, { applied, asked }: LanesDone): Promise<void> => {
  await db.query({
    name: 'lane_done',
    text: 'update lanes set applied = applied + $2, asked = asked + $3 where lane = $1',
    values: [lane, applied, asked],
  });
};

export const readLanesDone = async (db: Queryable): Promise<LanesDone> => {
  const { rows } = await db.query<LanesDone>({
    name: 'lanes_done',
    text: 'select sum(applied)::bigint as applied, sum(asked)::bigint as asked from lanes',
  });
  return rows[0] ?? { applied: 0, asked: 0 };
};

/** Lanes of these slots that sleep and that nobody has poked yet; they count as poked from now on. */
export const takeSleepers = async (db: Queryable, slots: Iterable<number>): Promise<number[]> => {
  const distinct = [...new Set(slots)];
  if (distinct.length === 0) return [];
  const owns = 'exists (select 1 from unnest($1::smallint[]) s where s between first_slot and last_slot)';
  const values = [plainArray(distinct)];
  const sleeping = `asleep and poked_at is null and ${owns}`;
  // Read first: lanes under load are awake, and an update would wait for the drain that holds their row.
  const { rowCount } = await db.query({
    name: 'lanes_sleeping',
    text: `select 1 from lanes where ${sleeping} limit 1`,
    values,
  });
  if (!rowCount) return [];
  const { rows } = await db.query<{ lane: number }>({
    name: 'lanes_poke',
    text: `update lanes set poked_at = now() where ${sleeping} returning lane`,
    values,
  });
  return rows.map((row) => row.lane);
};

/** A poke that failed: the next one to look may try. */
export const forgetPoke = async (db: Queryable, lane: number): Promise<void> => {
  await db.query('update lanes set poked_at = null where lane = $1', [lane]);
};

/** All lanes, in order. */
export const readLanes = async (db: Queryable): Promise<Lane[]> => {
  const { rows } = await db.query<Lane>(
    'select lane, first_slot as "firstSlot", last_slot as "lastSlot" from lanes order by lane',
  );
  return rows;
};

/** How long the oldest arrival of a lane has waited, ms; null when none waits. */
export const oldestArrivalMs = async (db: Queryable, { firstSlot, lastSlot }: Lane): Promise<number | null> => {
  const { rows } = await db.query<{ ms: number | null }>(
    `select (extract(epoch from now() - min(first.created_at)) * 1000)::bigint as ms from generate_series($1::int, $2::int) as s(slot)
     cross join lateral (select created_at from inbox where slot = s.slot order by id limit 1) first`,
    [firstSlot, lastSlot],
  );
  return rows[0]?.ms ?? null;
};
