import { restoreRuns, type LaneDeps } from '@ripen/engine';

/** Which Temporal database the runs are held by, and how far they have been handed to it. */
interface Holding {
  temporal: string;
  /** Runs up to this id have been handed over; null when all have. */
  after: string | null;
}

const key = 'temporal';
const firstId = '00000000-0000-0000-0000-000000000000';

/**
 * Hands all waiting runs to a Temporal that was not the one that held them: its database was lost, or replaced. One chunk
 * per call; true while there is more to do. How far it got is in Postgres, so that restarts go on from there.
 */
export const restoreStep = async (engine: LaneDeps, temporal: string): Promise<boolean> => {
  const { pool, logger } = engine.store;
  const { rows } = await pool.query<{ value: Holding }>('select value from settings where key = $1', [key]);
  const known = rows[0]?.value;
  if (known?.temporal === temporal && known.after === null) return false;
  const begins = known?.temporal !== temporal;
  if (begins && known) logger.warn({}, 'Temporal is not the one that was here before: handing it all waiting runs');
  const restored = await restoreRuns(engine, { after: begins ? firstId : (known?.after ?? firstId) });
  const holding: Holding = { temporal, after: restored.after };
  await pool.query(
    'insert into settings (key, value) values ($1, $2) on conflict (key) do update set value = excluded.value',
    [key, JSON.stringify(holding)],
  );
  if (restored.runs > 0) logger.info({ runs: restored.runs }, 'waiting runs handed to Temporal');
  return restored.after !== null;
};
