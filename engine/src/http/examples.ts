import { readDefinitions } from '../cli/definitions/read.ts';
import type { LaneDeps } from '../lanes/deps.ts';
import { headRevision } from '../store/definitions.ts';
import { describeError } from '../store/errors.ts';
import { publish } from './publishing.ts';

/**
 * Publishes the example definitions into a workspace that never had any. Returns how many; 0 when it has some. Examples
 * that cannot be published are logged: they must not keep the product from starting.
 */
export const applyExamples = async (
  deps: LaneDeps,
  dir: string,
  places: Record<string, string | undefined>,
  now: number,
): Promise<number> => {
  const { pool, logger } = deps.store;
  if ((await headRevision(pool)) > 0) return 0;
  const { rowCount } = await pool.query('select 1 from drafts limit 1');
  if (rowCount) return 0;
  try {
    const { definitions, problems } = await readDefinitions([dir], dir, places);
    if (problems.length > 0)
      throw new Error(problems.map((problem) => `${problem.file} ${problem.message}`).join('; '));
    const documents = definitions.map(({ definition }) => definition);
    await publish(deps, documents, now);
    return documents.length;
  } catch (error) {
    logger.error({ dir, error: describeError(error) }, 'the examples could not be published');
    return 0;
  }
};
