import { decideRoute, NotFoundError, refreshAccounts } from '@ripen/engine';
import { automationSchema } from '@ripen/shared';
import { documents, nightly, waiting } from './definitions.ts';
import { noon, startServer, type TestServer } from './support.ts';

/** A row that a load refused. */
export const refusal = { file: 'a.csv', line: 7, reason: 'has "no", timestamp', original: '1,a"b' };

/** A server whose workspace holds one of everything that routes are about. */
export interface Fixture extends AsyncDisposable {
  server: TestServer;
  contact: string;
  /** What it belongs to. */
  account: string;
  waitingRun: string;
  /** A run with a delivery that failed. */
  failedRun: string;
  failedDelivery: string;
  /** Another lead for each route that ends one. */
  leads: string[];
  heldLead: string;
  deadLetters: string[];
  /** A historical load with a row that was refused. */
  load: string;
  job: string;
  /** The same, for the sample workspace. */
  sampleJob: string;
  impactJob: string;
  backTestJob: string;
  maintenanceJob: string;
  roundJob: string;
}

export const createFixture = async (): Promise<Fixture> => {
  const job = '00000000-0000-4000-8000-0000000000aa';
  const sampleJob = '00000000-0000-4000-8000-0000000000ab';
  const impactJob = '00000000-0000-4000-8000-0000000000ac';
  const backTestJob = '00000000-0000-4000-8000-0000000000ad';
  const maintenanceJob = '00000000-0000-4000-8000-0000000000ae';
  const roundJob = '00000000-0000-4000-8000-0000000000af';
  const server = await startServer({
    startRebuild: () => Promise.resolve(job),
    startImpact: () => Promise.resolve(impactJob),
    startInFlight: () => Promise.resolve(job),
    startBackTest: () => Promise.resolve(backTestJob),
    startVoid: () => Promise.resolve(job),
    runMaintenance: ({ program }) =>
      program === 'nightly' ? Promise.resolve(maintenanceJob) : Promise.reject(new NotFoundError('program', program)),
    runScheduled: ({ automation }) =>
      automation === 'weekly'
        ? Promise.resolve(roundJob)
        : Promise.reject(new NotFoundError('live automation', automation)),
    startJob: () => Promise.resolve(),
    startSample: () => Promise.resolve(sampleJob),
    cancelJob: () => Promise.resolve(),
  });
  const { pool } = server.deps.store;
  const applied = await server.post('/api/apply', { documents });
  if (applied.status !== 200) throw new Error(JSON.stringify(applied.body));
  await server.send(
    { type: 'identify', userId: 'ada', messageId: 'i1', traits: { email: 'ada@x.io', country: 'US' } },
    { type: 'group', userId: 'ada', groupId: 'acme', messageId: 'g1', traits: { name: 'Acme', industry: 'Software' } },
    { type: 'track', event: 'Email Clicked', userId: 'ada', messageId: 't1' },
    { type: 'track', event: 'Demo Requested', userId: 'ada', messageId: 't2' },
    ...Array.from({ length: 7 }, (_, n) => ({
      type: 'track',
      event: 'Call Requested',
      userId: `caller${n}`,
      messageId: `c${n}`,
    })),
    {
      type: 'track',
      event: 'Call Requested',
      userId: 'long-ago',
      messageId: 'old',
      timestamp: new Date(noon - 10 * 86_400_000).toISOString(),
    },
  );
  await server.drain();
  const ids = async (query: string, values: unknown[] = []): Promise<string[]> =>
    (await pool.query<{ id: string }>(query, values)).rows.map((row) => row.id);
  for (const askId of await ids('select id from asks')) await decideRoute(server.deps, { askId, now: noon });
  await server.drain();
  const [failedDelivery = ''] = await ids(
    `update deliveries set status = 'failed', last_error = 'refused' where id in (select id from deliveries where status = 'pending' order by id limit 2) returning id`,
  );
  const [failedRun = ''] = await ids('select run_id as id from deliveries where id = $1', [failedDelivery]);
  const [contact = ''] = await ids(`select id from contacts where user_id = 'ada'`);
  await refreshAccounts(server.deps, { now: noon });
  const [account = ''] = await ids('select id from accounts');
  const [waitingRun = ''] = await ids(`select id from runs where status = 'waiting' and automation = 'waiting'`);
  const leads = await ids('select id from leads where not held order by id');
  const [heldLead = ''] = await ids('select id from leads where held');
  const { id: load } = (await server.post('/api/imports', { name: 'Refused' })).body as { id: string };
  await server.post(`/api/imports/${load}/refusals`, { refused: 1, items: [refusal] });
  const letter = JSON.stringify({
    kind: 'event',
    body: {
      messageId: 'dead',
      type: 'email_clicked',
      properties: {},
      fields: null,
      occurredAt: noon,
      backfilled: false,
    },
  });
  const deadLetters = await ids(
    `insert into dead_letters (contact_id, slot, message_id, revision, received_at, body, error)
     select $1, c.slot, 'dead', 1, $2, $3, 'it went wrong' from contacts c, generate_series(1, 3) where c.id = $1 returning id::text`,
    [contact, noon, letter],
  );
  await pool.query(
    `insert into jobs (id, kind, status, input, total)
     values ($1, 'rebuild', 'running', '{}', 1), ($2, 'sample', 'running', '{}', null), ($3, 'impact', 'running', '{}', 3)`,
    [job, sampleJob, impactJob],
  );
  const waitingVersion = { graph: automationSchema.parse(waiting), version: 1 };
  const contest = { automation: 'waiting', live: waitingVersion, draft: { ...waitingVersion, version: 2 } };
  const field = { ...contest, from: noon - 86_400_000, at: noon, revision: 1, sample: null, of: 9, after: null };
  await pool.query(`insert into jobs (id, kind, status, input, total) values ($1, 'backtest', 'running', $2, 9)`, [
    backTestJob,
    JSON.stringify(field),
  ]);
  await pool.query(
    `insert into jobs (id, kind, status, input, done, total, result) values ($1, 'maintenance', 'completed', $2, 9, 9, $3)`,
    [
      maintenanceJob,
      { program: 'nightly', version: 1, by: 'Ada', after: null, actions: nightly.actions },
      { members: 3, changed: 2, held: 0 },
    ],
  );
  await pool.query(
    `insert into jobs (id, kind, status, input, done, total, result) values ($1, 'enrolment', 'completed', $2, 9, 9, $3)`,
    [
      roundJob,
      { automation: 'weekly', version: 1, by: null, after: null, schedule: 'every Monday at 09:00, Europe/Berlin' },
      { members: 3, changed: 2, held: 1 },
    ],
  );
  const seen = { contact, account, waitingRun, failedRun, failedDelivery, leads, heldLead, deadLetters };
  const made = { server, load, ...seen };
  const fixture = { ...made, job, sampleJob, impactJob, backTestJob, maintenanceJob, roundJob };
  const missing = Object.entries(fixture)
    .filter(([, value]) => value === '' || (Array.isArray(value) && value.length < 3))
    .map(([name]) => name);
  if (missing.length > 0) throw new Error(`The fixture lacks ${missing.join(', ')}.`);
  return { ...fixture, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
};
