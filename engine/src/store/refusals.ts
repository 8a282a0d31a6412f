import { mostRefusalsKept, type Refusal } from '@ripen/shared/import';
import { announce } from './announce.ts';
import { NotFoundError } from './errors.ts';
import type { Queryable } from './store.ts';

/**
 * Keeps what a load did not take. The same refusal told again is there once; beyond `mostRefusalsKept` of a load they are only
 * counted. `refused`: all that there were so far. Throws NotFoundError.
 */
export const keepRefusals = async (
  tx: Queryable,
  { importId, refused, items }: { importId: string; refused: number; items: readonly Refusal[] },
): Promise<void> => {
  // The row is locked from here on, so what is counted below stays true.
  const { rowCount } = await tx.query('update imports set refused = greatest(refused, $2) where id = $1', [
    importId,
    refused,
  ]);
  if (rowCount === 0) throw new NotFoundError('historical load', importId);
  await tx.query(
    `insert into import_refusals (import_id, file, line, reason, original)
     select $1, r.file, r.line, r.reason, r.original
     from jsonb_to_recordset($2::jsonb) as r(file text, line bigint, reason text, original text)
     limit greatest(0, $3 - (select count(*) from import_refusals where import_id = $1))
     on conflict do nothing`,
    [importId, JSON.stringify(items), mostRefusalsKept],
  );
  await announce(tx, { imports: [importId] });
};
