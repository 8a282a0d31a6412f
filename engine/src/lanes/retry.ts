import { announce } from '../store/announce.ts';
import { plainArray } from '../store/bulk.ts';
import { ConflictError, NotFoundError } from '../store/errors.ts';
import { headRevision } from '../store/definitions.ts';
import { acceptArrivals, notifyLanes, type InboxItem } from '../store/inbox.ts';
import { writeOutbox } from '../store/outbox.ts';
import type { LaneDeps } from './deps.ts';
import { wakeDispatcher, wakeLanes } from './wake.ts';

type Deps = Pick<LaneDeps, 'store' | 'pokes'>;

/** Failed deliveries are tried again from the first attempt on, by their runs' workflows. Returns how many. */
export const retryDeliveries = async (deps: Deps, ids: readonly string[]): Promise<number> => {
  const runs = await deps.store.transaction(async (tx) => {
    const { rows } = await tx.query<{ run_id: string }>(
      `update deliveries set status = 'pending', attempts = 0 where id = any($1::uuid[]) and status = 'failed' returning run_id`,
      [plainArray(ids)],
    );
    const distinct = [...new Set(rows.map((row) => row.run_id))];
    await tx.query('update runs set has_workflow = true where id = any($1::uuid[])', [plainArray(distinct)]);
    await writeOutbox(
      tx,
      distinct.flatMap((runId) => [
        { kind: 'start' as const, runId, ask: null },
        { kind: 'signal' as const, runId, ask: null },
      ]),
    );
    if (rows.length > 0) await announce(tx, { operations: null, runs: distinct });
    return rows;
  });
  if (runs.length > 0) await wakeDispatcher(deps);
  return runs.length;
};

interface LetterRow {
  contact_id: string;
  slot: number;
  body: { kind: string; body: unknown };
  retried_at: Date | null;
}

/**
 * Puts what could not be applied back into the inbox, under the definitions in force now, which may be what it takes. Dues
 * that could not be applied are looked at again. Throws NotFoundError, ConflictError when it was retried before.
 */
export const retryDeadLetter = async (deps: Deps, { id, now }: { id: number; now: number }): Promise<void> => {
  const slots = await deps.store.transaction(async (tx) => {
    const { rows } = await tx.query<LetterRow>(
      'select contact_id, slot, body, retried_at from dead_letters where id = $1 for update',
      [id],
    );
    const letter = rows[0];
    if (!letter) throw new NotFoundError('dead letter', String(id));
    if (letter.retried_at !== null)
      throw new ConflictError('The dead letter was retried before. If it failed again, there is a newer one.');
    const { contact_id: contactId, slot, body } = letter;
    if (body.kind === 'tick') {
      await tx.query(
        `insert into dues (contact_id, slot, due_at) values ($1, $2, $3)
         on conflict (contact_id) do update set due_at = least(dues.due_at, excluded.due_at)`,
        [contactId, slot, now],
      );
    } else {
      const item = body as InboxItem; // Written by the lane, from what it had claimed.
      await acceptArrivals(tx, [
        { ...item, contactId, slot, revision: await headRevision(tx), receivedAt: now, importId: null },
      ]);
    }
    await tx.query('update dead_letters set retried_at = now() where id = $1', [id]);
    await announce(tx, { operations: null });
    await notifyLanes(tx, [slot]);
    return [slot];
  });
  await wakeLanes(deps, slots);
};

/** Gives up on a dead letter: it is gone. Throws NotFoundError. */
export const discardDeadLetter = async (deps: Pick<LaneDeps, 'store'>, id: number, by: string): Promise<void> => {
  const { rows } = await deps.store.pool.query<{ message_id: string | null; error: string }>(
    'delete from dead_letters where id = $1 returning message_id, error',
    [id],
  );
  const letter = rows[0];
  if (!letter) throw new NotFoundError('dead letter', String(id));
  await announce(deps.store.pool, { operations: null });
  deps.store.logger.warn({ id, by, messageId: letter.message_id, reason: letter.error }, 'dead letter discarded');
};
