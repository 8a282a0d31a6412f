import { outboxState, writeOutbox } from '../store/outbox.ts';
import type { LaneDeps } from './deps.ts';
import { wakeDispatcher } from './wake.ts';

const firstId = '00000000-0000-0000-0000-000000000000';

export interface Restored {
  /** Runs asked for in this chunk. */
  runs: number;
  /** Where the next chunk starts; null when there are no more. */
  after: string | null;
}

/**
 * Asks Temporal to hold again every run that it was asked to hold before and that is not over, a chunk per call: for a
 * Temporal that lost its database. Those it still holds are left alone. Does nothing while the outbox is still busy with
 * `mostReady` rows or more, so that new runs are not kept waiting.
 */
export const restoreRuns = async (
  deps: Pick<LaneDeps, 'store' | 'pokes'>,
  {
    after = firstId,
    limit = 1_000,
    mostReady = 1_000,
  }: { after?: string | undefined; limit?: number; mostReady?: number },
): Promise<Restored> => {
  const { ready } = await outboxState(deps.store.pool);
  if (ready >= mostReady) return { runs: 0, after };
  const ids = await deps.store.transaction(async (tx) => {
    const { rows } = await tx.query<{ id: string }>(
      `select id from runs r where id > $1 and has_workflow and (status = 'waiting'
         or exists (select 1 from deliveries d where d.run_id = r.id and d.status = 'pending')
         or exists (select 1 from asks a where a.run_id = r.id and a.answered_at is null and not a.held))
       order by id limit $2`,
      [after, limit],
    );
    await writeOutbox(
      tx,
      rows.map(({ id }) => ({ kind: 'start', runId: id, ask: null })),
    );
    return rows.map(({ id }) => id);
  });
  if (ids.length > 0) await wakeDispatcher(deps);
  return { runs: ids.length, after: ids.length < limit ? null : (ids.at(-1) ?? null) };
};
