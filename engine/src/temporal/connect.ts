import { taskQueues } from '@ripen/shared';
import { Client, Connection } from '@temporalio/client';
import type { TemporalConfig } from '../config.ts';
import type { Pokes } from '../lanes/deps.ts';
import type { Workers } from '../read/health.ts';
import { isoOrNull } from '../read/moments.ts';
import { createPokes } from './pokes.ts';

/** One process's hand on Temporal. Nothing here waits long: the API works while Temporal is down. */
export interface TemporalLink {
  client: Client;
  pokes: Pokes;
  reachable(): Promise<boolean>;
  /** Who asked each task queue for work in the last minutes; null when Temporal does not answer. */
  workers(): Promise<Workers | null>;
}

const pokeDeadlineMs = 3_000;
const askDeadlineMs = 1_000;
/** After a poke that failed, others fail at once for so long. The sweeper pokes lanes that were missed. */
const pauseMs = 2_000;
const rememberMs = 2_000;
/** As Temporal's protocol numbers them. */
const taskQueueTypes = { TASK_QUEUE_TYPE_WORKFLOW: 1, TASK_QUEUE_TYPE_ACTIVITY: 2 } as const;

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

  const pollersOf = async (queue: string): Promise<Workers[number]> => {
    // Workers poll for workflows and for activities; some queues have activities only.
    const answers = await Promise.all(
      (['TASK_QUEUE_TYPE_WORKFLOW', 'TASK_QUEUE_TYPE_ACTIVITY'] as const).map((type) =>
        connection.workflowService.describeTaskQueue({
          namespace: config.namespace,
          taskQueue: { name: queue },
          taskQueueType: taskQueueTypes[type],
        }),
      ),
    );
    const latest = new Map<string, number | null>();
    for (const { identity, lastAccessTime } of answers.flatMap(({ pollers }) => pollers ?? [])) {
      const seconds = lastAccessTime?.seconds;
      const at = seconds == null ? null : Number(seconds) * 1000 + Math.floor((lastAccessTime?.nanos ?? 0) / 1e6);
      const name = identity ?? '';
      latest.set(name, Math.max(latest.get(name) ?? 0, at ?? 0) || null);
    }
    const pollers = [...latest].sort(([a], [b]) => (a < b ? -1 : 1));
    return { queue, pollers: pollers.map(([identity, at]) => ({ identity, lastSeenAt: isoOrNull(at) })) };
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
    workers: () =>
      connection
        .withDeadline(Date.now() + askDeadlineMs, () => Promise.all(Object.values(taskQueues).map(pollersOf)))
        // That it does not answer is shown beside this.
        .catch(() => null),
  };
};
