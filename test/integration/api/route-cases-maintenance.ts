/* eslint-disable @typescript-eslint/no-unsafe-member-access --
   answers are looked into freely: the server under test checks each against its schema */
import { expect } from 'vitest';
import { nightly } from './definitions.ts';
import { bad, get, post, unknown, type Case } from './route-case.ts';

const { who, actions } = nightly;

/** What maintenance programs have beside the life of their documents. */
export const maintenanceCases: Record<string, Case> = {
  'GET /api/maintenance': {
    happy: () => get('/api/maintenance'),
    shows: (answer, f) =>
      expect(answer.body.items).toContainEqual(
        expect.objectContaining({
          ...{ id: 'nightly', name: 'Nightly', version: 1, problem: null },
          // Half past two in Berlin, the night after the server's noon.
          nextAt: expect.stringMatching(/T01:30:00.000Z$/) as string,
          lastRun: expect.objectContaining({ id: f.maintenanceJob, by: 'Ada', members: 3, changed: 2 }) as object,
        }),
      ),
    invalid: null,
  },
  'POST /api/maintenance/preview': {
    happy: () => post('/api/maintenance/preview', { who, actions }),
    shows: (answer, f) =>
      expect(answer.body).toMatchObject({
        members: { count: 1, exact: true },
        changing: { count: 1, exact: true },
        items: [{ id: f.contact }],
      }),
    invalid: () => [
      post('/api/maintenance/preview', { who: { kind: 'segment', segment: 'nowhere' }, actions }),
      422,
      'invalid_definitions',
    ],
  },
  'GET /api/maintenance-programs/:id/runs': {
    happy: () => get('/api/maintenance-programs/nightly/runs?limit=1'),
    shows: (answer, f) =>
      expect(answer.body).toMatchObject({
        items: [{ id: f.maintenanceJob, status: 'completed', version: 1 }],
        next: null,
      }),
    invalid: bad(get('/api/maintenance-programs/nightly/runs?after=x'), 'invalid_cursor'),
  },
  'POST /api/maintenance-programs/:id/runs': {
    happy: () => post('/api/maintenance-programs/nightly/runs'),
    shows: (answer, f) => expect(answer.body).toEqual({ jobId: f.maintenanceJob }),
    invalid: unknown('/api/maintenance-programs/never-was/runs', 'POST'),
  },
};
