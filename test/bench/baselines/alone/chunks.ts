import { slotCount } from '@ripen/shared';
import type pg from 'pg';

export interface ChunkOptions {
  /** Events after this one are new. */
  mark: string;
  lanes: number;
  eventsPerTransaction: number;
}

/**
 * Notes in `alone.chunks` in which transaction each new event is written, and returns the number of transactions: `n * lanes +
 * lane` is the n-th of a lane, so that no client waits for a contact of another. Batches of the product are joined, never cut
 * apart, so that no row is written more often than the product wrote it: `xmin` says what was one batch.
 */
export const chunkOfEvents = async (
  pool: pg.Pool,
  { mark, lanes, eventsPerTransaction }: ChunkOptions,
): Promise<number> => {
  await pool.query(
    `create table alone.chunks as
     with fresh as (
       select contact_id, message_id, slot / ${slotCount / lanes} as lane, events.xmin::text as batch, seq
       from public.events join public.contacts on contacts.id = contact_id where events.ctid > '${mark}'::tid
     ), batches as (
       select lane, batch, sum(count(*)) over (partition by lane order by min(seq)) - count(*) as before
       from fresh group by lane, batch
     )
     select contact_id, message_id, (lane + ${lanes} * floor(before / ${eventsPerTransaction}))::int as chunk
     from fresh join batches using (lane, batch)`,
  );
  await pool.query('create index on alone.chunks (contact_id, message_id)');
  await pool.query('analyze alone.chunks');
  const { rows } = await pool.query<{ chunks: number }>('select max(chunk) + 1 as chunks from alone.chunks');
  return lanes * Math.ceil((rows[0]?.chunks ?? 0) / lanes);
};
