/* eslint-disable @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-argument, @typescript-eslint/no-unsafe-return --
   answers are looked into freely: the server under test checks each against its schema */
import { silentLogger, startThroughputLog } from '@ripen/engine';
import { describe, expect, test } from 'vitest';
import { startServer } from '../api/support.ts';
import { dayMs, identify, noon, startLists, track } from './support.ts';

const at = (days: number): string => new Date(noon + days * dayMs).toISOString();

describe('the forecast', () => {
  test('halves a score and names the day on which a stage is lost', async () => {
    await using server = await startLists();
    await server.send(identify('ada', {}), ...Array.from({ length: 6 }, () => track('ada', 'visited')));
    await server.drain();
    const { id } = (await server.get('/api/contacts/look-up?userId=ada')).body;
    const { body } = await server.get(`/api/contacts/${id}/forecast?days=180`);
    expect(body).toMatchObject({ model: 'interest', score: 60, stage: 'mql', at: at(0), until: at(180), cut: false });
    // 60 points fall to 45 after 30 * log2(60 / 45) days, to 15 after 60.
    expect(body.moves).toMatchObject([
      { from: 'mql', fromName: 'MQL', to: 'lead', toName: 'Lead' },
      { from: 'lead', to: null, toName: null },
    ]);
    const daysTo = (moment: string): number => (Date.parse(moment) - noon) / dayMs;
    expect(daysTo(body.moves[0].at)).toBeCloseTo(30 * Math.log2(60 / 45), 2);
    expect(daysTo(body.moves[1].at)).toBeCloseTo(60, 2);
    expect(body.points[0]).toEqual({ at: at(0), score: 60 });
    expect(body.points.at(-1)).toMatchObject({ at: at(180), score: expect.closeTo(60 / 64, 3) });
    expect(body.thresholds).toEqual([
      { stage: 'lead', name: 'Lead', threshold: 15 },
      { stage: 'mql', name: 'MQL', threshold: 45 },
    ]);
    const moments = body.points.map((point: { at: string }) => point.at);
    expect(moments).toEqual([...moments].sort());
    // What it foretold happens.
    server.clock.set(noon + 90 * dayMs);
    await server.drain();
    const moves = (await server.get(`/api/contacts/${id}/timeline?kinds=move`)).body.items;
    expect(moves.slice(0, 2).map((move: { at: string }) => move.at)).toEqual([body.moves[1].at, body.moves[0].at]);
    expect(moves[1]).toMatchObject({ causeName: 'Score', fromName: 'MQL', toName: 'Lead' });
  });

  test('says what is one event away, and what has counted as often as it may', async () => {
    await using server = await startServer();
    const rule = (id: string, points: number, perDays: number) => ({
      ...{ kind: 'behaviour', id, name: id, group: 'acts', points, event: id },
      counts: { kind: 'at_most', times: 1, perDays },
    });
    const { status } = await server.post('/api/apply', {
      documents: [
        {
          ...{ kind: 'model', id: 'interest', name: 'Interest' },
          groups: [{ id: 'acts', name: 'Acts', kind: 'behaviour' }],
          rules: [rule('asked', 30, 7), rule('met', 60, 7), rule('opened', 1, 1)],
        },
        { kind: 'lifecycle', model: 'interest', stages: [{ id: 'mql', name: 'MQL', threshold: 50 }] },
      ],
    });
    expect(status).toBe(200);
    await server.send(track('ada', 'asked'));
    await server.drain();
    const { id } = (await server.get('/api/contacts/look-up?userId=ada')).body;
    const next = async () => (await server.get(`/api/contacts/${id}/forecast`)).body.next;
    const way = (rule: string, points: number) => ({ rule, name: rule, points, stage: 'mql', stageName: 'MQL' });
    expect(await next()).toEqual({ stage: 'mql', name: 'MQL', missing: 20, rules: [way('met', 60)] });
    server.clock.set(server.clock.now() + 7 * dayMs);
    expect((await next()).rules).toEqual([way('met', 60), way('asked', 30)]);
    await server.send(track('ada', 'met'));
    await server.drain();
    expect(await next()).toBeNull();
  });

  test('follows expiries with what is still to expire, step by step', async () => {
    await using server = await startServer();
    const model = {
      kind: 'model',
      id: 'window',
      name: 'Window',
      windowDays: 10,
      groups: [{ id: 'acts', name: 'Acts', kind: 'behaviour' }],
      rules: [
        {
          kind: 'behaviour',
          id: 'v',
          name: 'V',
          group: 'acts',
          points: 7,
          event: 'visited',
          counts: { kind: 'every_time' },
        },
      ],
    };
    expect((await server.post('/api/apply', { documents: [model] })).status).toBe(200);
    await server.send(track('ada', 'visited'));
    await server.drain();
    server.clock.set(noon + 4 * dayMs);
    await server.send(track('ada', 'visited'));
    await server.drain();
    const { id } = (await server.get('/api/contacts/look-up?userId=ada')).body;
    const { body } = await server.get(`/api/contacts/${id}/forecast?days=30`);
    expect(body.points).toEqual([
      { at: at(4), score: 14 },
      { at: at(10), score: 14 },
      { at: at(10), score: 7 },
      { at: at(14), score: 7 },
      { at: at(14), score: 0 },
      { at: at(34), score: 0 },
    ]);
  });
});

