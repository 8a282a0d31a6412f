import type { Mapped } from '@ripen/shared';
import { api, ApiProblem } from '../../../api/client.ts';
import type { DefinitionDetail } from '../../../api/definitions.ts';
import { mapReferences } from '../../../api/organise.ts';
import type { NewIds } from './plan.ts';
import type { GivenDocument } from './read-file.ts';

/** The edition of a draft that is to be written over; null where there is none. */
const editionOf = async (path: string): Promise<number | null> => {
  try {
    return (await api.get<DefinitionDetail>(path)).draft?.edition ?? null;
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 404) return null;
    throw error;
  }
};

/** Publishes what is created with them, and keeps the automations as drafts. Returns their ids here. */
export const bringIn = async (plan: {
  automations: readonly GivenDocument[];
  newIds: NewIds;
  created: readonly GivenDocument[];
  map: readonly Mapped[];
}): Promise<string[]> => {
  const { documents } = await mapReferences(plan.automations, plan.map);
  if (plan.created.length > 0) await api.post('/api/apply', { documents: plan.created });
  const ids: string[] = [];
  for (const [index, { id: from }] of plan.automations.entries()) {
    const id = plan.newIds.get(from) ?? from;
    const path = `/api/automations/${encodeURIComponent(id)}`;
    const document = { ...documents[index], id };
    await api.put(`${path}/draft`, { document, edition: await editionOf(path) });
    ids.push(id);
  }
  return ids;
};
