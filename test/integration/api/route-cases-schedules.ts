/* eslint-disable @typescript-eslint/no-unsafe-member-access --
   answers are looked into freely: the server under test checks each against its schema */
import { expect } from 'vitest';
import { bad, get, post, unknown, type Case } from './route-case.ts';

/** What automations have that the clock starts. */
export const scheduleCases: Record<string, Case> = {
  'GET /api/automations/:id/schedule': {
    happy: () => get('/api/automations/weekly/schedule'),
    shows: (answer, f) => {
      expect(answer.body).toMatchObject({
        automation: 'weekly',
        version: 1,
        schedules: [{ words: 'every Monday at 09:00, Europe/Berlin', problem: null }],
        lastRound: { id: f.roundJob, by: null, members: 3, told: 2, held: 1 },
      });
      // Nine o'clock in Berlin.
      for (const at of answer.body.schedules[0].next) expect(at).toMatch(/T0[78]:00:00.000Z$/);
      expect(answer.body.schedules[0].next).toHaveLength(5);
    },
    invalid: unknown('/api/automations/never-was/schedule'),
  },
  'GET /api/automations/:id/rounds/preview': {
    happy: () => get('/api/automations/weekly/rounds/preview'),
    shows: (answer, f) =>
      expect(answer.body).toMatchObject({ members: { count: 1, exact: true }, items: [{ id: f.contact }] }),
    invalid: bad(get('/api/automations/waiting/rounds/preview'), 'conflict', 409),
  },
  'GET /api/automations/:id/rounds': {
    happy: () => get('/api/automations/weekly/rounds?limit=1'),
    shows: (answer, f) =>
      expect(answer.body).toMatchObject({ items: [{ id: f.roundJob, status: 'completed', version: 1 }], next: null }),
    invalid: bad(get('/api/automations/weekly/rounds?after=x'), 'invalid_cursor'),
  },
  'POST /api/automations/:id/rounds': {
    happy: () => post('/api/automations/weekly/rounds'),
    shows: (answer, f) => expect(answer.body).toEqual({ jobId: f.roundJob }),
    invalid: unknown('/api/automations/never-was/rounds', 'POST'),
  },
};
