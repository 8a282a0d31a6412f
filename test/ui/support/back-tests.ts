import { waitUntil } from '@ripen/infra';
import type { House } from './house.ts';

interface Drawn {
  document: { nodes: { type: string; settings: { points?: number } }[] };
}
interface Played {
  job: { status: string; error: string | null };
  backTest: { differ: { most: { contact: { id: string; name: string } }[] } } | null;
}

/** Plays an automation that gives three times as much over 90 days; returns a contact who differs, if anybody does. */
export const playTripled = async (api: House['api'], automation: string) => {
  const { document } = await api.get<Drawn>(`/api/automations/${automation}`);
  for (const { settings } of document.nodes) if (settings.points !== undefined) settings.points *= 3;
  const { jobId } = await api.post<{ jobId: string }>('/api/back-tests', { document, days: 90 });
  let played: Played | null = null;
  await waitUntil({
    what: 'The back-test',
    timeoutMs: 60_000,
    everyMs: 100,
    failed: () => (played?.job.status === 'failed' ? `The back-test failed: ${played.job.error}` : undefined),
    until: async () => {
      played = await api.get<Played>(`/api/back-tests/${jobId}`);
      return played.job.status === 'completed';
    },
  });
  return (await api.get<Played>(`/api/back-tests/${jobId}`)).backTest?.differ.most[0]?.contact ?? null;
};
