/* eslint-disable @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-member-access --
   answers are looked into freely: the server under test checks each against its schema */
import { definitionCollections, type BandResults } from '@ripen/shared';
import { expect } from 'vitest';
import * as definitions from './definitions.ts';
import type { Fixture } from './fixture.ts';
import { bad, get, nobody, post, put, unknown, type Case } from './route-case.ts';
import type { Call } from './support.ts';

const tracking = (path: string): Record<string, Case> => ({
  [`POST ${path}`]: {
    happy: (f) => ({
      path,
      key: f.server.write,
      body: { userId: 'u', event: 'x', previousId: 'p', batch: [{ type: 'track', event: 'x', userId: 'u' }] },
    }),
    shows: (answer) => expect(answer.body.accepted).toBe(1),
    invalid: (f) => [{ path, key: f.server.write, raw: '{' }, 400, 'malformed_json'],
  },
});

const documentOf: Record<string, { id: string; document: object }> = {
  models: { id: 'second', document: { ...definitions.model, id: 'second' } },
  lifecycle: { id: 'lifecycle', document: definitions.lifecycle },
  automations: { id: 'second', document: { ...definitions.waiting, id: 'second' } },
  'event-types': { id: 'second', document: { ...definitions.eventType, id: 'second' } },
  fields: { id: 'second', document: { ...definitions.field, id: 'second' } },
  queues: { id: 'second', document: { ...definitions.queue, id: 'second' } },
  channels: { id: 'second', document: { ...definitions.channel, id: 'second' } },
  segments: { id: 'second', document: { ...definitions.segment, id: 'second' } },
  'maintenance-programs': { id: 'second', document: { ...definitions.nightly, id: 'second' } },
  'account-models': { id: 'second', document: { ...definitions.accountModel, id: 'second' } },
};

/** Every kind goes through the life of a document, in the order of the routes. */
const lifeOf = (collection: string, kind: string): Record<string, Case> => {
  const base = `/api/${collection}`;
  const { id, document } = documentOf[collection] ?? { id: '', document: {} };
  const draft = async (f: Fixture): Promise<void> => {
    const current = await f.server.get(`${base}/${id}`);
    const saved = await f.server.call(
      put(`${base}/${id}/draft`, { document, edition: current.body.draft?.edition ?? null }),
    );
    expect(saved.status).toBe(200);
  };
  const drafted =
    (call: Call) =>
    async (f: Fixture): Promise<Call> => {
      await draft(f);
      return call;
    };
  const published =
    (call: Call) =>
    async (f: Fixture): Promise<Call> => {
      await draft(f);
      expect((await f.server.post(`${base}/${id}/publish`)).status).toBe(200);
      return call;
    };
  return {
    [`GET ${base}`]: {
      happy: () => get(base),
      shows: (answer) => expect(answer.body.items.length).toBeGreaterThan(0),
      invalid: null,
    },
    [`GET ${base}/:id`]: {
      happy: drafted(get(`${base}/${id}`)),
      shows: (answer) => expect(answer.body.draft.document).toEqual(document),
      invalid: unknown(`${base}/nope`),
    },
    [`GET ${base}/:id/versions`]: {
      happy: published(get(`${base}/${id}/versions`)),
      shows: (answer) => expect(answer.body.items[0]).toMatchObject({ document: { kind } }),
      invalid: unknown(`${base}/nope/versions`),
    },
    [`GET ${base}/:id/versions/:version`]: {
      happy: published(get(`${base}/${id}/versions/1`)),
      shows: (answer) => expect(answer.body).toMatchObject({ version: 1, document: { kind } }),
      invalid: unknown(`${base}/${id}/versions/99`),
    },
    [`PUT ${base}/:id/draft`]: {
      happy: async (f) => {
        const current = await f.server.get(`${base}/${id}`);
        return put(`${base}/${id}/draft`, { document, edition: current.body.draft?.edition ?? null });
      },
      shows: async (answer, f) => {
        expect(answer.body.document).toEqual(document);
        // Who read an older edition does not overwrite.
        expect(
          (await f.server.call(put(`${base}/${id}/draft`, { document, edition: answer.body.edition + 1 }))).status,
        ).toBe(409);
      },
      invalid: bad(put(`${base}/${id}/draft`, { document: 'text' })),
    },
    [`DELETE ${base}/:id/draft`]: {
      happy: drafted({ method: 'DELETE', path: `${base}/${id}/draft` }),
      invalid: unknown(`${base}/nope/draft`, 'DELETE'),
    },
    [`POST ${base}/:id/validate`]: {
      happy: drafted(post(`${base}/${id}/validate`)),
      shows: (answer) => expect(answer.body).toMatchObject({ valid: true }),
      invalid: unknown(`${base}/nope/validate`, 'POST'),
    },
    [`POST ${base}/:id/publish`]: {
      happy: drafted(post(`${base}/${id}/publish`)),
      shows: (answer) => expect(answer.body.revision).toBeGreaterThan(0),
      invalid: unknown(`${base}/nope/publish`, 'POST'),
    },
    [`POST ${base}/:id/archive`]: {
      happy: published(post(`${base}/${id}/archive`)),
      shows: async (_, f) => {
        expect((await f.server.get(`${base}/${id}`)).body.status).toBe('archived');
        // There is only one lifecycle, and the cases after this need it.
        if (id === 'lifecycle') expect((await f.server.post('/api/apply', { documents: [document] })).status).toBe(200);
      },
      invalid: unknown(`${base}/nope/archive`, 'POST'),
    },
  };
};

