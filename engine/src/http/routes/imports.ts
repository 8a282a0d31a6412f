import {
  importBodySchema,
  importSchema,
  pageOf,
  refusalsBodySchema,
  refusalSchema,
  refusalsQuery,
  uuidParams,
} from '@ripen/shared';
import { Readable } from 'node:stream';
import { z } from 'zod';
import { cancelImport, closeImport, openImport, settleImports } from '../../lanes/loads.ts';
import { isoDate, isoDateOrNull } from '../../read/moments.ts';
import { listImports, readImport, type ImportRow } from '../../store/imports.ts';
import { keepRefusals } from '../../store/refusals.ts';
import { countArrivals } from '../../read/imports.ts';
import { listRefusals, refusalsCsv } from '../../read/refusals.ts';
import type { Queryable } from '../../store/store.ts';
import { notFound } from '../problem.ts';
import { route, type Route } from '../route.ts';

const tag = 'Historical loads' as const;

const shown = async (
  db: Queryable,
  { id, name, status, received, refused, createdAt, closedAt }: ImportRow,
): Promise<z.output<typeof importSchema>> => ({
  id,
  name,
  status,
  received,
  waiting: await countArrivals(db, id),
  refused,
  createdAt: isoDate(createdAt),
  closedAt: isoDateOrNull(closedAt),
});

const known = async (db: Queryable, id: string): Promise<ImportRow> => {
  const load = await readImport(db, id);
  if (!load) throw notFound('historical load', id);
  return load;
};

/** One look, without waiting for the load to drain: the sweeper and later requests go on. */
const once = AbortSignal.abort();

export const importRoutes: Route[] = [
  route({
    method: 'post',
    path: '/api/imports',
    permission: 'imports:write',
    tag,
    summary: 'Open a historical load',
    status: 201,
    description:
      'Batches that name it (`/v1/batch?import=<id>` or `importId` in the body) may say when each event was received. What falls due for the contacts they touch is held until the load is closed.',
    body: importBodySchema,
    response: importSchema,
    handle: async ({ body }, deps) => shown(deps.store.pool, await openImport(deps, body)),
  }),
  route({
    method: 'get',
    path: '/api/imports',
    permission: 'imports:read',
    tag,
    summary: 'List the historical loads of late',
    response: z.object({ items: z.array(importSchema) }),
    handle: async (_, { store }) => ({
      items: await Promise.all((await listImports(store.pool, 100)).map((load) => shown(store.pool, load))),
    }),
  }),
  route({
    method: 'get',
    path: '/api/imports/:id',
    permission: 'imports:read',
    tag,
    summary: 'Read a historical load',
    params: uuidParams,
    response: importSchema,
    handle: async ({ params }, deps) => {
      const { pool } = deps.store;
      let load = await readImport(pool, params.id);
      if (load?.status === 'closing') {
        await settleImports(deps);
        load = await readImport(pool, params.id);
      }
      if (!load) throw notFound('historical load', params.id);
      return shown(pool, load);
    },
  }),
  route({
    method: 'post',
    path: '/api/imports/:id/close',
    permission: 'imports:write',
    tag,
    summary: 'Close a historical load',
    description: '`closing` until all of its events are applied, then `closed`.',
    params: uuidParams,
    response: importSchema,
    handle: async ({ params }, deps) =>
      shown(deps.store.pool, await closeImport(deps, { importId: params.id, signal: once })),
  }),
  route({
    method: 'post',
    path: '/api/imports/:id/cancel',
    permission: 'imports:write',
    tag,
    summary: 'End a historical load that went wrong',
    description: 'What was accepted stays; what the load holds is released.',
    params: uuidParams,
    response: importSchema,
    handle: async ({ params }, deps) => shown(deps.store.pool, await cancelImport(deps, { importId: params.id })),
  }),
  route({
    method: 'post',
    path: '/api/imports/:id/refusals',
    permission: 'imports:write',
    tag,
    summary: 'Tell what of a file was not taken',
    description:
      'Whoever reads a file says which rows it could not use, so that they can be found again later. Telling one twice keeps it once; the first 10,000 of a load are kept, the others counted.',
    maxBodyBytes: 2_000_000,
    params: uuidParams,
    body: refusalsBodySchema,
    response: importSchema,
    handle: async ({ params, body }, deps) => {
      await deps.store.transaction((tx) => keepRefusals(tx, { importId: params.id, ...body }));
      return shown(deps.store.pool, await known(deps.store.pool, params.id));
    },
  }),
  route({
    method: 'get',
    path: '/api/imports/:id/refusals',
    permission: 'imports:read',
    tag,
    summary: 'List what a historical load did not take, and why',
    params: uuidParams,
    query: refusalsQuery,
    response: pageOf(refusalSchema),
    handle: async ({ params, query }, { store: { pool } }) =>
      listRefusals(pool, (await known(pool, params.id)).id, query),
  }),
  route({
    method: 'get',
    path: '/api/imports/:id/refusals.csv',
    permission: 'imports:read',
    tag,
    summary: 'The error file of a historical load',
    params: uuidParams,
    response: z.custom<Readable>((body) => body instanceof Readable).meta({ type: 'string' }),
    produces: 'text/csv; charset=utf-8',
    handle: async ({ params }, { store: { pool } }) => refusalsCsv(pool, (await known(pool, params.id)).id),
  }),
];
