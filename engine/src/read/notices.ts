import type { Notice, Notices, noticesQuery } from '@ripen/shared';
import type { z } from 'zod';
import { shownOf } from '../lanes/cards.ts';
import { countUnread } from '../store/notices.ts';
import type { Queryable } from '../store/store.ts';
import { loadFound } from './contact-rows.ts';
import { Filters } from './filters.ts';
import { iso, isoDateOrNull } from './moments.ts';
import { pageOf, placeOf } from './page.ts';
import type { Workspace } from './workspace.ts';

interface Row {
  id: string;
  contact_id: string;
  lead_id: string | null;
  automation: string;
  subject: string;
  body: string;
  at: number;
  read_at: Date | null;
}

/** What a person was told, newest first, with how much of all is unread. Contacts that were merged are those they became. */
export const listNotices = async (
  db: Queryable,
  { names }: Workspace,
  person: string,
  query: z.output<typeof noticesQuery>,
): Promise<Notices> => {
  const filters = new Filters()
    .add('n.person_id = ?', person)
    .afterNewest('n.at', 'n.delivery_id', placeOf(query.after, 'number', 'uuid'));
  if (query.unread === 'true') filters.also('n.read_at is null');
  const [{ rows }, unread] = await Promise.all([
    db.query<Row & Record<string, unknown>>(
      `select n.delivery_id as id, coalesce(c.merged_into, n.contact_id) as contact_id, n.lead_id, n.automation, n.subject,
         n.body, n.at, n.read_at
       from notices n left join contacts c on c.id = n.contact_id ${filters.where}
       order by n.at desc, n.delivery_id limit ${filters.parameter(query.limit + 1)}`,
      filters.values,
    ),
    countUnread(db, person),
  ]);
  const found = await loadFound(db, [...new Set(rows.map((row) => row.contact_id))]);
  const shown = new Map(found.map((contact) => [contact.id, shownOf(contact).name]));
  const item = (row: Row): Notice => ({
    id: row.id,
    at: iso(row.at),
    ...{ subject: row.subject, body: row.body },
    contact: { id: row.contact_id, name: shown.get(row.contact_id) ?? row.contact_id },
    leadId: row.lead_id,
    automation: row.automation,
    automationName: names.automation(row.automation),
    readAt: isoDateOrNull(row.read_at),
  });
  return { ...pageOf(rows, query.limit, item, (row) => [row.at, row.id]), unread };
};
