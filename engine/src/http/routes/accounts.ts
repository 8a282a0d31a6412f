import {
  accountContactsQuery,
  accountContactsSchema,
  accountForecastQuery,
  accountForecastSchema,
  accountPageSchema,
  accountSchema,
  accountsQuery,
  idParams,
  modelChecksSchema,
  uuidParams,
} from '@ripen/shared';
import { forecastAccount } from '../../read/account-forecast.ts';
import { listAccounts } from '../../read/account-list.ts';
import { checkAccountsOf } from '../../read/account-model-checks.ts';
import { listAccountContacts, readAccount } from '../../read/accounts.ts';
import { workspaceNow } from '../../read/workspace.ts';
import { notFound } from '../problem.ts';
import { route, type Route } from '../route.ts';

const tag = 'Contacts' as const;
const permission = 'contacts:read' as const;

/** Accounts are read only: they are what their contacts make them. */
export const accountRoutes: Route[] = [
  route({
    method: 'get',
    path: '/api/accounts',
    permission,
    tag,
    summary: 'List and search accounts',
    description: 'As they were last computed, which is soon after one of their contacts changes.',
    query: accountsQuery,
    response: accountPageSchema,
    handle: async ({ query }, deps) => listAccounts(deps.store.pool, await workspaceNow(deps), query),
  }),
  route({
    method: 'get',
    path: '/api/accounts/:id',
    permission,
    tag,
    summary: 'Read an account',
    description: 'With why each score is what it is: signed lines that add up, the highest contacts by name.',
    params: uuidParams,
    response: accountSchema,
    handle: async ({ params, now }, deps) => readAccount(deps.store.pool, await workspaceNow(deps), params.id, now),
  }),
  route({
    method: 'get',
    path: '/api/accounts/:id/contacts',
    permission,
    tag,
    summary: 'List the contacts of an account',
    description: "Those with the highest score in the lifecycle's model come first.",
    params: uuidParams,
    query: accountContactsQuery,
    response: accountContactsSchema,
    handle: async ({ params, query, now }, deps) =>
      listAccountContacts(deps.store.pool, await workspaceNow(deps), { ...params, ...query }, now),
  }),
  route({
    method: 'get',
    path: '/api/accounts/:id/forecast',
    permission,
    tag,
    summary: "What becomes of an account's scores",
    description: 'If nothing more arrives for any of its contacts. Nothing is written.',
    params: uuidParams,
    query: accountForecastQuery,
    response: accountForecastSchema,
    handle: async ({ params, query, now }, deps) =>
      forecastAccount(deps.store.pool, await workspaceNow(deps), { id: params.id, at: now, days: query.days }),
  }),
  route({
    method: 'get',
    path: '/api/account-models/:id/checks',
    permission,
    tag,
    summary: 'What accounts say against a model for accounts in force',
    description:
      'Rules that fit no account, fields that none has, bands that none reaches; of many accounts 5,000 are asked. Nothing while there are none.',
    params: idParams,
    response: modelChecksSchema,
    handle: async ({ params, now }, deps) => {
      const workspace = await workspaceNow(deps);
      const model = workspace.definitions.accountModels.find(({ id }) => id === params.id);
      if (!model) throw notFound('score model for accounts in force', params.id);
      return checkAccountsOf(deps.store.pool, workspace, model, now);
    },
  }),
];