describe('the distribution of scores', () => {
  test('counts every contact, and previews where thresholds would put them', async () => {
    await using server = await startLists();
    for (let n = 0; n < 12; n++)
      await server.send(identify(`u${n}`, {}), ...Array.from({ length: n }, () => track(`u${n}`, 'visited')));
    await server.drain();
    const { body } = await server.get('/api/models/interest/distribution?buckets=5');
    expect(body).toMatchObject({ contacts: 12, sampleSize: 12, sampled: false, notShown: 0 });
    // 0 to 110 points, which end at 100.
    expect(body.buckets.map(({ from, to, count }: Record<string, number>) => [from, to, count])).toEqual([
      [0, 20, 2],
      [20, 40, 2],
      [40, 60, 2],
      [60, 80, 2],
      [80, 100, 4],
    ]);
    expect(body.stages).toEqual([
      { stage: 'lead', name: 'Lead', count: 3 },
      { stage: 'mql', name: 'MQL', count: 7 },
      { stage: null, name: 'No stage', count: 2 },
    ]);
    const preview = await server.post('/api/lifecycle/preview', {
      stages: [{ id: 'lead', threshold: 30 }, { id: 'mql', threshold: 60 }, { id: 'customer' }],
    });
    expect(preview.body).toMatchObject({
      model: 'interest',
      stages: [
        { id: 'lead', threshold: 30, count: 3, now: 3 },
        { id: 'mql', threshold: 60, count: 6, now: 7 },
        { id: 'customer', threshold: null, count: 0, now: 0 },
      ],
      none: { count: 3, now: 2 },
    });
    expect((await server.get('/api/models/fit/distribution')).body.mean).toBe(0);
  });

  test('of a lifecycle counts extra conditions and terminal stages', async () => {
    await using server = await startLists();
    const people = ['a', 'b', 'c', 'd'];
    await server.send(...people.map((id, n) => identify(id, { country: n < 2 ? 'US' : 'DE' })));
    await server.send(...people.flatMap((id) => [track(id, 'visited'), track(id, 'visited')]));
    await server.drain();
    const inUs = { kind: 'field', field: 'country', is: { op: 'equals', value: 'US' } };
    const countsOf = async (stages: object[]): Promise<unknown> => {
      const { status, body } = await server.post('/api/lifecycle/preview', { stages });
      if (status !== 200) return body.detail;
      return [...body.stages.map(({ count }: Record<string, number>) => count), body.none.count];
    };
    const [low, high] = [
      { id: 'low', threshold: 1 },
      { id: 'high', threshold: 2 },
    ];
    expect(await countsOf([low, high])).toEqual([0, 4, 0]);
    expect(await countsOf([low, { ...high, when: inUs }])).toEqual([2, 2, 0]);
    expect(
      await countsOf([
        { ...low, when: { kind: 'not', of: inUs } },
        { ...high, threshold: 1_000 },
      ]),
    ).toEqual([2, 0, 2]);
    await server.deps.store.pool.query(
      `update contacts set state = jsonb_set(state::jsonb, '{stage}', '"gone"')::json where user_id = 'a'`,
    );
    expect(await countsOf([low, high, { id: 'gone' }])).toEqual([0, 4, 0, 0]);
    expect(await countsOf([low, high, { id: 'gone', terminal: true }])).toEqual([0, 3, 1, 0]);
    expect(await countsOf([{ ...low, when: { kind: 'performed', event: 'visited' } }])).toBe(
      '"stages.0.when" may look at fields, labels and stages only.',
    );
    expect(await countsOf([{ ...low, when: { kind: 'moon' } }])).toContain('"stages.0.when.kind" is no condition');
  });

  test('of very many contacts is that of a sample, and says so', async () => {
    await using server = await startLists();
    await server.send(...Array.from({ length: 5 }, () => track('one', 'visited')));
    await server.drain();
    // A quarter of 24,000 has the state of this one, the others none.
    await server.deps.store.pool.query(
      `with made as (
         select md5('contact ' || n)::uuid as id, n from generate_series(1, 24000) n
       ), contact as (
         insert into contacts (id, slot, state, stage)
         select m.id, 0, case when m.n % 4 = 0 then replace(c.state::text, c.id::text, m.id::text)::json else '{}' end, null
         from made m cross join (select id, state from contacts limit 1) c
       )
       insert into contact_cards (contact_id, created_us, name, stage, search) select id, n, 'n', '', '' from made`,
    );
    await server.deps.store.pool.query('analyze');
    const { body } = await server.get('/api/models/interest/distribution?buckets=10');
    expect(body.sampled).toBe(true);
    expect(body.sampleSize).toBeGreaterThan(4_000);
    expect(body.contacts / 24_001).toBeCloseTo(1, 1);
    expect(body.buckets[0].count / 18_000).toBeCloseTo(1, 0.7);
    expect(body.buckets[5].count / 6_000).toBeCloseTo(1, 0.7);
  });
});

