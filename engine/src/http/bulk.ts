import type { bulkBodySchema, BulkResult } from '@ripen/shared';
import type { z } from 'zod';
import type { Principal } from '../auth/principal.ts';
import { deleteAutomation } from '../lanes/delete-automation.ts';
import { archiveDefinition, pauseAutomation, resumeAutomation, unarchiveAutomation } from '../lanes/publish.ts';
import { automationMustExist } from '../read/automations.ts';
import { listDefinitions } from '../read/definitions.ts';
import { describeError } from '../store/errors.ts';
import { changeLabels, writeFolder, writeOwner, writeStar } from '../store/organised.ts';
import type { HttpDeps } from './deps.ts';
import { personOf } from './person.ts';
import { problemOf } from './problem.ts';
import { tellInside, touchInBackground } from './publishing.ts';

type Act = z.output<typeof bulkBodySchema>['act'];

interface Asked {
  principal: Principal | null;
  now: number;
}

const actOn = async (deps: HttpDeps, id: string, act: Act, { principal, now }: Asked): Promise<void> => {
  const { pool } = deps.store;
  await automationMustExist(pool, id);
  switch (act.kind) {
    case 'pause':
      await tellInside(deps, await pauseAutomation(deps, { id, waitingRuns: act.waitingRuns, now }));
      return;
    case 'resume':
      await tellInside(deps, await resumeAutomation(deps, { id, now }));
      return;
    case 'archive':
      await tellInside(
        deps,
        await archiveDefinition(deps, { kind: 'automation', id, waitingRuns: act.waitingRuns, now }),
      );
      return;
    case 'unarchive':
      await unarchiveAutomation(deps, { id, now });
      return;
    case 'delete':
      await deleteAutomation(deps, id);
      return;
    case 'folder':
      await writeFolder(pool, id, act.folder);
      return;
    case 'labels':
      await changeLabels(pool, id, act);
      return;
    case 'owner':
      await writeOwner(pool, id, act.owner);
      return;
    case 'star':
      await writeStar(pool, { person: personOf(principal), automation: id, starred: act.starred });
      return;
  }
};

/** Why something could not be done, in a sentence. What nobody foresaw is noted, and says nothing of itself. */
const sentenceOf = (error: unknown, deps: HttpDeps): string => {
  const problem = problemOf(error);
  if (problem) return problem.errors?.map(({ message }) => message).join(' ') ?? problem.message;
  deps.logger.error({ error: describeError(error) }, 'an act on an automation failed');
  return 'Something unforeseen happened; it is noted in the log.';
};

/** Does the same to many automations, one after the other, and says of each what became of it. */
export const actOnEach = async (
  deps: HttpDeps,
  ids: readonly string[],
  act: Act,
  asked: Asked,
): Promise<BulkResult[]> => {
  const names = new Map((await listDefinitions(deps.store.pool, 'automation')).map(({ id, name }) => [id, name]));
  const results: BulkResult[] = [];
  for (const id of ids) {
    const named = { id, name: names.get(id) ?? id };
    try {
      await actOn(deps, id, act, asked);
      results.push({ ...named, done: true, why: null });
    } catch (error) {
      results.push({ ...named, done: false, why: sentenceOf(error, deps) });
    }
  }
  if (results.some(({ done }) => done)) touchInBackground(deps);
  return results;
};
