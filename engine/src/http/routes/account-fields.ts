import {
  accountFieldsBodySchema,
  accountFieldsSaidSchema,
  accountIdFrom,
  setAccountFieldsSchema,
  uuidParams,
  type FieldValue,
} from '@ripen/shared';
import { z } from 'zod';
import { sayOfAccounts } from '../../lanes/tell-accounts.ts';
import { seenAt } from '../../read/accounts.ts';
import type { SaidOfAccount } from '../../store/account-facts.ts';
import { countWithContacts } from '../../store/accounts.ts';
import { Problem } from '../problem.ts';
import { route, type Route } from '../route.ts';

const tag = 'Contacts' as const;

const rowsOf = (
  accountId: string,
  fields: Record<string, FieldValue>,
  how: { at: number; by: string; reason: string },
): SaidOfAccount[] => Object.entries(fields).map(([field, value]) => ({ accountId, field, value, ...how }));

export const accountFieldRoutes: Route[] = [
  route({
    method: 'post',
    path: '/api/accounts/:id/fields',
    permission: 'contacts:write',
    tag,
    summary: 'Set fields of an account by hand, with a reason',
    status: 202,
    description:
      'Each of its contacts hears of it like of an event, within moments, and those who come later too; conditions on fields of the account look at it then.',
    params: uuidParams,
    body: setAccountFieldsSchema,
    response: z.object({ at: z.iso.datetime() }),
    handle: async ({ params, body, principal, now }, deps) => {
      await seenAt(deps.store.pool, params.id);
      const how = { at: now, by: principal?.name ?? '', reason: body.reason };
      await sayOfAccounts(deps, rowsOf(params.id, body.fields, how));
      return { at: new Date(now).toISOString() };
    },
  }),
  route({
    method: 'post',
    path: '/api/accounts/fields',
    permission: 'imports:write',
    tag: 'Historical loads',
    summary: 'Set fields of many accounts, as a file says them',
    status: 202,
    description:
      'Accounts are called by their own ids, or by their names where contacts do not name them by an id. What is said of accounts that have no contact yet waits for the first one. Saying it again changes nothing.',
    maxBodyBytes: 4_000_000,
    body: accountFieldsBodySchema,
    response: accountFieldsSaidSchema,
    handle: async ({ body, principal, now }, deps) => {
      const by = principal?.name ?? '';
      const said = new Map<string, SaidOfAccount>();
      const ids = new Set<string>();
      for (const [index, { id, name, fields, at }] of body.accounts.entries()) {
        const accountId = accountIdFrom({ id, name });
        if (accountId === null) throw unclear(index, 'names no account: its id or name is empty');
        // Like events, what is dated ahead is taken as of now.
        const trueAt = at === undefined ? now : Math.min(Date.parse(at), now);
        ids.add(accountId);
        for (const row of rowsOf(accountId, fields, { at: trueAt, by, reason: body.reason })) {
          const key = `${accountId} ${row.field}`;
          // Of one moment the last one counts, as in a file that is read from its beginning.
          if ((said.get(key)?.at ?? -Infinity) <= row.at) said.set(key, row);
        }
      }
      await sayOfAccounts(deps, [...said.values()]);
      const known = await countWithContacts(deps.store.pool, [...ids]);
      return { accounts: ids.size, withoutContacts: ids.size - known };
    },
  }),
];

const unclear = (index: number, message: string): Problem => {
  const path = `body.accounts.${index}`;
  return new Problem(400, 'invalid_request', `The request is not valid: ${path} ${message}.`, {
    errors: [{ path, message }],
  });
};
