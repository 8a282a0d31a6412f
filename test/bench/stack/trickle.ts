import { setTimeout as pause } from 'node:timers/promises';
import { messagesOf } from '../workload/messages.ts';
import type { Templates } from '../workload/templates.ts';
import type { Product } from './product.ts';

export interface TrickleOptions {
  product: Product;
  templates: Templates;
  workload: { contacts: number; seed: number; run: string };
  perSecond: number;
}

/** Live events at a steady pace. */
export interface Trickle {
  /** Ends it; returns how many events were accepted, and how often the API said 429. */
  stop(): Promise<{ sent: number; refusals: number; perSecond: number }>;
}

const everyMs = 100;

/** Sends live events over HTTP ten times a second until it is stopped. What was held up is made good. */
export const startTrickle = ({ product, templates, workload, perSecond }: TrickleOptions): Trickle => {
  const source = messagesOf(templates, workload);
  const authorization = `Basic ${Buffer.from(`${product.writeKey}:`).toString('base64')}`;
  const from = performance.now();
  let stopped = false;
  let sent = 0;
  let refusals = 0;
  const send = async (count: number): Promise<void> => {
    const batch = Array.from({ length: count }, () => source.event(Date.now()));
    for (;;) {
      const response = await fetch(`${product.url}/v1/batch`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization },
        body: JSON.stringify({ batch, sentAt: new Date().toISOString() }),
      });
      const text = await response.text();
      if (response.ok) break;
      if (response.status !== 429) throw new Error(`The API answered ${response.status}: ${text.slice(0, 300)}`);
      refusals++;
      await pause(Number(response.headers.get('retry-after') ?? 1) * 1000);
    }
    sent += count;
  };
  const flowing = (async () => {
    while (!stopped) {
      const due = Math.floor(((performance.now() - from) * perSecond) / 1000) - sent;
      if (due > 0) await send(Math.min(due, perSecond));
      await pause(everyMs);
    }
  })();
  // Said when it is stopped; until then nobody waits for it.
  flowing.catch(() => undefined);
  return {
    stop: async () => {
      stopped = true;
      await flowing;
      return { sent, refusals, perSecond: (sent * 1000) / (performance.now() - from) };
    },
  };
};
