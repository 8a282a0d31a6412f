import type { Api } from '../api.ts';
import type { Progress } from '../progress.ts';
import { mostRefusalsKept, writeCheckpoint, type Checkpoint } from './checkpoint.ts';
import type { RefusalFile } from './refusals.ts';
import { unpacked, type SortedEvent } from './sorted-event.ts';
import type { Sortable } from './sorter.ts';

/** Below the server's limits of 500 KB and 2,500 events, with room for what surrounds the events. */
const maxBatchBytes = 480_000;
const maxBatchEvents = 2_000;

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
  let bytes = 0;
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
    bytes = 0;
  };
  for await (const item of sorted) {
    if (skip > 0) {
      skip--;
      continue;
    }
    const event = unpacked(item.text);
    const size = Buffer.byteLength(event.json) + 1;
    if (batch.length >= maxBatchEvents || bytes + size > maxBatchBytes) {
      await flush();
      if (sending.signal.aborted) return false;
    }
    batch.push(event);
    bytes += size;
  }
  await flush();
  return true;
};
