import type { sampleStateSchema } from '@ripen/shared';
import type { z } from 'zod';
import type { Queryable } from '../store/store.ts';
import { unfinishedSample } from '../sample/unfinished.ts';
import { readJob } from './operations.ts';

/** Whether the sample is offered: nothing is here yet, or nothing but a load of it that ended early. And its last load. */
export const readSample = async (db: Queryable): Promise<z.output<typeof sampleStateSchema>> => {
  const { rows } = await db.query<{ uninhabited: boolean; untouched: boolean; job: string | null }>(
    `select not exists (select 1 from contacts) as uninhabited, not exists (select 1 from definitions) as untouched,
       (select id from jobs where kind = 'sample' order by created_at desc limit 1) as job`,
  );
  const { uninhabited = false, untouched = false, job: id = null } = rows[0] ?? {};
  const job = id === null ? null : await readJob(db, id);
  const ended = job?.status === 'failed' || job?.status === 'cancelled';
  const unfinished = (await unfinishedSample(db)) !== null;
  return { offered: unfinished || (uninhabited && (job === null ? untouched : ended)), unfinished, job };
};
