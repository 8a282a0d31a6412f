import { applyBodySchema, hasErrors, publicationSchema, validationSchema, type Definition } from '@ripen/shared';
import { InvalidDefinitionsError } from '../../lanes/publish.ts';
import { headRevision } from '../../store/definitions.ts';
import { failingTests, problemsWith, readDocument } from '../documents.ts';
import { despiteOf, publish } from '../publishing.ts';
import { route, type Route } from '../route.ts';
import { invalidDefinitions, type ProblemItem } from '../problem.ts';

/** Reads all documents, or throws one Problem with everything wrong in any of them. */
export const readDocuments = (documents: readonly Record<string, unknown>[]): Definition[] => {
  const read: Definition[] = [];
  const errors: ProblemItem[] = [];
  for (const [index, document] of documents.entries()) {
    const result = readDocument(document, { path: `documents.${index}` });
    if ('errors' in result) errors.push(...result.errors);
    else read.push(result.document);
  }
  if (errors.length > 0) throw invalidDefinitions(errors);
  return read;
};

export const applyRoutes: Route[] = [
  route({
    method: 'post',
    path: '/api/apply',
    permission: 'definitions:write',
    tag: 'Definitions',
    summary: 'Publish many documents as one: all or none',
    description:
      'Documents are checked together, so they may refer to each other. What is published already and says the same is left alone. Problems answer 422 and point at document, node and path; so do tests of automations that go another way (`scenario_failed`), unless `despiteTests` says why they are published all the same.',
    body: applyBodySchema,
    response: publicationSchema.extend({ problems: validationSchema.shape.problems }),
    maxBodyBytes: 20 * 1024 * 1024,
    handle: async ({ body, principal, now }, deps) => {
      const documents = readDocuments(body.documents);
      const problems = await problemsWith(deps.store.pool, documents);
      const despite = despiteOf(body, principal);
      if (!body.dryRun) return { ...(await publish(deps, documents, now, { despite })).publication, problems };
      const failing = despite ? [] : await failingTests(deps.store.pool, documents);
      if (hasErrors([...problems, ...failing])) throw new InvalidDefinitionsError([...problems, ...failing]);
      return { revision: await headRevision(deps.store.pool), published: [], unchanged: [], problems };
    },
  }),
];
