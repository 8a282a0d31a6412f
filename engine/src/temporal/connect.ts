import { Client, Connection } from '@temporalio/client';
import type { TemporalConfig } from '../config.ts';
import type { Pokes } from '../lanes/deps.ts';
import { createPokes } from './pokes.ts';

/** One process's hand on Temporal. Nothing here waits long: the API works while Temporal is down. */
export interface TemporalLink {
  client: Client;
  pokes: Pokes;
  reachable(): Promise<boolean>;
}

const pokeDeadlineMs = 3_000;
const askDeadlineMs = 1_000;
/** After a poke that failed, others fail at once for so long. The sweeper pokes lanes that were missed. */
const pauseMs = 2_000;
const rememberMs = 2_000;

/** Connects with the first call, not before. */
export const connectTemporal = (config: TemporalConfig): TemporalLink => {
  const connection = Connection.lazy({
    address: config.address,
    ...(config.tls ? { tls: true } : {}),
    ...(config.apiKey === null ? {} : { apiKey: config.apiKey }),
    connectTimeout: pokeDeadlineMs,
  });
  const client = new Client({ connection, namespace: config.namespace });
  const direct = createPokes(client.workflow);
  let pausedUntil = 0;

  const poke = async (work: () => Promise<void>): Promise<void> => {
    if (performance.now() < pausedUntil) throw new Error('Temporal did not answer a moment ago.');
    try {
      await connection.withDeadline(Date.now() + pokeDeadlineMs, work);
    } catch (error) {
      pausedUntil = performance.now() + pauseMs;
      throw error;
    }
  };

  let known = { reachable: false, at: -Infinity };
  return {
    client,
    pokes: { lane: (lane) => poke(() => direct.lane(lane)), dispatcher: () => poke(() => direct.dispatcher()) },
    reachable: async () => {
      if (performance.now() - known.at < rememberMs) return known.reachable;
      const reachable = await connection
        .withDeadline(Date.now() + askDeadlineMs, () => connection.workflowService.getSystemInfo({}))
        .then(
          () => true,
          () => false,
        );
      known = { reachable, at: performance.now() };
      return reachable;
    },
  };
};
