import { Readable } from 'node:stream';
import type { refusalsQuery } from '@ripen/shared';
import { refusalHeader, refusalLine, type Refusal } from '@ripen/shared/import';
import type { z } from 'zod';
import type { Queryable } from '../store/store.ts';
import { pageOf, placeOf } from './page.ts';

type Row = Refusal & { id: number };

const readRefusals = async (db: Queryable, importId: string, after: number, limit: number): Promise<Row[]> => {
  const { rows } = await db.query<Row & Record<string, unknown>>(
    'select id, file, line, reason, original from import_refusals where import_id = $1 and id > $2 order by id limit $3',
    [importId, after, limit],
  );
  return rows;
};

/** What a load did not take, as it was told. */
export const listRefusals = async (db: Queryable, importId: string, query: z.output<typeof refusalsQuery>) => {
  const place = placeOf(query.after, 'number');
  const rows = await readRefusals(db, importId, Number(place?.[0] ?? 0), query.limit + 1);
  return pageOf(
    rows,
    query.limit,
    ({ file, line, reason, original }) => ({ file, line, reason, original }),
    ({ id }) => [id],
  );
};

const stretch = 1_000;

/** The error file of a load, as the command and the pages write it while they read. */
export const refusalsCsv = (db: Queryable, importId: string): Readable => {
  const lines = async function* (): AsyncGenerator<string> {
    yield refusalHeader;
    for (let after = 0; ;) {
      const rows = await readRefusals(db, importId, after, stretch);
      if (rows.length > 0) yield rows.map(refusalLine).join('');
      const last = rows.at(-1);
      if (!last || rows.length < stretch) return;
      after = last.id;
    }
  };
  return Readable.from(lines(), { objectMode: false });
};
