import type pg from 'pg';
import type { Prepared } from './prepared.ts';

/**
 * Runs `work` on so many connections at once, and returns how long all of it took, seconds. They are closed, not given back: what
 * was prepared on them is not met again under its name, and after a failure, in mid-transaction, the pool would wait for them
 * without end.
 */
export const onConnections = async (
  pool: pg.Pool,
  count: number,
  work: (client: pg.PoolClient, index: number) => Promise<void>,
): Promise<number> => {
  const connections = await Promise.all(Array.from({ length: count }, () => pool.connect()));
  const from = performance.now();
  try {
    await Promise.all(connections.map(work));
    return (performance.now() - from) / 1000;
  } finally {
    for (const connection of connections) connection.release(true);
  }
};

/** Writes a chunk's rows in one transaction; `read` comes first in it. */
export const writeChunk = async (
  client: pg.PoolClient,
  statements: readonly Prepared[],
  chunk: number,
  read?: pg.QueryConfig,
): Promise<void> => {
  await client.query('begin');
  if (read) await client.query(read);
  for (const { name, text, chunks } of statements) {
    const values = chunks.get(chunk);
    if (values) await client.query({ name, text, values });
  }
  await client.query('commit');
};
