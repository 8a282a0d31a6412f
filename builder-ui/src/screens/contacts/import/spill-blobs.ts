import { decoded, type SpillStore } from '@ripen/shared/import';
import { bytesOf } from './file-bytes.ts';

/** What a sorter spills, in blobs: browsers keep large ones on disk. */
export const spillBlobs: SpillStore = {
  async write(pieces) {
    const blob = await Promise.resolve(new Blob([...pieces]));
    return () => decoded(bytesOf(blob), 'utf-8');
  },
};
