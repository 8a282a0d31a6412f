import { BatchRoom, unpacked, type SortedEvent, type Sortable } from '@ripen/shared/import';
import { packBatch, type Api } from '../api.ts';
import type { Progress } from '../progress.ts';
import { mostRefusalsKept, writeCheckpoint, type Checkpoint } from './checkpoint.ts';
import { oneAhead } from './one-ahead.ts';
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
 * sorted for; the next one is packed meanwhile. After each answer the checkpoint is written. Returns false when it was stopped.
 */
export const sendSorted = async (sorted: AsyncIterable<Sortable>, sending: Sending): Promise<boolean> => {
  const { checkpoint } = sending;
  for await (const { events, bytes } of oneAhead(batchesOf(sorted, checkpoint))) {
    if (sending.signal.aborted) return false;
    const answer = await sending.api.sendBatch(bytes);
    for (const error of answer.errors) {
      const event = events[error.index];
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
    checkpoint.sent += events.length;
    checkpoint.duplicates += answer.duplicates;
    checkpoint.refused += answer.errors.length;
    await writeCheckpoint(sending.checkpointPath, checkpoint);
    sending.progress.update('Sent', checkpoint.sent, sending.total);
  }
  return true;
};

interface Batch {
  events: SortedEvent[];
  bytes: Uint8Array;
}

/** Batches as large as the server takes them, after those that it has answered for already. */
async function* batchesOf(
  sorted: AsyncIterable<Sortable>,
  { importId, sent }: Readonly<Pick<Checkpoint, 'importId' | 'sent'>>,
): AsyncGenerator<Batch> {
  const room = new BatchRoom();
  let skip = sent;
  let events: SortedEvent[] = [];
  const packed = async (): Promise<Batch> => ({
    events,
    bytes: await packBatch(
      importId,
      events.map(({ json }) => json),
    ),
  });
  for await (const item of sorted) {
    if (skip > 0) {
      skip--;
      continue;
    }
    const event = unpacked(item.text);
    if (!room.admits(event.json)) {
      yield await packed();
      events = [];
      room.empty();
      room.admits(event.json);
    }
    events.push(event);
  }
  if (events.length > 0) yield await packed();
}
