import type { AccountFact, FieldValue } from '@ripen/shared';
import { bulk, plainArray } from './bulk.ts';
import type { Queryable } from './store.ts';

/** What was said of one account. */
export interface SaidOfAccount extends AccountFact {
  accountId: string;
}

const facts = bulk<SaidOfAccount>(
  'account_facts',
  {
    account_id: { type: 'uuid', of: (row) => row.accountId },
    field: { type: 'text', of: (row) => row.field },
    value: { type: 'jsonb', of: (row) => row.value },
    at: { type: 'bigint', of: (row) => row.at },
    said_by: { type: 'text', of: (row) => row.by },
    reason: { type: 'text', of: (row) => row.reason },
  },
  `insert into account_facts (account_id, field, value, at, said_by, reason)
   select account_id, field, value, at, said_by, reason from :rows order by account_id, field
   on conflict (account_id, field) do update set value = excluded.value, at = excluded.at, said_by = excluded.said_by,
     reason = excluded.reason
   where account_facts.at <= excluded.at`,
);

/** Keeps what was said of accounts; of each field the newest word. No account and field may be given twice. */
export const writeFacts = async (tx: Queryable, rows: readonly SaidOfAccount[]): Promise<void> => {
  if (rows.length > 0) await facts.run(tx, rows);
};

/** What was said of each of these accounts; those of which nothing was said are absent. */
export const readFacts = async (db: Queryable, ids: readonly string[]): Promise<Map<string, AccountFact[]>> => {
  const { rows } = await db.query<{
    account_id: string;
    field: string;
    value: FieldValue;
    at: number;
    said_by: string;
    reason: string;
  }>({
    name: 'account_facts_read',
    text: `select account_id, field, value, at, said_by, reason from account_facts
      where account_id = any($1::uuid[]) order by account_id, field`,
    values: [plainArray(ids)],
  });
  const said = new Map<string, AccountFact[]>();
  for (const { account_id: id, field, value, at, said_by: by, reason } of rows)
    said.set(id, [...(said.get(id) ?? []), { field, value, at, by, reason }]);
  return said;
};
