import { Worker } from 'node:worker_threads';
import type { Templates } from '../workload/templates.ts';

/** What to send. */
export interface SendJob {
  url: string;
  writeKey: string;
  templates: Templates;
  workload: { contacts: number; seed: number; run: string };
  /** `identify`, `trials`, `forms`: one message of each contact from `first` on. `events`: the workload's stream. */
  kind: 'identify' | 'trials' | 'forms' | 'events';
  first: number;
  count: number;
  batchSize: number;
  clients: number;
  /** Added to the present: how far from now the messages are dated. */
  shiftMs: number;
}

export interface Sent {
  elapsedMs: number;
  /** How often the API said 429. */
  refusals: number;
}

/** A sender that has its bodies ready. */
export interface Sender {
  /** Sends everything; resolves when the last batch is answered. Call once. */
  go(): Promise<Sent>;
}

/** Makes the messages in a thread of its own; resolves when they are ready to be sent. */
export const prepareSender = async (job: SendJob): Promise<Sender> => {
  const thread = new Worker(new URL('sender-thread.ts', import.meta.url), { workerData: job });
  const nextMessage = <T>(): Promise<T> =>
    new Promise((resolve, reject) => {
      thread.once('message', resolve);
      thread.once('error', reject);
    });
  await nextMessage<'ready'>();
  return {
    go: async () => {
      const answered = nextMessage<Sent | { error: string }>();
      thread.postMessage('go');
      const sent = await answered;
      await thread.terminate();
      if ('error' in sent) throw new Error(sent.error);
      return sent;
    },
  };
};
