import type { runSummarySchema, runsQuery } from '@ripen/shared';
import type { z } from 'zod';
import { contactRef, type CardColumns } from './contact-rows.ts';
import type { Filters } from './filters.ts';
import { iso, isoOrNull } from './moments.ts';
import type { Names } from './names.ts';

export type RunItem = z.output<typeof runSummarySchema>;

export interface RunRow extends CardColumns {
  id: string;
  automation: string;
  version: number;
  status: RunItem['status'];
  node: string | null;
  until: number | null;
  started_at: number;
  updated_at: number;
  error: string | null;
  backfilled: boolean;
}

export const runColumns =
  'r.id, r.contact_id, r.automation, r.version, r.status, r.node, r.until, r.started_at, r.updated_at, r.error, r.backfilled';

export const runItem = (names: Names, row: RunRow): RunItem => ({
  id: row.id,
  contactId: row.contact_id,
  contact: contactRef(row),
  automation: row.automation,
  automationName: names.automation(row.automation),
  version: row.version,
  status: row.status,
  node: row.node,
  nodeTitle: names.node(row.automation, row.version, row.node)?.title ?? null,
  until: isoOrNull(row.until),
  startedAt: iso(row.started_at),
  updatedAt: iso(row.updated_at),
  error: row.error,
  backfilled: row.backfilled,
});

const statuses = ['waiting', 'completed', 'failed', 'cancelled'] as const;

/** The newest runs that a filter lets through: of one range of an index, or of a range per status. */
export const newestOf = (
  { status: asked, contact }: Pick<z.output<typeof runsQuery>, 'status' | 'contact'>,
  filters: Filters,
  columns: string,
  limit: string,
): string => {
  const range = (status: string | undefined): string =>
    `(select ${columns} from runs r ${filters.whereAnd(status && `r.status = '${status}'`)}
      order by r.started_at desc, r.id limit ${limit})`;
  // Few runs have one contact: their own index needs no status.
  const ranges = asked === undefined && contact === undefined ? statuses.map(range) : [range(asked)];
  return `select * from (${ranges.join(' union all ')}) r order by started_at desc, id limit ${limit}`;
};
