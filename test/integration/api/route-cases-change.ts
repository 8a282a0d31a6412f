/* eslint-disable @typescript-eslint/no-unsafe-member-access --
   answers are looked into freely: the server under test checks each against its schema */
import { expect } from 'vitest';
import { model, waiting } from './definitions.ts';
import { bad, get, nobody, post, unknown, type Case } from './route-case.ts';

/** What changing models with care takes. */
export const changeCases: Record<string, Case> = {
  'POST /api/impact': {
    happy: () => post('/api/impact', { documents: [{ ...model, name: 'Interest, again' }], sample: 100 }),
    shows: (answer, f) => expect(answer.body.jobId).toBe(f.impactJob),
    invalid: () => [post('/api/impact', { documents: [{ ...model, groups: [] }] }), 422],
  },
  'GET /api/impact/:id': {
    happy: (f) => get(`/api/impact/${f.impactJob}`),
    shows: (answer) => expect(answer.body).toMatchObject({ job: { kind: 'impact', total: 3 }, impact: null }),
    invalid: (f) => [get(`/api/impact/${f.job}`), 404, 'not_found'],
  },
  'POST /api/back-tests': {
    happy: () => post('/api/back-tests', { document: waiting, days: 30 }),
    shows: (answer, f) => expect(answer.body.jobId).toBe(f.backTestJob),
    invalid: () => [post('/api/back-tests', { document: model, days: 30 }), 422],
  },
  'GET /api/back-tests/latest': {
    happy: () => get('/api/back-tests/latest?automation=waiting'),
    shows: (answer, f) => expect(answer.body).toMatchObject({ job: { id: f.backTestJob }, backTest: null }),
    invalid: bad(get('/api/back-tests/latest')),
  },
  'GET /api/back-tests/:id': {
    happy: (f) => get(`/api/back-tests/${f.backTestJob}`),
    shows: (answer) => expect(answer.body).toMatchObject({ job: { kind: 'backtest', total: 9 }, backTest: null }),
    invalid: (f) => [get(`/api/back-tests/${f.job}`), 404, 'not_found'],
  },
  'GET /api/back-tests/:id/contacts/:contact': {
    happy: (f) => get(`/api/back-tests/${f.backTestJob}/contacts/${f.contact}`),
    shows: (answer) =>
      expect(answer.body).toMatchObject({ reasons: [], parts: null, live: { runs: [{ status: 'waiting' }] } }),
    invalid: (f) => [get(`/api/back-tests/${f.backTestJob}/contacts/${nobody}`), 404, 'not_found'],
  },
  'POST /api/rebuilds': {
    happy: () => post('/api/rebuilds'),
    shows: (answer, f) => expect(answer.body.jobId).toBe(f.job),
    invalid: null,
  },
  'GET /api/rebuilds/latest': {
    happy: () => get('/api/rebuilds/latest'),
    shows: (answer) => expect(answer.body).toEqual({ job: null }),
    invalid: null,
  },
  'POST /api/voids/preview': {
    happy: () => post('/api/voids/preview', { filter: { eventTypes: ['email_clicked'] } }),
    shows: (answer, f) =>
      expect(answer.body).toMatchObject({
        contacts: 1,
        entries: 1,
        points: 10,
        examples: [{ contact: { id: f.contact } }],
      }),
    invalid: bad(post('/api/voids/preview', { filter: {} })),
  },
  'POST /api/voids': {
    happy: () => post('/api/voids', { filter: { causes: ['rule:clicks'] }, reason: 'a bot' }),
    shows: (answer, f) => expect(answer.body.jobId).toBe(f.job),
    invalid: bad(post('/api/voids', { filter: { causes: ['rule:clicks'] } })),
  },
  'GET /api/voids/latest': {
    happy: () => get('/api/voids/latest'),
    shows: (answer) => expect(answer.body).toEqual({ job: null }),
    invalid: null,
  },
  'POST /api/jobs/:id/cancel': {
    happy: (f) => post(`/api/jobs/${f.impactJob}/cancel`),
    invalid: unknown(`/api/jobs/${nobody}/cancel`, 'POST'),
  },
  'POST /api/jobs/:id/resume': {
    happy: async (f) => {
      await f.server.deps.store.pool.query(`update jobs set status = 'cancelled' where id = $1`, [f.impactJob]);
      return post(`/api/jobs/${f.impactJob}/resume`);
    },
    shows: (answer) => expect(answer.body.status).toBe('running'),
    invalid: (f) => [post(`/api/jobs/${f.sampleJob}/resume`), 404, 'not_found'],
  },
};
