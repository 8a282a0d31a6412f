import { waitUntil } from '@ripen/infra';
import type { House } from './house.ts';

/** The sample's automation that a clock starts. */
const scheduled = 'monday-list';

/** Runs it once, as *Run now* does, where it was not yet: so there is a round to show, and people are told. Null where there is none. */
export async function runScheduledOnce(
  api: House['api'],
  automations: readonly { id: string; status: string }[],
): Promise<string | null> {
  if (!automations.some(({ id, status }) => id === scheduled && status === 'live')) return null;
  const path = `/api/automations/${scheduled}/rounds`;
  const rounds = () => api.get<{ items: { status: string }[] }>(path);
  if ((await rounds()).items.length === 0) await api.post(path, {});
  await waitUntil({
    what: 'The round of the scheduled automation',
    timeoutMs: 60_000,
    everyMs: 250,
    until: async () => (await rounds()).items[0]?.status === 'completed',
  });
  return scheduled;
}
