/* eslint-disable @typescript-eslint/no-unsafe-member-access --
   answers are looked into freely: the server under test checks each against its schema */
import { expect } from 'vitest';
import { bad, get, post, type Case } from './route-case.ts';

/** The sample workspace; the fixture's job stands for its load. */
export const sampleCases: Record<string, Case> = {
  'GET /api/sample': {
    happy: () => get('/api/sample'),
    shows: (answer, f) => expect(answer.body).toMatchObject({ offered: false, job: { id: f.sampleJob } }),
    invalid: null,
  },
  'POST /api/sample': {
    happy: () => post('/api/sample', { contacts: 100 }),
    shows: (answer, f) => expect(answer.body.id).toBe(f.sampleJob),
    invalid: bad(post('/api/sample', { contacts: 1_000_000 })),
  },
  'POST /api/sample/cancel': { happy: () => post('/api/sample/cancel'), invalid: null },
};
