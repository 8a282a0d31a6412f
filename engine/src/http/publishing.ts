import type { Definition, DespiteTests, InFlightAct, Problem } from '@ripen/shared';
import type { Principal } from '../auth/principal.ts';
import { ensureChannelSecrets } from '../auth/channel-secrets.ts';
import { InvalidDefinitionsError, publishDefinitions, type InsideTold, type Publication } from '../lanes/publish.ts';
import { touchContacts } from '../lanes/touch.ts';
import { definitionIdOf } from '../store/definitions.ts';
import { describeError } from '../store/errors.ts';
import type { LaneDeps } from '../lanes/deps.ts';
import type { HttpDeps } from './deps.ts';
import { concernsTests, failingTests } from './documents.ts';

/** Who publishes although tests go another way, and why. */
export interface Despite {
  reason: string;
  by: string;
}

export const despiteOf = (
  { despiteTests }: { despiteTests?: string | undefined },
  principal: Principal | null,
): Despite | null => (despiteTests === undefined ? null : { reason: despiteTests, by: principal?.name ?? '' });

/**
 * Publishes documents together, all or none. Throws InvalidDefinitionsError, also where tests of automations go another way: unless
 * somebody says why they are published all the same, which is kept with the versions.
 */
export const publish = async (
  deps: LaneDeps & Pick<HttpDeps, 'startJob'>,
  documents: readonly Definition[],
  now: number,
  { despite = null, inside = null }: { despite?: Despite | null; inside?: InFlightAct | null } = {},
): Promise<Pick<Publication, 'insideJobs'> & { publication: Omit<Publication, 'jobs' | 'insideJobs'> }> => {
  const failing = await failingTests(deps.store.pool, documents);
  if (failing.length > 0 && despite === null) throw new InvalidDefinitionsError(failing);
  // First, because a delivery may follow at once; the secret of a channel that is then refused is merely unused.
  await ensureChannelSecrets(deps.store.pool, documents);
  const { jobs, insideJobs, ...publication } = await publishDefinitions(deps, documents, now, {
    ...(despite && { despite: overruled(failing, documents, despite) }),
    inside,
  });
  for (const id of jobs) await deps.startJob({ kind: 'inflight', id });
  touchInBackground(deps);
  return { publication, insideJobs };
};

/**
 * What is kept with the versions of documents, by kind and id: with automations what their own tests say, with what tests may
 * depend on all that went another way.
 */
const overruled = (
  failing: readonly Problem[],
  documents: readonly Definition[],
  despite: Despite,
): Map<string, DespiteTests> => {
  const kept = new Map<string, DespiteTests>();
  for (const document of documents) {
    const id = definitionIdOf(document);
    const said =
      document.kind === 'automation'
        ? failing.filter((problem) => problem.document.id === id)
        : concernsTests(document)
          ? failing
          : [];
    if (said.length > 0) kept.set(`${document.kind}/${id}`, { ...despite, failed: said.map(({ message }) => message) });
  }
  return kept;
};

/** Contacts are brought up to date chunk by chunk; should this process die, the sweeper goes on. */
export const touchInBackground = (deps: LaneDeps): void => {
  touchContacts(deps).catch((error: unknown) => {
    deps.store.logger.warn({ error: describeError(error) }, 'contacts could not be touched; the sweeper will');
  });
};

/** A change is made when it is written down; those inside hear of it by a job, which is started. */
export const tellInside = async <Done extends InsideTold>(
  deps: Pick<HttpDeps, 'startJob'>,
  done: Done,
): Promise<Done> => {
  if (done.jobId !== null) await deps.startJob({ kind: 'inflight', id: done.jobId });
  return done;
};
