/* eslint-disable @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-argument --
   answers are looked into freely: the server under test checks each against its schema */
import { expect } from 'vitest';
import { refusal } from './fixture.ts';
import { bad, get, nobody, post, unknown, type Case } from './route-case.ts';

/** Contacts, runs, leads, loads, operations, keys. */
export const workCases: Record<string, Case> = {
  'GET /api/contacts': {
    happy: () => get('/api/contacts?limit=2&sort=score'),
    shows: (answer) => {
      expect(answer.body.items).toHaveLength(2);
      expect(answer.body.total.exact).toBe(true);
    },
    invalid: bad(get('/api/contacts?limit=0')),
  },
  'GET /api/contacts/look-up': {
    happy: () => get('/api/contacts/look-up?email=ADA@x.io'),
    shows: (answer, f) => expect(answer.body.id).toBe(f.contact),
    invalid: bad(get('/api/contacts/look-up?email=a&userId=b')),
  },
  'GET /api/contacts/:id': {
    happy: (f) => get(`/api/contacts/${f.contact}`),
    shows: (answer) =>
      expect(answer.body).toMatchObject({
        userId: 'ada',
        fields: { country: 'US' },
        scores: expect.arrayContaining([expect.objectContaining({ model: 'interest', score: 15 })]),
      }),
    invalid: bad(get('/api/contacts/7')),
  },
  'GET /api/contacts/:id/scores': {
    happy: (f) => get(`/api/contacts/${f.contact}/scores`),
    shows: (answer) => expect(answer.body.items[0]).toMatchObject({ score: 15, behaviour: 10 }),
    invalid: unknown(`/api/contacts/${nobody}/scores`),
  },
  'GET /api/contacts/:id/explanation': {
    happy: (f) => get(`/api/contacts/${f.contact}/explanation?model=interest`),
    shows: ({ body: { items } }) =>
      expect(items[0].lines.reduce((sum: number, line: { points: number }) => sum + line.points, 0)).toBe(
        items[0].score,
      ),
    invalid: (f) => [get(`/api/contacts/${f.contact}/explanation?model=nope`), 404],
  },
  'GET /api/contacts/:id/forecast': {
    happy: (f) => get(`/api/contacts/${f.contact}/forecast?days=90`),
    shows: (answer) => expect(answer.body.points[0]).toEqual({ at: answer.body.at, score: answer.body.score }),
    invalid: (f) => [get(`/api/contacts/${f.contact}/forecast?model=nope`), 404],
  },
  'GET /api/contacts/:id/timeline': {
    happy: (f) => get(`/api/contacts/${f.contact}/timeline`),
    shows: (answer) =>
      expect(new Set(answer.body.items.map((item: { kind: string }) => item.kind))).toEqual(
        new Set(['event', 'points', 'move', 'run']),
      ),
    invalid: (f) => [get(`/api/contacts/${f.contact}/timeline?kinds=event,nonsense`), 400],
  },
  'POST /api/contacts/:id/stage': {
    happy: (f) => post(`/api/contacts/${f.contact}/stage`, { stage: 'mql' }),
    shows: async (_, f) => {
      await f.server.drain();
      expect((await f.server.get(`/api/contacts/${f.contact}`)).body.stage).toBe('mql');
    },
    invalid: (f) => [post(`/api/contacts/${f.contact}/stage`, { stage: 'nope' }), 404],
  },
  'POST /api/contacts/:id/adjustments': {
    happy: (f) =>
      post(`/api/contacts/${f.contact}/adjustments`, { model: 'interest', points: 7, reason: 'met at a fair' }),
    shows: async (_, f) => {
      await f.server.drain();
      const explained = await f.server.get(`/api/contacts/${f.contact}/explanation?model=interest`);
      expect(explained.body.items[0].lines).toContainEqual(
        expect.objectContaining({ kind: 'adjustment', points: 7, by: 'admin', reason: 'met at a fair' }),
      );
      const timeline = await f.server.get(`/api/contacts/${f.contact}/timeline?kinds=points`);
      expect(timeline.body.items[0]).toMatchObject({
        entry: 'adjustment',
        causeName: 'admin',
        reason: 'met at a fair',
      });
    },
    invalid: (f) => [post(`/api/contacts/${f.contact}/adjustments`, { model: 'interest', points: 7 }), 400],
  },
  'POST /api/contacts/:id/enrol': {
    happy: (f) => post(`/api/contacts/${f.contact}/enrol`, { automation: 'waiting' }),
    shows: async (_, f) => {
      await f.server.drain();
      expect(
        (await f.server.get(`/api/runs?contact=${f.contact}&status=waiting&automation=waiting`)).body.items.length,
      ).toBeGreaterThan(0);
    },
    invalid: (f) => [post(`/api/contacts/${f.contact}/enrol`, { automation: 'hand-over' }), 409],
  },
  'POST /api/contacts/:id/rebuild': {
    happy: (f) => post(`/api/contacts/${f.contact}/rebuild`),
    shows: (answer, f) => expect(answer.body.jobId).toBe(f.job),
    invalid: unknown(`/api/contacts/${nobody}/rebuild`, 'POST'),
  },
  'GET /api/runs': {
    happy: () => get('/api/runs?automation=hand-over&limit=3'),
    shows: (answer) => expect(answer.body.items).toHaveLength(3),
    invalid: bad(get('/api/runs?status=asleep')),
  },
  'GET /api/runs/:id': {
    happy: (f) => get(`/api/runs/${f.failedRun}`),
    shows: (answer) => {
      expect(answer.body.trail.map((step: { node: string }) => step.node)).toEqual(['tell', 'give', 'give']);
      expect(answer.body.deliveries).toHaveLength(1);
    },
    invalid: unknown(`/api/runs/${nobody}`),
  },
  'POST /api/runs/:id/cancel': {
    happy: (f) => post(`/api/runs/${f.waitingRun}/cancel`),
    shows: async (_, f) => {
      await f.server.drain();
      expect((await f.server.get(`/api/runs/${f.waitingRun}`)).body.status).toBe('cancelled');
    },
    invalid: (f) => [post(`/api/runs/${f.failedRun}/cancel`), 409, 'conflict'],
  },
  'POST /api/runs/:id/retry': {
    happy: (f) => post(`/api/runs/${f.failedRun}/retry`),
    shows: async (answer, f) => {
      expect(answer.body.deliveries).toBe(1);
      expect((await f.server.get(`/api/runs/${f.failedRun}`)).body.deliveries[0]).toMatchObject({
        status: 'pending',
        attempts: 0,
      });
      await f.server.deps.store.pool.query(`update deliveries set status = 'failed' where id = $1`, [f.failedDelivery]);
    },
    invalid: (f) => [post(`/api/runs/${f.waitingRun}/retry`), 409, 'conflict'],
  },
  'GET /api/leads': {
    happy: () => get('/api/leads?queue=sales&limit=4'),
    shows: (answer) => expect(answer.body.items).toHaveLength(4),
    invalid: bad(get('/api/leads?status=lukewarm')),
  },
  'GET /api/leads/counts': {
    happy: () => get('/api/leads/counts?queue=sales'),
    shows: (answer) => expect(answer.body.counts.open).toBeGreaterThan(0),
    invalid: bad(get('/api/leads/counts?mine=true')),
  },
  'GET /api/leads/:id': {
    happy: (f) => get(`/api/leads/${f.leads[0]}`),
    shows: (answer) => expect(answer.body.decision.considered).toHaveLength(2),
    invalid: unknown(`/api/leads/${nobody}`),
  },
  'POST /api/leads/:id/accept': {
    happy: (f) => post(`/api/leads/${f.leads[0]}/accept`),
    shows: (answer) => expect(answer.body.status).toBe('accepted'),
    invalid: unknown(`/api/leads/${nobody}/accept`, 'POST'),
  },
  'POST /api/leads/:id/reject': {
    happy: (f) => post(`/api/leads/${f.leads[1]}/reject`, { reason: 'student' }),
    shows: (answer) => expect(answer.body).toMatchObject({ status: 'rejected', reason: 'student' }),
    invalid: (f) => [post(`/api/leads/${f.leads[1]}/reject`), 400],
  },
  'POST /api/leads/:id/won': {
    happy: (f) => post(`/api/leads/${f.leads[2]}/won`, { value: 1200.5 }),
    shows: async (answer, f) => {
      expect(answer.body).toMatchObject({ status: 'won', value: 1200.5 });
      // What is over stays over.
      expect((await f.server.post(`/api/leads/${f.leads[2]}/lost`, { reason: 'late' })).status).toBe(409);
    },
    invalid: (f) => [post(`/api/leads/${f.leads[2]}/won`, { value: -1 }), 400],
  },
  'POST /api/leads/:id/lost': {
    happy: (f) => post(`/api/leads/${f.leads[3]}/lost`, { reason: 'price' }),
    shows: (answer) => expect(answer.body).toMatchObject({ status: 'lost', reason: 'price' }),
    invalid: (f) => [post(`/api/leads/${f.leads[3]}/lost`, { reason: ' ' }), 400],
  },
  'POST /api/leads/:id/release': {
    happy: (f) => post(`/api/leads/${f.heldLead}/release`),
    shows: (answer, f) =>
      expect(answer.body).toMatchObject({
        held: false,
        answerBy: new Date(f.server.clock.now() + 3_600_000).toISOString(),
      }),
    invalid: unknown(`/api/leads/${nobody}/release`, 'POST'),
  },
  'POST /api/imports': {
    happy: () => post('/api/imports', { name: 'Old' }),
    shows: (answer) => expect(answer.body.status).toBe('open'),
    invalid: bad(post('/api/imports', { name: '' })),
  },
  'GET /api/imports': { happy: () => get('/api/imports'), invalid: null },
  'GET /api/imports/:id': {
    happy: async (f) => get(`/api/imports/${(await f.server.post('/api/imports', { name: 'x' })).body.id}`),
    invalid: unknown(`/api/imports/${nobody}`),
  },
  'POST /api/imports/:id/close': {
    happy: async (f) => post(`/api/imports/${(await f.server.post('/api/imports', { name: 'x' })).body.id}/close`),
    shows: (answer) => expect(answer.body.status).toBe('closed'),
    invalid: unknown(`/api/imports/${nobody}/close`, 'POST'),
  },
  'POST /api/imports/:id/cancel': {
    happy: async (f) => post(`/api/imports/${(await f.server.post('/api/imports', { name: 'x' })).body.id}/cancel`),
    shows: (answer) => expect(answer.body.status).toBe('cancelled'),
    invalid: unknown(`/api/imports/${nobody}/cancel`, 'POST'),
  },
  'POST /api/imports/:id/refusals': {
    happy: (f) => post(`/api/imports/${f.load}/refusals`, { refused: 12_000, items: [refusal, refusal] }),
    shows: async (answer, f) => {
      expect(answer.body.refused).toBe(12_000);
      // Told again, by somebody who has not counted as far yet.
      const again = await f.server.post(`/api/imports/${f.load}/refusals`, { refused: 1, items: [refusal] });
      expect(again.body.refused).toBe(12_000);
      const { body } = await f.server.get(`/api/imports/${f.load}/refusals`);
      expect(body.items).toEqual([refusal]);
    },
    invalid: (f) => [post(`/api/imports/${f.load}/refusals`, { refused: 1, items: [{ line: 1 }] }), 400],
  },
  'GET /api/imports/:id/refusals': {
    happy: (f) => get(`/api/imports/${f.load}/refusals?limit=1`),
    shows: (answer) => expect(answer.body.items).toMatchObject([{ line: 7, reason: 'has "no", timestamp' }]),
    invalid: unknown(`/api/imports/${nobody}/refusals`),
  },
  'GET /api/imports/:id/refusals.csv': {
    happy: (f) => get(`/api/imports/${f.load}/refusals.csv`),
    shows: (answer) => expect(answer.body).toBe('file,line,reason,row\na.csv,7,"has ""no"", timestamp","1,a""b"\n'),
    invalid: unknown(`/api/imports/${nobody}/refusals.csv`),
  },
  'GET /api/dead-letters': {
    happy: () => get('/api/dead-letters?limit=2'),
    shows: (answer) => expect(answer.body.items[0].error).toBe('it went wrong'),
    invalid: bad(get('/api/dead-letters?after=%25'), 'invalid_cursor'),
  },
  'POST /api/dead-letters/:id/retry': {
    happy: (f) => post(`/api/dead-letters/${f.deadLetters[0]}/retry`),
    shows: async (_, f) => {
      await f.server.drain();
      const { body } = await f.server.get(`/api/contacts/${f.contact}/timeline?kinds=event`);
      expect(body.items.map((item: { messageId: string }) => item.messageId)).toContain('dead');
      expect((await f.server.post(`/api/dead-letters/${f.deadLetters[0]}/retry`)).status).toBe(409);
    },
    invalid: bad(post('/api/dead-letters/x/retry')),
  },
  'POST /api/dead-letters/:id/discard': {
    happy: (f) => post(`/api/dead-letters/${f.deadLetters[1]}/discard`),
    invalid: unknown('/api/dead-letters/999999/discard', 'POST'),
  },
  'GET /api/deliveries': {
    happy: () => get('/api/deliveries?status=failed'),
    shows: (answer) => expect(answer.body.items[0].lastError).toBe('refused'),
    invalid: bad(get('/api/deliveries?status=lost')),
  },
  'POST /api/deliveries/:id/retry': {
    happy: (f) => post(`/api/deliveries/${f.failedDelivery}/retry`),
    shows: async (_, f) => expect((await f.server.post(`/api/deliveries/${f.failedDelivery}/retry`)).status).toBe(409),
    invalid: unknown(`/api/deliveries/${nobody}/retry`, 'POST'),
  },
  'GET /api/jobs': {
    happy: () => get('/api/jobs'),
    shows: (answer) => expect(answer.body.items).toHaveLength(6),
    invalid: bad(get('/api/jobs?limit=many')),
  },
  'GET /api/jobs/:id': {
    happy: (f) => get(`/api/jobs/${f.job}`),
    shows: (answer) => expect(answer.body.total).toBe(1),
    invalid: unknown(`/api/jobs/${nobody}`),
  },
  'GET /api/models/:id/distribution': {
    happy: () => get('/api/models/interest/distribution?buckets=10'),
    shows: ({ body }) => {
      expect(body.buckets).toHaveLength(10);
      expect(body.sampled).toBe(false);
    },
    invalid: unknown('/api/models/nope/distribution'),
  },
  'POST /api/lifecycle/preview': {
    happy: () => post('/api/lifecycle/preview', { stages: [{ id: 'mql', name: 'MQL', threshold: 15 }] }),
    shows: ({ body }) => expect(body.stages[0].count + body.none.count).toBe(body.contacts),
    invalid: bad(post('/api/lifecycle/preview', { stages: [] })),
  },
  'GET /api/catalogue': {
    happy: () => get('/api/catalogue'),
    shows: ({ body }) => expect(body.eventTypes.map(({ id }: { id: string }) => id)).toContain('email_clicked'),
    invalid: null,
  },
  'GET /api/catalogue/uses': {
    happy: () => get('/api/catalogue/uses?kind=field&name=country'),
    shows: ({ body }) =>
      expect(body.items).toEqual([{ kind: 'model', id: 'interest', name: 'Interest', part: 'In the US', node: null }]),
    invalid: bad(get('/api/catalogue/uses?kind=thing&name=country')),
  },
  'GET /api/health': {
    happy: () => get('/api/health'),
    shows: ({ body }) => expect(body.lanes).toHaveLength(8),
    invalid: null,
  },
  'POST /api/keys': {
    happy: () => post('/api/keys', { kind: 'api', name: 'reader', permissions: ['contacts:read'] }),
    shows: async (answer, f) => {
      expect((await f.server.call({ path: '/api/contacts', key: answer.body.key })).status).toBe(200);
      expect((await f.server.call({ path: '/api/runs', key: answer.body.key })).status).toBe(403);
    },
    invalid: bad(post('/api/keys', { kind: 'api', name: 'x', permissions: ['everything'] })),
  },
  'GET /api/keys': {
    happy: () => get('/api/keys'),
    shows: (answer) => expect(JSON.stringify(answer.body)).not.toMatch(/rpa_|rpw_|hash/),
    invalid: null,
  },
  'DELETE /api/keys/:id': {
    happy: async (f) => ({
      method: 'DELETE',
      path: `/api/keys/${(await f.server.post('/api/keys', { kind: 'write', name: 'x' })).body.id}`,
    }),
    shows: (answer) => expect(answer.body.revokedAt).not.toBeNull(),
    invalid: unknown(`/api/keys/${nobody}`, 'DELETE'),
  },
  'POST /hooks/sample': {
    happy: () => ({ ...post('/hooks/sample'), key: null }),
    invalid: bad({ ...post('/hooks/sample', []), key: null }),
  },
  'GET /health': {
    happy: () => ({ path: '/health', key: null }),
    shows: (answer) => expect(answer.body.status).toBe('ok'),
    invalid: null,
  },
  'GET /api/status': {
    happy: () => get('/api/status'),
    shows: async (answer, f) => {
      expect(answer.body.lanes).toHaveLength(8);
      expect(Object.keys((await f.server.call({ path: '/api/status', key: null })).body).sort()).toEqual([
        'now',
        'postgres',
        'status',
        'temporal',
        'version',
      ]);
    },
    invalid: null,
  },
  'GET /metrics': {
    happy: () => get('/metrics'),
    shows: (answer) => expect(answer.body).toContain('ripen_ingest_events_total'),
    invalid: null,
  },
  'GET /api/openapi.json': {
    happy: () => ({ path: '/api/openapi.json', key: null }),
    shows: (answer) => expect(answer.body.openapi).toBe('3.1.0'),
    invalid: null,
  },
  'GET /api/docs': {
    happy: () => ({ path: '/api/docs', key: null }),
    shows: (answer) => expect(answer.body).toContain('swagger-ui'),
    invalid: null,
  },
  'GET /api/schemas': {
    happy: () => ({ path: '/api/schemas', key: null }),
    shows: (answer) => expect(answer.body.items).toContain('/api/schemas/automation.json'),
    invalid: null,
  },
  'GET /api/schemas/:name': {
    happy: () => ({ path: '/api/schemas/automation.json', key: null }),
    shows: (answer) => expect(answer.body.properties.nodes.type).toBe('array'),
    invalid: unknown('/api/schemas/constructor'),
  },
};
