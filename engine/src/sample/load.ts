import { setTimeout as pause } from 'node:timers/promises';
import { ensureChannelSecrets } from '../auth/channel-secrets.ts';
import type { Clock } from '../clock.ts';
import { acceptEvents } from '../ingest/accept-events.ts';
import type { LaneDeps } from '../lanes/deps.ts';
import { cancelRun } from '../lanes/internal.ts';
import { closeImport } from '../lanes/loads.ts';
import { publishDefinitions } from '../lanes/publish.ts';
import { touchContacts } from '../lanes/touch.ts';
import { readDraft, saveDraft } from '../store/drafts.ts';
import { changeLabels, writeFolder } from '../store/organised.ts';
import { importWaits, insertImport, readImport } from '../store/imports.ts';
import { inboxDepth } from '../store/inbox.ts';
import { readJob, writeProgress, writeTotal } from '../store/jobs.ts';
import type { Queryable } from '../store/store.ts';
import { sampleDefinitions, sampleDrafts, sampleFolders, sampleLabels } from './definitions/index.ts';
import { sampleHistory, type Messages } from './history/index.ts';
import type { SampleInput } from './input.ts';
import { sellUntil } from './sales.ts';
import { Stopwatch } from './stopwatch.ts';

const weekMs = 7 * 86_400_000;
const batchSize = 1_000;
/** Arrivals that may wait: enough that lanes are never idle, few enough that a week is soon applied. */
const mostWaiting = 6_000;
const lookEveryMs = 20;
/** Runs that somebody cancels, so that there are some of those too. */
const cancelledRuns = 4;

interface Loading {
  deps: LaneDeps;
  jobId: string;
  input: SampleInput;
  done: number;
  clock: Clock;
  signal: AbortSignal;
}

/**
 * Loads the sample workspace: publishes its definitions, takes its six months in as one historical load, week by week with
 * what sales did in between, and sends its last hour as live events. Goes on where an earlier attempt stopped; everything it
 * does may be done twice. Throws NotFoundError, and what the signal says when it aborts.
 */
export const loadSample = async (
  deps: LaneDeps,
  { jobId, clock, signal }: { jobId: string; clock: Clock; signal: AbortSignal },
): Promise<void> => {
  const { pool } = deps.store;
  const job = await readJob<SampleInput>(pool, jobId);
  if (job.status !== 'running') return;
  const loading: Loading = { deps, jobId, input: job.input, done: job.done, clock, signal };
  const watch = new Stopwatch();
  const { past, live, startsAt } = sampleHistory(job.input);
  watch.lap('made');
  await writeTotal(pool, { id: jobId, total: past.count + live.count });
  const importId = await openLoad(loading, past.count);
  for (let from = startsAt; loading.done < past.count; from += weekMs) {
    const until = from + weekMs;
    if (past.at(loading.done) >= until) continue;
    await send(loading, past, { until, importId, offset: 0 });
    watch.lap('sent');
    await applied(loading, importId);
    watch.lap('applied');
    await sellUntil(deps, { until: Math.min(until, job.input.now), now: job.input.now, signal });
    watch.lap('sold');
  }
  await applied(loading, importId);
  await sellUntil(deps, { until: job.input.now, now: job.input.now, signal });
  await closeImport(deps, { importId, signal });
  signal.throwIfAborted();
  watch.lap('closed');
  await cancelSome(deps, clock.now());
  await send(loading, live, { until: Infinity, importId: null, offset: past.count });
  deps.store.logger.info({ job: jobId, events: loading.done, ms: watch.laps }, 'sample workspace loaded');
};

/** The historical load that takes the past in. An earlier one is another only if somebody closed or cancelled it half-way. */
const openLoad = async (loading: Loading, past: number): Promise<string> => {
  const { deps, jobId, input } = loading;
  const { store } = deps;
  if (input.importId === null) await publish(loading);
  else {
    const load = await readImport(store.pool, input.importId);
    if (load?.status === 'open' || (load?.status !== 'cancelled' && loading.done >= past)) return input.importId;
  }
  const importId = await store.transaction(async (tx) => {
    const { id } = await insertImport(tx, 'Sample workspace');
    await writeProgress(tx, { id: jobId, input: { ...input, importId: id }, done: loading.done });
    return id;
  });
  loading.input = { ...input, importId };
  return importId;
};

/** Only the first attempt publishes: later ones leave alone what people changed since. */
const publish = async (loading: Loading): Promise<void> => {
  const { store } = loading.deps;
  const documents = sampleDefinitions(loading.input);
  await ensureChannelSecrets(store.pool, documents);
  await publishDefinitions(loading.deps, documents, loading.input.now);
  await touchContacts(loading.deps, loading.signal);
  for (const [automation, folder] of sampleFolders) await writeFolder(store.pool, automation, folder);
  for (const [automation, add] of sampleLabels) await changeLabels(store.pool, automation, { add, remove: [] });
  for (const draft of sampleDrafts) {
    if ((await readDraft(store.pool, draft.kind, draft.id)) === null)
      await saveDraft(store.pool, { kind: draft.kind, id: draft.id, document: draft, edition: null });
  }
};

/** Sends messages up to a moment, in batches; `offset` is how many of the job's come before them. */
const send = async (
  loading: Loading,
  messages: Messages,
  { until, importId, offset }: { until: number; importId: string | null; offset: number },
): Promise<void> => {
  const { deps, jobId, clock, signal } = loading;
  const { pool } = deps.store;
  for (;;) {
    signal.throwIfAborted();
    const from = loading.done - offset;
    let to = from;
    while (to < messages.count && to - from < batchSize && messages.at(to) < until) to++;
    if (to === from) return;
    await holds(async () => (await inboxDepth(pool, mostWaiting)).waiting < mostWaiting, signal);
    const outcomes = await acceptEvents(deps, messages.slice(from, to), { now: clock.now(), importId });
    const refused = outcomes.find(({ status }) => status === 'refused');
    if (refused) throw new Error(`The sample's own event was refused: ${JSON.stringify(refused)}`);
    loading.done += to - from;
    await writeProgress(pool, { id: jobId, input: loading.input, done: loading.done });
  }
};

/** Waits until all that was sent is applied, and the leads that it led to are made. */
const applied = ({ deps, signal }: Loading, importId: string): Promise<void> =>
  holds(async () => !(await importWaits(deps.store.pool, importId)) && !(await routesWait(deps.store.pool)), signal);

const routesWait = async (db: Queryable): Promise<boolean> => {
  const { rowCount } = await db.query("select 1 from outbox where kind = 'route' limit 1");
  return (rowCount ?? 0) > 0;
};

const holds = async (condition: () => Promise<boolean>, signal: AbortSignal): Promise<void> => {
  while (!(await condition())) {
    signal.throwIfAborted();
    await pause(lookEveryMs);
  }
};

const cancelSome = async (deps: LaneDeps, now: number): Promise<void> => {
  const { rows } = await deps.store.pool.query<{ id: string }>(
    // Those whose wait is over are about to end by themselves.
    `select id from runs where automation = 'wake-the-silent' and status = 'waiting' and until > $2
     order by until desc, id limit $1`,
    [cancelledRuns, now],
  );
  for (const { id } of rows) await cancelRun(deps, { runId: id, now });
};
