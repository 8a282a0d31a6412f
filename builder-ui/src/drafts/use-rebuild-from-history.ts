import { useQueryClient } from '@tanstack/react-query';
import { rebuildQuery, startRebuild } from '../api/change.ts';
import { sayDone, sayFailed } from '../ui/say.ts';

/** Starts the rebuild that was chosen with a publication, and says that it is under way. */
export const useRebuildFromHistory = (): (() => Promise<void>) => {
  const queries = useQueryClient();
  return async () => {
    try {
      await startRebuild();
      sayDone('Scores are being rebuilt from history; they stay readable meanwhile.');
      await queries.invalidateQueries({ queryKey: rebuildQuery.queryKey });
    } catch (error) {
      sayFailed('It is published, but the rebuild was not started', error);
    }
  };
};
