import type { publicStatusSchema, statusSchema } from '@ripen/shared';
import type { z } from 'zod';

/** What anybody may know: whether the parts answer. With a key also how the lanes do and how much there is. */
export type Status = z.output<typeof publicStatusSchema> & Partial<z.output<typeof statusSchema>>;

/** The key is not one that may ask this. */
export class KeyRefused extends Error {}

/**
 * Asks how the installation is doing; `key` may be left out. Throws `KeyRefused`, or one sentence when there is no usable
 * answer. The server that sent this page gives it: its contract is trusted.
 */
export async function fetchStatus(signal: AbortSignal, key?: string): Promise<Status> {
  const authorization = key === undefined ? undefined : { authorization: `Bearer ${key}` };
  const response = await fetch('/api/status', { signal, headers: { accept: 'application/json', ...authorization } });
  if (response.status === 401 || response.status === 403) throw new KeyRefused('This key may not see the lanes.');
  if (!response.ok) throw new Error(`It answered ${response.status}.`);
  return (await response.json()) as Status;
}
