import type { Definition } from '@ripen/shared';
import { ensureChannelSecrets } from '../auth/channel-secrets.ts';
import { publishDefinitions, type Publication } from '../lanes/publish.ts';
import { touchContacts } from '../lanes/touch.ts';
import { describeError } from '../store/errors.ts';
import type { LaneDeps } from '../lanes/deps.ts';

/** Publishes documents together, all or none. Throws InvalidDefinitionsError. */
export const publish = async (deps: LaneDeps, documents: readonly Definition[], now: number): Promise<Publication> => {
  // First, because a delivery may follow at once; the secret of a channel that is then refused is merely unused.
  await ensureChannelSecrets(deps.store.pool, documents);
  const publication = await publishDefinitions(deps, documents, now);
  touchInBackground(deps);
  return publication;
};

/** Contacts are brought up to date chunk by chunk; should this process die, the sweeper goes on. */
export const touchInBackground = (deps: LaneDeps): void => {
  touchContacts(deps).catch((error: unknown) => {
    deps.store.logger.warn({ error: describeError(error) }, 'contacts could not be touched; the sweeper will');
  });
};
