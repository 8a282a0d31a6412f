import { Readable } from 'node:stream';
import {
  idParams,
  segmentCountsSchema,
  segmentExportQuery,
  segmentPreviewBodySchema,
  segmentPreviewSchema,
  usesSchema,
  usesOf,
} from '@ripen/shared';
import { z } from 'zod';
import { InvalidDefinitionsError } from '../../lanes/publish.ts';
import { readCatalogue } from '../../read/catalogue.ts';
import { listFitting } from '../../read/contact-list.ts';
import { segmentCsv } from '../../read/segment-csv.ts';
import { countSegments, segmentInForce } from '../../read/segments.ts';
import { workspaceNow } from '../../read/workspace.ts';
import { problemsWith, readDocument } from '../documents.ts';
import { invalidDefinitions } from '../problem.ts';
import { route, type Route } from '../route.ts';

const tag = 'Contacts' as const;
/** How many contacts a preview shows. */
const shownOfPreview = 5;

/** What a preview is read as. */
const previewed = { kind: 'segment', id: 'preview', name: 'Preview' };

/** What segments have beside what every definition has. Who is in one: `/api/contacts?segment=`. */
export const segmentRoutes: Route[] = [
  route({
    method: 'get',
    path: '/api/segment-counts',
    permission: 'contacts:read',
    tag,
    summary: 'How many contacts each segment has',
    description:
      'Exact where all contacts who come into question can be looked at in about half a second, from a sample beyond: `range` says what each count lies between, 19 times in 20.',
    response: segmentCountsSchema,
    handle: async ({ now }, deps) => {
      const workspace = await workspaceNow(deps);
      return { items: await countSegments(deps.store, workspace, now, deps.patience.countMs) };
    },
  }),
  route({
    method: 'post',
    path: '/api/segments/preview',
    permission: 'contacts:read',
    tag,
    summary: 'Who would be in a segment',
    description:
      'Changes nothing. Of very many contacts it takes a sample: `range` says what the count lies between, 19 times in 20, and fewer may be shown than there are. With `countAll` everybody is looked at, some ten seconds for a million.',
    body: segmentPreviewBodySchema,
    response: segmentPreviewSchema,
    handle: async ({ body, now }, deps) => {
      const parsed = readDocument({ ...previewed, when: body.when }, { path: '' });
      if ('errors' in parsed) throw invalidDefinitions(parsed.errors);
      if (parsed.document.kind !== 'segment') throw new Error('A segment was read as another document.');
      const { document } = parsed;
      const errors = (await problemsWith(deps.store.pool, [document])).filter(({ severity }) => severity === 'error');
      if (errors.length > 0) throw new InvalidDefinitionsError(errors);
      const asked = { limit: shownOfPreview, sort: 'newest' as const };
      const { walkMs, countMs } = deps.patience;
      // Whoever types waits for both.
      const patience = { walkMs: walkMs / 2, countMs: body.countAll === true ? Infinity : countMs };
      const workspace = await workspaceNow(deps);
      const { items, total } = await listFitting(deps.store, workspace, asked, document.when, now, patience);
      return { items, total: total ?? { count: items.length, exact: true } };
    },
  }),
  route({
    method: 'get',
    path: '/api/segments/:id/uses',
    permission: 'definitions:read',
    tag: 'Definitions',
    summary: 'Where a segment is used',
    description: 'By definitions in force. One that is used cannot be archived.',
    params: idParams,
    response: usesSchema,
    handle: async ({ params }, deps) => ({
      items: [...usesOf((await workspaceNow(deps)).definitions, 'segment', params.id)],
    }),
  }),
  route({
    method: 'get',
    path: '/api/segments/:id/contacts.csv',
    permission: 'contacts:read',
    tag,
    summary: 'The contacts of a segment as CSV',
    description:
      'Streamed: as many lines as there are contacts. Text that a spreadsheet would take for a formula begins with an apostrophe.',
    params: idParams,
    query: segmentExportQuery,
    response: z.custom<Readable>((body) => body instanceof Readable).meta({ type: 'string' }),
    produces: 'text/csv; charset=utf-8',
    handle: async ({ params, query, now }, deps) => {
      const workspace = await workspaceNow(deps);
      const segment = segmentInForce(workspace, params.id);
      const known = async (): Promise<string[]> =>
        (await readCatalogue(deps.store.pool, workspace)).fields.map(({ path }) => path);
      const fields = query.fields === undefined ? await known() : query.fields.split(',').filter((name) => name !== '');
      return segmentCsv(deps.store, workspace, segment, fields, now);
    },
  }),
];
