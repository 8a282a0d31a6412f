// Sends a workload to the tracking API from a thread of its own. Bodies are made before the clock starts.
import { Agent, request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { saturate } from '../measure/saturate.ts';
import { runEvent } from '../workload/definitions.ts';
import { messagesOf } from '../workload/messages.ts';
import type { Message } from '../workload/templates.ts';
import type { SendJob, Sent } from './sender.ts';

const job = workerData as SendJob; // Given by `sender.ts` only.
const port = parentPort;
if (!port) throw new Error('This file runs as a worker thread.');

const agent = new Agent({ keepAlive: true, maxSockets: job.clients });
const target = new URL('/v1/batch', job.url);
const authorization = `Basic ${Buffer.from(`${job.writeKey}:`).toString('base64')}`;
let refusals = 0;

const post = (body: Buffer): Promise<{ status: number; retryAfterMs: number; text: string }> =>
  new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': body.length, authorization };
    const call = request(target, { method: 'POST', agent, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          retryAfterMs: Number(response.headers['retry-after'] ?? 1) * 1000,
          text: Buffer.concat(chunks).toString('utf8'),
        }),
      );
      response.on('error', reject);
    });
    call.on('error', reject);
    call.end(body);
  });

/** A batch as the SDK sends it; told to wait, it waits and sends again. */
const send = async (batch: string): Promise<void> => {
  for (;;) {
    const body = Buffer.from(`${batch},"sentAt":"${new Date().toISOString()}"}`);
    const { status, retryAfterMs, text } = await post(body);
    if (status === 200) {
      const { errors } = JSON.parse(text) as { errors: unknown[] }; // The tracking API's answer.
      if (errors.length > 0) throw new Error(`Events were refused: ${JSON.stringify(errors[0])}`);
      return;
    }
    if (status !== 429) throw new Error(`The API answered ${status}: ${text.slice(0, 300)}`);
    refusals++;
    await pause(retryAfterMs);
  }
};

const source = messagesOf(job.templates, job.workload);
const at = Date.now() + job.shiftMs;
const message = (contact: number): Message => {
  switch (job.kind) {
    case 'identify':
      return source.identify(contact, at);
    case 'trials':
      return source.of(contact, runEvent, at);
    case 'forms':
      return source.of(contact, 'Form Submitted', at);
    case 'events':
      return source.event(at);
  }
};
const batches: string[] = [];
for (let done = 0; done < job.count; done += job.batchSize) {
  const size = Math.min(job.batchSize, job.count - done);
  const batch = Array.from({ length: size }, (_, index) => message(job.first + done + index));
  batches.push(`{"batch":${JSON.stringify(batch)},"writeKey":"${job.writeKey}"`);
}
port.postMessage('ready');
port.once('message', () => {
  const from = performance.now();
  void saturate(batches.length, job.clients, (index) => send(batches[index] ?? '')).then(
    () => port.postMessage({ elapsedMs: performance.now() - from, refusals } satisfies Sent),
    (error: unknown) => port.postMessage({ error: error instanceof Error ? error.message : String(error) }),
  );
});
