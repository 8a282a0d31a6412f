import { scoreAccount, type accountSchema } from '@ripen/shared';
import type { z } from 'zod';
import { gatherAccounts } from '../lanes/refresh-accounts.ts';
import { anonymousName } from '../lanes/cards.ts';
import { readFacts } from '../store/account-facts.ts';
import { plainArray } from '../store/bulk.ts';
import { NotFoundError } from '../store/errors.ts';
import type { Queryable } from '../store/store.ts';
import { contactItem, loadFound, type ContactItem } from './contact-rows.ts';
import { iso } from './moments.ts';
import { pageOf, placeOf } from './page.ts';
import type { Workspace } from './workspace.ts';

type Account = z.output<typeof accountSchema>;

/** When an account was first seen. Throws NotFoundError. */
export const seenAt = async (db: Queryable, id: string): Promise<number> => {
  const { rows } = await db.query<{ created_us: number }>('select created_us from accounts where id = $1', [id]);
  const row = rows[0];
  if (!row) throw new NotFoundError('account', id);
  return Math.floor(row.created_us / 1_000);
};

/** An account as its contacts make it at `at`, ms, with why each score is what it is. Throws NotFoundError. */
export const readAccount = async (db: Queryable, workspace: Workspace, id: string, at: number): Promise<Account> => {
  const createdAt = await seenAt(db, id);
  const gathered = (await gatherAccounts(db, workspace, [id], at)).get(id);
  // Its last contact has just left; the account goes with the next look.
  if (!gathered) throw new NotFoundError('account', id);
  const account = gathered.account();
  const scores = scoreAccount(account);
  const named = scores.flatMap(({ lines }) => lines.flatMap(({ contact }) => contact ?? []));
  const names = await namesOfContacts(db, named);
  const { name, contacts, fields } = account;
  const said = (await readFacts(db, [id])).get(id) ?? [];
  return {
    ...{ id, name, contacts, fields, at: iso(at), createdAt: iso(createdAt) },
    said: Object.fromEntries(said.map(({ field, at: saidAt, ...fact }) => [field, { ...fact, at: iso(saidAt) }])),
    scores: scores.map((score) => ({
      ...score,
      lines: score.lines.map((line) =>
        line.contact === null ? line : { ...line, label: names.get(line.contact) ?? anonymousName(line.contact) },
      ),
    })),
  };
};

const namesOfContacts = async (db: Queryable, ids: readonly string[]): Promise<Map<string, string>> => {
  const { rows } = await db.query<{ contact_id: string; name: string }>(
    'select contact_id, name from contact_cards where contact_id = any($1::uuid[])',
    [plainArray([...new Set(ids)])],
  );
  return new Map(rows.map(({ contact_id, name }) => [contact_id, name]));
};

/** The contacts of an account, those with the highest score in the lifecycle's model first. Throws NotFoundError. */
export const listAccountContacts = async (
  db: Queryable,
  workspace: Workspace,
  { id, limit, after }: { id: string; limit: number; after?: string | undefined },
  at: number,
): Promise<{ items: ContactItem[]; next: string | null }> => {
  await seenAt(db, id);
  const [heat = null, contact = null] = placeOf(after, 'number', 'uuid') ?? [];
  const { rows } = await db.query<{ contact_id: string; heat: number }>(
    `select m.contact_id, h.heat from account_members m join contact_heat h on h.contact_id = m.contact_id
     where m.account_id = $1 and ($2::int is null or h.heat < $2 or (h.heat = $2 and m.contact_id > $3))
     order by h.heat desc, m.contact_id limit $4`,
    [id, heat, contact, limit + 1],
  );
  const { items, next } = pageOf(
    rows,
    limit,
    (row) => row.contact_id,
    (row) => [row.heat, row.contact_id],
  );
  return { items: (await loadFound(db, items)).map((found) => contactItem(workspace, found, at)), next };
};

/** The account that a contact belongs to. */
export const accountOfContact = async (
  db: Queryable,
  contactId: string,
): Promise<{ id: string; name: string } | null> => {
  const { rows } = await db.query<{ id: string; name: string }>(
    'select a.id, a.name from account_members m join accounts a on a.id = m.account_id where m.contact_id = $1',
    [contactId],
  );
  return rows[0] ?? null;
};
