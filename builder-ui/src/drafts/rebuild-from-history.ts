import { startRebuild } from '../api/change.ts';
import { sayDone, sayFailed } from '../ui/say.ts';

/** Starts the rebuild that was chosen with a publication, and says that it is under way. */
export const rebuildFromHistory = async (): Promise<void> => {
  try {
    await startRebuild();
    sayDone('Scores are being rebuilt from history; they stay readable meanwhile.');
  } catch (error) {
    sayFailed('It is published, but the rebuild was not started', error);
  }
};
