import {
  canonical,
  compile,
  usesOf,
  validate,
  type Definition,
  type Definitions,
  type DespiteTests,
  type InFlightAct,
  type Problem,
} from '@ripen/shared';
import {
  definitionHistory,
  definitionIdOf,
  definitionsAt,
  endDefinition,
  insertDefinition,
  liveDefinitions,
  lockHead,
  setHead,
  type DefinitionKind,
} from '../store/definitions.ts';
import { announce } from '../store/announce.ts';
import { ConflictError, NotFoundError } from '../store/errors.ts';
import type { Transaction } from '../store/store.ts';
import type { LaneDeps } from './deps.ts';
import { insertInFlight } from './in-flight.ts';
import { InvalidDefinitionsError, refuseUsed } from './refuse-used.ts';
import { sameJson } from './same-json.ts';
import { startTouching } from './touch.ts';

export { InvalidDefinitionsError };

/** What a publication did. */
export interface Publication {
  /** The head after it. */
  revision: number;
  /** Documents that became a new version; the others said what is published already. */
  published: { kind: DefinitionKind; id: string; version: number }[];
  unchanged: { kind: DefinitionKind; id: string; version: number }[];
  /** Jobs written down with it, whose workflows are to be started: contacts that were held go on, others move or end. */
  jobs: string[];
  /** Those of them that move or end runs, by automation. */
  insideJobs: Map<string, string>;
}

/** Whether anything changed, and whether it can make something fall due earlier, so that every contact needs a look. */
interface Change {
  changed: boolean;
  movesDues: boolean | ((after: Definitions) => boolean);
  /** Whether the whole must be as valid after it as before. Pausing must be possible whatever refers to the automation. */
  checked: boolean;
}

/** Whether two documents say the same, in whatever order their steps were drawn. */
const sameDefinition = (a: Definition, b: Definition): boolean =>
  sameJson(a, b) || sameJson(canonical(a), canonical(b));

/** Errors that a change brings. What was wrong before does not stand in the way of publishing something else. */
export const newErrors = (before: Definitions, after: Definitions): Problem[] => {
  const known = new Set(validate(before).map((problem) => JSON.stringify(problem)));
  return validate(after).filter((problem) => problem.severity === 'error' && !known.has(JSON.stringify(problem)));
};

/** Segments move what uses them: those that are only looked at move nothing. */
const movesDues = (kind: DefinitionKind, id: string, definitions: Definitions): boolean =>
  kind === 'segment'
    ? usesOf(definitions, 'segment', id).some((use) => movesDues(use.kind, use.id, definitions))
    : kind === 'model' || kind === 'lifecycle' || kind === 'automation';

/** Adds one to the head, does the work under it, and checks the whole: an invalid set is never published. */
const publication = async (
  deps: LaneDeps,
  now: number,
  work: (tx: Transaction, revision: number) => Promise<Change>,
): Promise<number> => {
  const { revision, changed } = await deps.store.transaction(async (tx) => {
    const head = await lockHead(tx);
    const change = await work(tx, head + 1);
    if (!change.changed) return { revision: head, changed: false };
    const after = await definitionsAt(tx, head + 1);
    const errors = change.checked ? newErrors(await definitionsAt(tx, head), after) : [];
    if (errors.length > 0) throw new InvalidDefinitionsError(errors);
    compile(after);
    await setHead(tx, head + 1);
    const { movesDues } = change;
    if (typeof movesDues === 'boolean' ? movesDues : movesDues(after)) await startTouching(tx, head + 1, now);
    return { revision: head + 1, changed: true };
  });
  if (changed) deps.store.logger.info({ revision }, 'definitions published');
  return revision;
};

/** How documents are published. */
export interface Publishing {
  /** What is published although tests of automations go another way, by `<kind>/<id>`. */
  despite?: ReadonlyMap<string, DespiteTests>;
  /** What becomes of those who wait inside other versions of the automations; null: they finish there. */
  inside?: InFlightAct | null;
}