test('the catalogue holds what is declared, what definitions name and what was seen', async () => {
  await using server = await startLists();
  const document = { kind: 'event_type', id: 'newsletter_sent', name: 'Newsletter sent', activity: false };
  const staff = { kind: 'field', id: 'staff', name: 'Employees', description: 'On the payroll', type: 'text' };
  expect((await server.post('/api/apply', { documents: [document, staff] })).status).toBe(200);
  await server.send(
    identify('ada', { country: 'US', since: '2024-02-01', staff: 12, tags: ['a'] }),
    track('ada', 'Pricing Viewed', { properties: { plan: 'pro', page: { seconds: 12 }, first: true } }),
    track('ada', 'form_sent'),
  );
  await server.drain();
  const { body } = await server.get('/api/catalogue');
  const typeOf = (id: string): unknown => body.eventTypes.find((type: { id: string }) => type.id === id);
  expect(typeOf('newsletter_sent')).toEqual({
    id: 'newsletter_sent',
    name: 'Newsletter sent',
    description: null,
    declared: true,
    activity: false,
    scanners: false,
    uses: 0,
    lastSeenAt: null,
    properties: [],
  });
  expect(typeOf('pricing_viewed')).toMatchObject({
    name: 'Pricing viewed',
    declared: false,
    activity: true,
    lastSeenAt: at(0),
    properties: [
      { path: 'first', kind: 'boolean' },
      // What the sender called the event.
      { path: 'name', kind: 'text' },
      { path: 'page.seconds', kind: 'number' },
      { path: 'plan', kind: 'text' },
    ],
  });
  // Named by a rule and a wait, and never seen.
  expect(typeOf('visited')).toMatchObject({ declared: false, uses: 2, lastSeenAt: null });
  expect(body.fields).toMatchObject([
    { path: 'country', name: null, kind: 'text', declared: true, deleted: false, uses: 1 },
    { path: 'since', kind: 'date', declared: false, uses: 0 },
    // What it is said to hold, and what came.
    { path: 'staff', name: 'Employees', description: 'On the payroll', kind: 'text', seenKind: 'number', uses: 0 },
    { path: 'tags', kind: 'list' },
  ]);
  expect(body.labels).toEqual([{ label: 'Asked Us', declared: true, uses: 1, lastSeenAt: at(0) }]);
  // An hour is the grain: what follows soon writes nothing.
  const versions = async () => (await server.deps.store.pool.query('select kind, name, xmin::text from seen')).rows;
  const before = await versions();
  server.clock.set(noon + 30 * 60_000);
  await server.send(track('ada', 'Pricing Viewed', { properties: { plan: 'pro' } }));
  await server.drain();
  expect(await versions()).toEqual(before);
});

test('health shows throughput, backlogs and what failed', async () => {
  let moment = noon;
  await using server = await startServer((store) => {
    const throughput = startThroughputLog(store.pool, { now: () => moment, logger: silentLogger });
    return { store, throughput, workers: () => Promise.resolve([{ queue: 'ripen-lanes', pollers: [] }]) };
  });
  const log = startThroughputLog(server.deps.store.pool, { now: () => moment, logger: silentLogger });
  await log.sample();
  await server.send(...Array.from({ length: 20 }, (_, n) => track(`u${n}`, 'visited')));
  expect((await server.get('/api/health')).body).toMatchObject({
    inbox: { waiting: 20 },
    outbox: { waiting: 0, lagMs: 0 },
  });
  await server.drain();
  moment += 10_000;
  await log.sample();
  expect(log.read().samples).toEqual([{ at: new Date(moment).toISOString(), applied: 20, perSecond: 2 }]);
  log.stop();
  const { body } = await server.get('/api/health');
  expect(body).toMatchObject({
    inbox: { waiting: 0, oldestAt: null },
    deadLetters: 0,
    lastDay: { runs: 0, failedRuns: 0 },
    temporal: { reachable: null, url: null },
    workers: [{ queue: 'ripen-lanes', pollers: [] }],
  });
  expect(body.lanes.reduce((sum: number, lane: { applied: number }) => sum + lane.applied, 0)).toBe(20);
});
