import { BatchRoom, unpacked, type SortedEvent, type Sortable } from '@ripen/shared/import';
import type { Api } from '../api.ts';
import type { Progress } from '../progress.ts';
import { mostRefusalsKept, writeCheckpoint, type Checkpoint } from './checkpoint.ts';
import type { RefusalFile } from './refusals.ts';

export interface Sending {
  api: Api;
  checkpoint: Checkpoint;
  checkpointPath: string;
  files: readonly string[];
  refusals: RefusalFile;
  progress: Progress;
  total: number;
  signal: AbortSignal;
}

/**
 * Sends sorted events batch after batch, each only when the one before was answered, because order is what they are
 * sorted for. After each answer the checkpoint is written. Returns false when it was stopped.
 */
export const sendSorted = async (sorted: AsyncIterable<Sortable>, sending: Sending): Promise<boolean> => {
  const { checkpoint } = sending;
  // What the server answered for before this command was stopped.
  let skip = checkpoint.sent;
  let batch: SortedEvent[] = [];
  const room = new BatchRoom();
  const flush = async (): Promise<void> => {
    if (batch.length === 0) return;
    const answer = await sending.api.sendBatch(
      checkpoint.importId,
      batch.map((event) => event.json),
    );
    for (const error of answer.errors) {
      const event = batch[error.index];
      if (!event) continue;
      const refusal = {
        file: sending.files[event.file] ?? '',
        line: event.line,
        reason: error.error.message,
        original: event.original || event.json,
      };
      await sending.refusals.add(refusal);
      if (checkpoint.refusals.length < mostRefusalsKept) checkpoint.refusals.push(refusal);
    }
    checkpoint.sent += batch.length;
    checkpoint.duplicates += answer.duplicates;
    checkpoint.refused += answer.errors.length;
    await writeCheckpoint(sending.checkpointPath, checkpoint);
    sending.progress.update('Sent', checkpoint.sent, sending.total);
    batch = [];
    room.empty();
  };
  for await (const item of sorted) {
    if (skip > 0) {
      skip--;
      continue;
    }
    const event = unpacked(item.text);
    if (!room.admits(event.json)) {
      await flush();
      if (sending.signal.aborted) return false;
      room.admits(event.json);
    }
    batch.push(event);
  }
  await flush();
  return true;
};
