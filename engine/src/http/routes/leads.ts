import {
  leadCountsQuery,
  leadCountsSchema,
  leadSchema,
  leadsQuery,
  leadSummarySchema,
  pageOf,
  reasonBodySchema,
  uuidParams,
  wonBodySchema,
} from '@ripen/shared';
import type { Principal } from '../../auth/principal.ts';
import { reportLeadOutcome, type LeadOutcome } from '../../lanes/leads.ts';
import { releaseLead } from '../../lanes/release-lead.ts';
import { countLeads, listLeads, readLead } from '../../read/leads.ts';
import { workspaceNow } from '../../read/workspace.ts';
import type { HttpDeps } from '../deps.ts';
import { route, type Route } from '../route.ts';

const tag = 'Leads' as const;
const write = 'leads:write' as const;

const leadOf = async (deps: HttpDeps, id: string, now: number) =>
  readLead(deps.store.pool, await workspaceNow(deps), id, now);

const report = async (deps: HttpDeps, principal: Principal | null, outcome: LeadOutcome) => {
  const by = principal ? { id: principal.id, name: principal.name } : undefined;
  await reportLeadOutcome(deps, { ...outcome, ...(by ? { by } : {}) });
  return leadOf(deps, outcome.leadId, outcome.now);
};

const emailOf = (principal: Principal | null): string | null => (principal?.is === 'person' ? principal.email : null);

/** What sales says of a lead that came to nothing, and why. */
const endedWithReason = (act: 'reject' | 'lost', outcome: 'rejected' | 'lost', summary: string): Route =>
  route({
    method: 'post',
    path: `/api/leads/:id/${act}`,
    permission: write,
    tag,
    summary,
    params: uuidParams,
    body: reasonBodySchema,
    response: leadSchema,
    handle: ({ params, body, principal, now }, deps) =>
      report(deps, principal, { leadId: params.id, outcome, reason: body.reason, now }),
  });

export const leadRoutes: Route[] = [
  route({
    method: 'get',
    path: '/api/leads',
    permission: 'leads:read',
    tag,
    summary: 'List leads, newest or hottest first',
    query: leadsQuery,
    response: pageOf(leadSummarySchema),
    handle: async ({ query, principal, now }, deps) =>
      listLeads(deps.store.pool, await workspaceNow(deps), { query, email: emailOf(principal), now }),
  }),
  route({
    method: 'get',
    path: '/api/leads/counts',
    permission: 'leads:read',
    tag,
    summary: 'Count leads by status',
    query: leadCountsQuery,
    response: leadCountsSchema,
    handle: async ({ query, principal, now }, deps) =>
      countLeads(deps.store.pool, await workspaceNow(deps), { query, email: emailOf(principal), now }),
  }),
  route({
    method: 'get',
    path: '/api/leads/:id',
    permission: 'leads:read',
    tag,
    summary: 'Read a lead with its routing decision',
    params: uuidParams,
    response: leadSchema,
    handle: ({ params, now }, deps) => leadOf(deps, params.id, now),
  }),
  route({
    method: 'post',
    path: '/api/leads/:id/accept',
    permission: write,
    tag,
    summary: 'Sales takes the lead',
    description: 'One takes it: who comes second is answered 409, with the name of who was faster.',
    params: uuidParams,
    response: leadSchema,
    handle: ({ params, principal, now }, deps) =>
      report(deps, principal, { leadId: params.id, outcome: 'accepted', now }),
  }),
  endedWithReason('reject', 'rejected', 'Sales gives the lead back, with a reason'),
  route({
    method: 'post',
    path: '/api/leads/:id/won',
    permission: write,
    tag,
    summary: 'The lead became a customer',
    params: uuidParams,
    body: wonBodySchema,
    response: leadSchema,
    handle: ({ params, body, principal, now }, deps) =>
      report(deps, principal, {
        leadId: params.id,
        outcome: 'won',
        ...(body.value === null ? {} : { value: body.value }),
        now,
      }),
  }),
  endedWithReason('lost', 'lost', 'The lead did not become a customer, with a reason'),
  route({
    method: 'post',
    path: '/api/leads/:id/release',
    permission: write,
    tag,
    summary: 'Let sales have a lead that a backfill made',
    description: 'The time for answering starts now.',
    params: uuidParams,
    response: leadSchema,
    handle: async ({ params, now }, deps) => {
      await releaseLead(deps, { leadId: params.id, now });
      return leadOf(deps, params.id, now);
    },
  }),
];
