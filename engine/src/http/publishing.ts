import type { Definition } from '@ripen/shared';
import { ensureChannelSecrets } from '../auth/channel-secrets.ts';
import { publishDefinitions, type InsideTold, type Publication } from '../lanes/publish.ts';
import { touchContacts } from '../lanes/touch.ts';
import { describeError } from '../store/errors.ts';
import type { LaneDeps } from '../lanes/deps.ts';
import type { HttpDeps } from './deps.ts';

/** Publishes documents together, all or none. Throws InvalidDefinitionsError. */
export const publish = async (
  deps: LaneDeps & Pick<HttpDeps, 'startJob'>,
  documents: readonly Definition[],
  now: number,
): Promise<Omit<Publication, 'jobs'>> => {
  // First, because a delivery may follow at once; the secret of a channel that is then refused is merely unused.
  await ensureChannelSecrets(deps.store.pool, documents);
  const { jobs, ...publication } = await publishDefinitions(deps, documents, now);
  for (const id of jobs) await deps.startJob({ kind: 'inflight', id });
  touchInBackground(deps);
  return publication;
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