/**
 * Publishes documents together: all or none. Documents equal to what is in force change nothing; when none differs the
 * revision stays. A paused automation whose document is unchanged is resumed at its version. Throws InvalidDefinitionsError
 * with the errors that they bring. Contacts are brought up to date by `touchContacts`.
 */
export const publishDefinitions = async (
  deps: LaneDeps,
  documents: readonly Definition[],
  now: number,
  { despite = new Map(), inside = null }: Publishing = {},
): Promise<Publication> => {
  const insideJobs: Publication['insideJobs'] = new Map();
  const published: Publication['published'] = [];
  const unchanged: Publication['unchanged'] = [];
  const jobs: string[] = [];
  const revision = await publication(deps, now, async (tx, next) => {
    published.length = 0;
    unchanged.length = 0;
    jobs.length = 0;
    insideJobs.clear();
    const live = new Map((await liveDefinitions(tx)).map((row) => [`${row.kind}/${row.id}`, row]));
    const named = new Set<string>();
    const decideInside = async (automation: string, version: number, revision: number): Promise<void> => {
      if (inside === null) return;
      const jobId = await insertInFlight(tx, { automation, act: inside, version, revision, at: now });
      if (jobId === null) return;
      jobs.push(jobId);
      insideJobs.set(automation, jobId);
    };
    for (const document of documents) {
      const { kind } = document;
      const id = definitionIdOf(document);
      if (named.has(`${kind}/${id}`)) throw new ConflictError(`The ${kind} ${id} is there twice in one publication.`);
      named.add(`${kind}/${id}`);
      const current = live.get(`${kind}/${id}`);
      if (current && sameDefinition(current.document, document)) {
        unchanged.push({ kind, id, version: current.version });
        if (kind === 'automation') await decideInside(id, current.version, next - 1);
        continue;
      }
      const history = await definitionHistory(tx, kind, id);
      const same = current ? undefined : history.find((row) => sameDefinition(row.document, document));
      const version = same?.version ?? Math.max(0, ...history.map((row) => row.version)) + 1;
      await endDefinition(tx, { kind, id, revision: next, endedBy: 'superseded' });
      await insertDefinition(tx, document, version, next, despite.get(`${kind}/${id}`) ?? null);
      published.push({ kind, id, version });
      if (kind === 'automation' && !current && history.length > 0) jobs.push(...(await released(tx, id, next, now)));
      if (kind === 'automation') await decideInside(id, version, next);
    }
    return {
      changed: published.length > 0,
      movesDues: (after) => published.some(({ kind, id }) => movesDues(kind, id, after)),
      checked: true,
    };
  });
  return { revision, published, unchanged, jobs, insideJobs };
};

/** The job that lets those go on who are held inside an automation, if there are any. */
const released = async (tx: Transaction, automation: string, revision: number, at: number): Promise<string[]> => {
  const id = await insertInFlight(tx, { automation, act: 'release', version: null, revision, at });
  return id === null ? [] : [id];
};

/** A change of what is in force, with the job that tells those inside; null where nobody has to be told. */
export interface InsideTold {
  revision: number;
  jobId: string | null;
}

/** Ends enrolment. Waiting runs finish on their version, stay where they are, or are cancelled. Throws NotFoundError when it is not live. */
export const pauseAutomation = async (
  deps: LaneDeps,
  pause: { id: string; waitingRuns: 'finish' | 'hold' | 'cancel'; now: number },
): Promise<InsideTold> => {
  const { id: automation, waitingRuns: act } = pause;
  let jobId: string | null = null;
  const revision = await publication(deps, pause.now, async (tx, next) => {
    const ended = await endDefinition(tx, { kind: 'automation', id: automation, revision: next, endedBy: 'paused' });
    if (!ended) throw new NotFoundError('live automation', automation);
    jobId =
      act === 'finish'
        ? null
        : await insertInFlight(tx, { automation, act, version: null, revision: next, at: pause.now });
    return { changed: true, movesDues: false, checked: false };
  });
  return { revision, jobId };
};