export const definitionCases: Record<string, Case> = {
  ...Object.assign(
    {},
    ...['batch', 'import', 'identify', 'track', 'page', 'screen', 'group', 'alias'].map((name) =>
      tracking(`/v1/${name}`),
    ),
  ),
  ...Object.assign({}, ...Object.entries(definitionCollections).map(([collection, kind]) => lifeOf(collection, kind))),
  'GET /api/automations/:id/counts': {
    happy: () => get('/api/automations/hand-over/counts?version=1'),
    shows: (answer) => expect(answer.body.edges[0]).toEqual({ from: 'start', port: 'next', count: 8 }),
    invalid: unknown('/api/automations/nope/counts'),
  },
  'POST /api/automations/:id/pause': {
    happy: () => post('/api/automations/hand-over/pause', { waitingRuns: 'hold' }),
    shows: async (_, f) => expect((await f.server.get('/api/automations/hand-over')).body.status).toBe('paused'),
    invalid: bad(post('/api/automations/hand-over/pause', { waitingRuns: 'vanish' })),
  },
  'GET /api/automations/:id/in-flight': {
    happy: () => get('/api/automations/waiting/in-flight'),
    shows: (answer) =>
      expect(answer.body.items).toContainEqual({ version: 1, node: 'pause', type: 'wait_time', waiting: 1 }),
    invalid: unknown('/api/automations/nope/in-flight'),
  },
  'POST /api/automations/:id/in-flight': {
    happy: () => post('/api/automations/waiting/in-flight', { act: 'move' }),
    shows: (answer, f) => expect(answer.body.jobId).toBe(f.job),
    invalid: bad(post('/api/automations/waiting/in-flight', { act: 'keep' })),
  },
  'POST /api/automations/:id/resume': {
    happy: async (f) => {
      await f.server.post('/api/automations/hand-over/pause');
      return post('/api/automations/hand-over/resume');
    },
    shows: (answer) => expect(answer.body.version).toBe(1),
    invalid: unknown('/api/automations/nope/resume', 'POST'),
  },
  'POST /api/automations/:id/unarchive': {
    happy: async (f) => {
      await f.server.post('/api/automations/hand-over/archive', { waitingRuns: 'finish' });
      return post('/api/automations/hand-over/unarchive');
    },
    shows: async (_, f) => {
      expect((await f.server.get('/api/automations/hand-over')).body.status).toBe('paused');
      expect((await f.server.post('/api/automations/hand-over/resume')).status).toBe(200);
    },
    invalid: unknown('/api/automations/nope/unarchive', 'POST'),
  },
  'PUT /api/presence': {
    happy: () => put('/api/presence', { window: nobody, collection: 'automations', id: 'hand-over' }),
    shows: (answer) => expect(answer.body).toEqual({ others: [] }),
    invalid: bad(put('/api/presence', { window: 'mine', collection: 'automations', id: 'hand-over' })),
  },
  'DELETE /api/presence/:window': {
    happy: () => ({ method: 'DELETE', path: `/api/presence/${nobody}` }),
    invalid: bad({ method: 'DELETE', path: '/api/presence/mine' }),
  },
  'GET /api/channels/:id/secret': {
    happy: () => get('/api/channels/hook/secret'),
    shows: (answer) => expect(answer.body.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/),
    invalid: unknown('/api/channels/nope/secret'),
  },
  'GET /api/models/:id/grid': {
    happy: () => get(`/api/models/${definitions.model.id}/grid?with=${definitions.model.id}`),
    shows: (answer) => expect(answer.body.counts).toHaveLength(Number(answer.body.rows.length)),
    invalid: unknown(`/api/models/${definitions.model.id}/grid?with=nope`),
  },
  'GET /api/models/:id/results': {
    happy: () => get(`/api/models/${definitions.model.id}/results?field=country&is=DE;%20us`),
    shows: async ({ body }, f) => {
      expect(body.values).toContainEqual({ value: 'US', count: expect.any(Number), isYes: true });
      expect(body.total.converted).toBeGreaterThan(0);
      const { bands, total } = body as BandResults;
      for (const what of ['contacts', 'converted', 'unknown'] as const)
        expect(bands.reduce((sum, band) => sum + band[what], 0)).toBe(total[what]);
      const of = (query: string) => f.server.get(`/api/models/${definitions.model.id}/results?${query}`);
      const [won, accepted] = [
        (await of('lead=won')).body as BandResults,
        (await of('lead=accepted')).body as BandResults,
      ];
      expect(won.total.converted).toBeLessThanOrEqual(accepted.total.converted);
      expect((await of('stage=mql')).body).toMatchObject({ total: { unknown: 0 }, values: [] });
      expect((await of('stage=nope')).status).toBe(404);
      expect((await of('lead=won&is=yes')).status).toBe(400);
    },
    invalid: bad(get(`/api/models/${definitions.model.id}/results?field=country&stage=mql`)),
  },
  'GET /api/models/:id/combinations': {
    happy: () => get(`/api/models/${definitions.model.id}/combinations`),
    shows: (answer) => expect(answer.body.why).toMatch(/not different powers of two/),
    invalid: unknown('/api/models/nope/combinations'),
  },
  'GET /api/models/:id/checks': {
    happy: () => get(`/api/models/${definitions.model.id}/checks`),
    shows: (answer) => expect(answer.body.items).toBeInstanceOf(Array),
    invalid: unknown('/api/models/nope/checks'),
  },
  'GET /api/segment-counts': {
    happy: () => get('/api/segment-counts'),
    shows: (answer) =>
      expect(answer.body.items).toContainEqual({ segment: 'asked', count: expect.any(Number), exact: true }),
    invalid: null,
  },
  'POST /api/segments/preview': {
    happy: () => post('/api/segments/preview', { when: { kind: 'segment', segment: 'asked' } }),
    shows: (answer) => expect(answer.body.total.exact).toBe(true),
    invalid: bad(
      post('/api/segments/preview', { when: { kind: 'segment', segment: 'nowhere' } }),
      'invalid_definitions',
      422,
    ),
  },
  'GET /api/segments/:id/uses': {
    happy: () => get('/api/segments/asked/uses'),
    shows: (answer) =>
      expect(answer.body.items).toEqual([
        { kind: 'maintenance_program', id: 'nightly', name: 'Nightly', part: null, node: null },
      ]),
    invalid: null,
  },
  'GET /api/segments/:id/contacts.csv': {
    happy: () => get('/api/segments/asked/contacts.csv'),
    shows: (answer) => expect(answer.headers.get('content-type')).toContain('text/csv'),
    invalid: unknown('/api/segments/nope/contacts.csv'),
  },
  'GET /api/automation-templates': {
    happy: () => get('/api/automation-templates'),
    shows: (answer) => expect(answer.body.items[0]).toMatchObject({ id: 'contact-form-to-manager' }),
    invalid: null,
  },
  'GET /api/templates': {
    happy: () => get('/api/templates'),
    shows: (answer) => expect(answer.body.items[0]).toMatchObject({ id: 'hundred-points', applied: false }),
    invalid: null,
  },
  'POST /api/templates/:id': {
    happy: () => post('/api/templates/fit-and-intent', { existing: 'keep' }),
    shows: (answer) => expect(answer.body.kept).toContainEqual({ kind: 'lifecycle', id: 'lifecycle' }),
    invalid: unknown('/api/templates/nope', 'POST'),
  },
  'POST /api/apply': {
    happy: () =>
      post('/api/apply', { documents: definitions.documents.filter((document) => document.kind !== 'lifecycle') }),
    shows: (answer) =>
      expect([...answer.body.published, ...answer.body.unchanged]).toHaveLength(definitions.documents.length - 1),
    invalid: bad(post('/api/apply', { documents: [] })),
  },
};
