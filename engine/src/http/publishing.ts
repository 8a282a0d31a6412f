import type { Definition } from '@ripen/shared';
import { ensureChannelSecrets } from '../auth/channel-secrets.ts';
import { publishDefinitions, type Publication } from '../lanes/publish.ts';
import { touchContacts } from '../lanes/touch.ts';
import { describeError } from '../store/errors.ts';
import { assertPublishable } from './documents.ts';
import type { LaneDeps } from '../lanes/deps.ts';

/** Publishes documents together, all or none, once they are found valid among those in force. */
export const publish = async (deps: LaneDeps, documents: readonly Definition[], now: number): Promise<Publication> => {
  await assertPublishable(deps.store.pool, documents);
  // Before anything can be delivered through them.
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
