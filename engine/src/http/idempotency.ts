import { createHash } from 'node:crypto';
import type { Queryable } from '../store/store.ts';
import { Problem } from './problem.ts';

export interface Answer {
  status: number;
  body: unknown;
}

interface Kept {
  request_hash: Buffer;
  status: number | null;
  body: unknown;
  stale: boolean;
}

/** How long answers are kept, and after how long a request that never answered may be tried again. */
const keptFor = '24 hours';
const abandonedAfter = '2 minutes';

/**
 * Runs a write at most once per key and caller: the same request again gets the answer of the first. A write that failed on
 * our side (5xx) or was turned away (429) keeps nothing, so that it can be tried again.
 */
export const once = async (
  db: Queryable,
  request: { caller: string; key: string; fingerprint: string },
  work: () => Promise<Answer>,
): Promise<Answer & { replayed: boolean }> => {
  if (request.key.length > 200)
    throw new Problem(400, 'invalid_request', 'The Idempotency-Key is longer than 200 characters.');
  const hash = createHash('sha256').update(request.fingerprint).digest();
  const mine = [request.caller, request.key];
  if (!(await reserve(db, request, hash))) return { ...(await replay(db, mine, hash)), replayed: true };
  try {
    const answer = await work();
    await db.query('update idempotency set status = $3, body = $4 where caller = $1 and key = $2', [
      ...mine,
      answer.status,
      JSON.stringify(answer.body ?? null),
    ]);
    return { ...answer, replayed: false };
  } catch (error) {
    await db.query('delete from idempotency where caller = $1 and key = $2 and status is null', mine);
    throw error;
  }
};

const reserve = async (db: Queryable, request: { caller: string; key: string }, hash: Buffer): Promise<boolean> => {
  await db.query(
    `delete from idempotency where (created_at < now() - $3::interval)
     or (caller = $1 and key = $2 and status is null and created_at < now() - $4::interval)`,
    [request.caller, request.key, keptFor, abandonedAfter],
  );
  const { rowCount } = await db.query(
    'insert into idempotency (caller, key, request_hash) values ($1, $2, $3) on conflict do nothing',
    [request.caller, request.key, hash],
  );
  return rowCount === 1;
};

const replay = async (db: Queryable, mine: string[], hash: Buffer): Promise<Answer> => {
  const { rows } = await db.query<Kept>(
    'select request_hash, status, body from idempotency where caller = $1 and key = $2',
    mine,
  );
  const kept = rows[0];
  if (!kept || kept.status === null) {
    throw new Problem(409, 'in_progress', 'A request with this Idempotency-Key is being worked on.', {
      headers: { 'retry-after': '1' },
    });
  }
  if (!kept.request_hash.equals(hash)) {
    throw new Problem(
      422,
      'idempotency_key_reused',
      'This Idempotency-Key was used for another request. Use a new one for each write.',
    );
  }
  return { status: kept.status, body: kept.body };
};
