import { leadSchema, leadsQuery, pageOf, reasonBodySchema, uuidParams, wonBodySchema } from '@ripen/shared';
import { reportLeadOutcome, type LeadOutcome } from '../../lanes/leads.ts';
import { releaseLead } from '../../lanes/release-lead.ts';
import { listLeads, readLead } from '../../read/leads.ts';
import type { HttpDeps } from '../deps.ts';
import { route, type Route } from '../route.ts';

const tag = 'Leads' as const;
const write = 'leads:write' as const;

const report = async (deps: HttpDeps, outcome: LeadOutcome) => {
  await reportLeadOutcome(deps, outcome);
  return readLead(deps.store.pool, outcome.leadId);
};

export const leadRoutes: Route[] = [
  route({
    method: 'get',
    path: '/api/leads',
    permission: 'leads:read',
    tag,
    summary: 'List leads, newest first',
    query: leadsQuery,
    response: pageOf(leadSchema),
    handle: ({ query }, { store }) => listLeads(store.pool, query),
  }),
  route({
    method: 'get',
    path: '/api/leads/:id',
    permission: 'leads:read',
    tag,
    summary: 'Read a lead with its routing decision',
    params: uuidParams,
    response: leadSchema,
    handle: ({ params }, { store }) => readLead(store.pool, params.id),
  }),
  route({
    method: 'post',
    path: '/api/leads/:id/accept',
    permission: write,
    tag,
    summary: 'Sales takes the lead',
    params: uuidParams,
    response: leadSchema,
    handle: ({ params, now }, deps) => report(deps, { leadId: params.id, outcome: 'accepted', now }),
  }),
  route({
    method: 'post',
    path: '/api/leads/:id/reject',
    permission: write,
    tag,
    summary: 'Sales gives the lead back, with a reason',
    params: uuidParams,
    body: reasonBodySchema,
    response: leadSchema,
    handle: ({ params, body, now }, deps) =>
      report(deps, { leadId: params.id, outcome: 'rejected', reason: body.reason, now }),
  }),
  route({
    method: 'post',
    path: '/api/leads/:id/won',
    permission: write,
    tag,
    summary: 'The lead became a customer',
    params: uuidParams,
    body: wonBodySchema,
    response: leadSchema,
    handle: ({ params, body, now }, deps) =>
      report(deps, { leadId: params.id, outcome: 'won', ...(body.value === null ? {} : { value: body.value }), now }),
  }),
  route({
    method: 'post',
    path: '/api/leads/:id/lost',
    permission: write,
    tag,
    summary: 'The lead did not become a customer, with a reason',
    params: uuidParams,
    body: reasonBodySchema,
    response: leadSchema,
    handle: ({ params, body, now }, deps) =>
      report(deps, { leadId: params.id, outcome: 'lost', reason: body.reason, now }),
  }),
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
      return readLead(deps.store.pool, params.id);
    },
  }),
];
