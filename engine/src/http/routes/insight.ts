import {
  bandResultsQuery,
  bandResultsSchema,
  catalogueSchema,
  catalogueUsesQuery,
  combinationsSchema,
  distributionQuery,
  distributionSchema,
  gridQuery,
  gridSchema,
  idParams,
  installationHealthSchema,
  lifecyclePreviewBodySchema,
  lifecyclePreviewSchema,
  modelChecksSchema,
  usesOf,
  usesSchema,
} from '@ripen/shared';
import { readCatalogue } from '../../read/catalogue.ts';
import { readCombinations } from '../../read/combinations.ts';
import { distributionOf, gridOf, previewOf } from '../../read/distribution.ts';
import { extraCondition } from '../../read/extra-condition.ts';
import { readHealth } from '../../read/health.ts';
import { checksOf, rulesSince } from '../../read/model-checks.ts';
import { readResults } from '../../read/results.ts';
import { workspaceNow } from '../../read/workspace.ts';
import { readMatches } from '../../store/seen.ts';
import { notFound } from '../problem.ts';
import { route, type Route } from '../route.ts';

/** What is told of the workspace and the installation as a whole. */
export const insightRoutes: Route[] = [
  route({
    method: 'get',
    path: '/api/models/:id/distribution',
    permission: 'contacts:read',
    tag: 'Contacts',
    summary: 'How many contacts have which score',
    description: 'Exact up to 20,000 contacts, from a sample beyond (`sampled`). At most ten seconds old.',
    params: idParams,
    query: distributionQuery,
    response: distributionSchema,
    handle: async ({ params, query, now }, deps) => {
      const workspace = await workspaceNow(deps);
      if (!workspace.program.model.has(params.id)) throw notFound('score model in force', params.id);
      const sample = await deps.scoreSamples.take(deps.store.pool, workspace, now);
      return distributionOf(sample, workspace, { model: params.id, buckets: query.buckets });
    },
  }),
  route({
    method: 'get',
    path: '/api/models/:id/grid',
    permission: 'contacts:read',
    tag: 'Contacts',
    summary: 'How many contacts are in which bands of two models',
    description: 'Exact up to 20,000 contacts, from a sample beyond (`sampled`). At most ten seconds old.',
    params: idParams,
    query: gridQuery,
    response: gridSchema,
    handle: async ({ params, query, now }, deps) => {
      const workspace = await workspaceNow(deps);
      for (const id of [params.id, query.with])
        if (!workspace.program.model.has(id)) throw notFound('score model in force', id);
      const sample = await deps.scoreSamples.take(deps.store.pool, workspace, now);
      return gridOf(sample, workspace, { model: params.id, with: query.with });
    },
  }),
  route({
    method: 'get',
    path: '/api/models/:id/results',
    permission: 'contacts:read',
    tag: 'Contacts',
    summary: 'What became of the contacts in each band of a model',
    description:
      'The result is a field with the values that mean yes, a stage, or what came of leads. Exact up to 20,000 contacts, from a sample beyond (`sampled`). Scores are at most ten seconds old.',
    params: idParams,
    query: bandResultsQuery,
    response: bandResultsSchema,
    handle: async ({ params, query, now }, deps) => {
      const workspace = await workspaceNow(deps);
      const model = workspace.definitions.models.find(({ id }) => id === params.id);
      if (!model) throw notFound('score model in force', params.id);
      const stages = workspace.definitions.lifecycle?.stages ?? [];
      if (query.stage !== undefined && !stages.some(({ id }) => id === query.stage))
        throw notFound('stage', query.stage);
      const sample = await deps.scoreSamples.take(deps.store.pool, workspace, now);
      return readResults(deps.store.pool, sample, { model, query });
    },
  }),
  route({
    method: 'get',
    path: '/api/models/:id/combinations',
    permission: 'contacts:read',
    tag: 'Contacts',
    summary: 'Which rules of a model hold together for how many contacts',
    description:
      'Told by the score alone where every rule has another power of two for its points and counts once: 5 is 4 and 1, and nothing else. Each comes with a segment to apply.',
    params: idParams,
    response: combinationsSchema,
    handle: async ({ params, now }, deps) => {
      const workspace = await workspaceNow(deps);
      const model = workspace.definitions.models.find(({ id }) => id === params.id);
      if (!model) throw notFound('score model in force', params.id);
      return readCombinations(model, workspace, await deps.scoreSamples.take(deps.store.pool, workspace, now));
    },
  }),
  route({
    method: 'get',
    path: '/api/models/:id/checks',
    permission: 'contacts:read',
    tag: 'Contacts',
    summary: 'What events and contacts say against a model in force',
    description:
      'Rules that gave nothing in 90 days, or never although their events come, fields that no contact has had, thresholds that nobody reaches. Nothing while there are no contacts.',
    params: idParams,
    response: modelChecksSchema,
    handle: async ({ params, now }, deps) => {
      const workspace = await workspaceNow(deps);
      const model = workspace.definitions.models.find(({ id }) => id === params.id);
      if (!model) throw notFound('score model in force', params.id);
      const { pool } = deps.store;
      const [catalogue, matches, since, sample] = await Promise.all([
        readCatalogue(pool, workspace),
        readMatches(pool, model.id),
        rulesSince(pool, model),
        deps.scoreSamples.take(pool, workspace, now),
      ]);
      return checksOf(model, workspace, { seen: { ...catalogue, matches, since }, sample, now });
    },
  }),
  route({
    method: 'post',
    path: '/api/lifecycle/preview',
    permission: 'contacts:read',
    tag: 'Contacts',
    summary: 'How many contacts a lifecycle would put into each stage',
    description:
      'By the scores of now, thresholds and extra conditions; who is in a terminal stage stays there. Margins, minimum stays and what people set by hand are left out. Changes nothing.',
    body: lifecyclePreviewBodySchema,
    response: lifecyclePreviewSchema,
    handle: async ({ body, now }, deps) => {
      const workspace = await workspaceNow(deps);
      const model = body.model ?? workspace.program.lifecycle?.model ?? workspace.program.models[0]?.id;
      if (model === undefined || !workspace.program.model.has(model))
        throw notFound('score model in force', model ?? 'to compare with thresholds');
      const sample = await deps.scoreSamples.take(deps.store.pool, workspace, now);
      const stages = body.stages.map(({ when, ...stage }, index) => ({
        ...stage,
        when: when === undefined ? null : extraCondition(workspace, when, `stages.${index}.when`),
      }));
      return previewOf(sample, { model, stages });
    },
  }),
  route({
    method: 'get',
    path: '/api/catalogue',
    permission: 'definitions:read',
    tag: 'Definitions',
    summary: 'Event types, fields and labels that there are',
    description: 'Declared, named by definitions in force, or seen in events: what pickers of conditions offer.',
    response: catalogueSchema,
    handle: async (_, deps) => readCatalogue(deps.store.pool, await workspaceNow(deps)),
  }),
  route({
    method: 'get',
    path: '/api/catalogue/uses',
    permission: 'definitions:read',
    tag: 'Definitions',
    summary: 'Where a field, an event type or a label is used',
    description: 'By definitions in force. A field that is used cannot be deleted.',
    query: catalogueUsesQuery,
    response: usesSchema,
    handle: async ({ query }, deps) => ({
      items: [...usesOf((await workspaceNow(deps)).definitions, query.kind, query.name)],
    }),
  }),
  route({
    method: 'get',
    path: '/api/health',
    permission: 'operations:read',
    tag: 'Operations',
    summary: 'How the installation works: throughput, backlogs, failures, workers',
    response: installationHealthSchema,
    handle: async ({ now }, deps) => {
      const [reachable, workers] = await Promise.all([deps.temporalReachable(), deps.workers()]);
      const temporal = { reachable, url: deps.temporalUi?.url ?? null };
      return readHealth(deps.store.pool, { throughput: deps.throughput, temporal, workers, now });
    },
  }),
];