/** Lets a paused automation enrol again, at the version that it had; who was held goes on. Throws NotFoundError, ConflictError. */
export const resumeAutomation = async (
  deps: LaneDeps,
  resume: { id: string; now: number },
): Promise<InsideTold & { version: number }> => {
  let version = 0;
  let jobId: string | null = null;
  const revision = await publication(deps, resume.now, async (tx, next) => {
    const [last] = await definitionHistory(tx, 'automation', resume.id);
    if (!last) throw new NotFoundError('automation', resume.id);
    if (last.toRevision === null) throw new ConflictError(`The automation ${resume.id} is live already.`);
    if (last.endedBy === 'archived')
      throw new ConflictError(`The automation ${resume.id} is archived. Take it out of the archive first.`);
    // Rows of this kind hold automations.
    await insertDefinition(tx, last.document, last.version, next);
    version = last.version;
    jobId = (await released(tx, resume.id, next, resume.now))[0] ?? null;
    return { changed: true, movesDues: true, checked: false };
  });
  return { revision, version, jobId };
};

/** Brings an automation back from the archive: it is paused, as if it had been all the while. Throws NotFoundError, ConflictError. */
export const unarchiveAutomation = async (
  deps: LaneDeps,
  { id, now }: { id: string; now: number },
): Promise<{ revision: number }> => {
  const revision = await publication(deps, now, async (tx) => {
    const [last] = await definitionHistory(tx, 'automation', id);
    if (!last) throw new NotFoundError('automation', id);
    if (last.endedBy !== 'archived') throw new ConflictError(`The automation ${id} is not archived.`);
    await tx.query(
      `update definitions set ended_by = 'paused' where kind = 'automation' and id = $1 and from_revision = $2`,
      [id, last.fromRevision],
    );
    await announce(tx, { definitions: [id] });
    return { changed: false, movesDues: false, checked: false };
  });
  return { revision };
};

/**
 * Takes any document out of force for good; its versions stay readable. Waiting runs of an automation are cancelled, or finish
 * where they are, those too that were held. Throws NotFoundError, and InvalidDefinitionsError when others in force need it.
 */
export const archiveDefinition = async (
  deps: LaneDeps,
  archive: { kind: DefinitionKind; id: string; waitingRuns?: 'finish' | 'cancel'; now: number },
): Promise<InsideTold> => {
  const { kind, id, waitingRuns = 'cancel' } = archive;
  let jobId: string | null = null;
  const revision = await publication(deps, archive.now, async (tx, next) => {
    if (kind === 'segment' || kind === 'automation') refuseUsed(await definitionsAt(tx, next - 1), kind, id);
    const ended = await endDefinition(tx, { kind, id, revision: next, endedBy: 'archived' });
    if (!ended) await archivePaused(tx, kind, id);
    const act = waitingRuns === 'cancel' ? 'cancel' : 'release';
    // Taking a paused one away is no revision of its own.
    const revision = ended ? next : next - 1;
    if (kind === 'automation')
      jobId = await insertInFlight(tx, { automation: id, act, version: null, revision, at: archive.now });
    if (!ended) return { changed: false, movesDues: false, checked: false };
    return { changed: true, movesDues: (after) => movesDues(kind, id, after), checked: true };
  });
  return { revision, jobId };
};

const archivePaused = async (tx: Transaction, kind: DefinitionKind, id: string): Promise<void> => {
  const { rowCount } = await tx.query(
    `update definitions d set ended_by = 'archived' where kind = $1 and id = $2 and ended_by <> 'archived'
     and from_revision = (select max(from_revision) from definitions where kind = d.kind and id = d.id)`,
    [kind, id],
  );
  if (!rowCount) throw new NotFoundError(kind, id);
  await announce(tx, { definitions: [id] });
};
