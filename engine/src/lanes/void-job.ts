import { randomUUID } from 'node:crypto';
import {
  FactBook,
  internalEvents,
  needs,
  scoreAt,
  step,
  toPoints,
  type EventInput,
  type Program,
  type Properties,
  type Subject,
  type VoidFilter,
  type VoidPreview,
} from '@ripen/shared';
import { loadContacts } from '../store/contacts.ts';
import { headRevision } from '../store/definitions.ts';
import { loadFacts } from '../store/facts.ts';
import { insertJob, readJob, writeProgress } from '../store/jobs.ts';
import { countVoidable, nextVoidable, type Voidable } from '../store/voidable.ts';
import { shownOf } from './cards.ts';
import type { LaneDeps } from './deps.ts';
import { appendInternal } from './internal.ts';
import { startJobWorkflow, type JobDeps } from './job-workflow.ts';
import { wakeLanes } from './wake.ts';

interface VoidInput {
  filter: VoidFilter;
  reason: string;
  by: string;
  /** Contacts up to this id were told. */
  after: string | null;
}

/** What a contact is told: the messages where the filter is about events, else what the filter says. */
const told = (
  filter: VoidFilter,
  { messages }: Pick<Voidable, 'messages'>,
  by: string,
  reason: string,
): Properties => ({
  by,
  reason,
  ...(filter.models && { models: filter.models }),
  ...(filter.causes && { causes: filter.causes }),
  ...((filter.eventTypes ?? filter.messages) && { messages }),
  ...(filter.from !== undefined && { from: Date.parse(filter.from) }),
  ...(filter.to !== undefined && { to: Date.parse(filter.to) }),
});

/** Contacts that a preview plays through. */
const mostLooked = 200;
const mostExamples = 10;

/** What undoing would do: counted over everybody; played through in memory for the first contacts. */
export const previewVoid = async (
  deps: Pick<LaneDeps, 'store' | 'programs'>,
  { filter, now }: { filter: VoidFilter; now: number },
): Promise<VoidPreview> => {
  const { pool } = deps.store;
  const { program } = await deps.programs.at(pool, await headRevision(pool));
  const { points, ...counts } = await countVoidable(pool, filter);
  const first = await nextVoidable(pool, filter, { after: null, limit: mostLooked });
  const contacts = await loadContacts(
    pool,
    first.map(({ contactId }) => contactId),
  );
  const tried = first.flatMap((found) => {
    const contact = contacts.get(found.contactId);
    if (!contact) return [];
    const { subject } = contact;
    const input = voiding(told(filter, found, '', ''), Math.max(now, subject.clock));
    const book = new FactBook();
    const wanted = needs(program, subject, [input]);
    return [{ contact, found, input, book, needs: wanted, contactId: contact.id, generation: subject.generation }];
  });
  await loadFacts(pool, tried);
  const preview: VoidPreview = { ...counts, points: toPoints(points), looked: tried.length, moves: [], examples: [] };
  for (const { contact, found, input, book } of tried) {
    book.commit();
    const { subject } = contact;
    const after = step(program, subject, input, book).subject;
    const lost = sumOf(program, after, input.arrivedAt) - sumOf(program, subject, input.arrivedAt);
    if (subject.stage !== after.stage) countMove(preview, subject.stage, after.stage);
    if (preview.examples.length < mostExamples)
      preview.examples.push({
        contact: { id: contact.id, name: shownOf(contact).name },
        entries: found.entries,
        points: Math.round(lost * 10) / 10,
        stageFrom: subject.stage,
        stageTo: after.stage,
      });
  }
  return preview;
};

const voiding = (properties: Properties, at: number): EventInput => ({
  kind: 'event',
  messageId: 'preview',
  type: internalEvents.void,
  properties,
  fields: null,
  occurredAt: at,
  arrivedAt: at,
  backfilled: true,
});

const sumOf = (program: Program, subject: Subject, at: number): number =>
  program.models.reduce((sum, { id }) => sum + scoreAt(program, subject, id, at).score, 0);

const countMove = ({ moves }: VoidPreview, from: string | null, to: string | null): void => {
  const known = moves.find((move) => move.from === from && move.to === to);
  if (known) known.contacts++;
  else moves.push({ from, to, contacts: 1 });
};

/** Writes down that points are to be undone, and starts the job's workflow. Returns the job's id. */
export const startVoid = async (
  deps: JobDeps,
  { filter, reason, by }: { filter: VoidFilter; reason: string; by: string },
): Promise<string> => {
  const id = randomUUID();
  const { pool } = deps.store;
  const { contacts } = await countVoidable(pool, filter);
  const input: VoidInput = { filter, reason, by, after: null };
  await insertJob(pool, { id, kind: 'void', input, total: contacts });
  await startJobWorkflow(deps, { kind: 'void', id });
  return id;
};

/** Contacts told in one transaction, with the note of how far it is: each is told once, whatever happens. */
const page = 200;

/**
 * Posts to every contact that a job's filter finds that points are to be undone; its lane does it, like any arrival, so that
 * every replay does it again. Goes on where an earlier attempt stopped. Throws NotFoundError.
 */
export const voidPoints = async (
  deps: Pick<LaneDeps, 'store' | 'pokes'>,
  { jobId, now, signal }: { jobId: string; now: number; signal?: AbortSignal },
): Promise<void> => {
  const job = await readJob<VoidInput>(deps.store.pool, jobId);
  const { filter, reason, by } = job.input;
  let { after } = job.input;
  let { done } = job;
  for (;;) {
    signal?.throwIfAborted();
    const found = await nextVoidable(deps.store.pool, filter, { after, limit: page });
    const last = found.at(-1);
    if (!last) return;
    const slots = await deps.store.transaction(async (tx) => {
      after = last.contactId;
      done += found.length;
      await writeProgress(tx, { id: jobId, input: { ...job.input, after }, done });
      return appendInternal(
        tx,
        found.map((each) => ({
          contactId: each.contactId,
          type: internalEvents.void,
          properties: told(filter, each, by, reason),
          messageId: `void:${jobId}:${each.contactId}`,
          now,
        })),
      );
    });
    await wakeLanes(deps, slots);
  }
};
