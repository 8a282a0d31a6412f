import { Connection } from '@temporalio/client';
import { waitUntil } from '../wait.ts';

/** What runs can be searched by in Temporal, besides what it knows itself. All are keywords. */
export const searchAttributes = ['RipenAutomation', 'RipenContact', 'RipenStatus'] as const;

/** `INDEXED_VALUE_TYPE_KEYWORD` of Temporal's API, where types are numbers. */
const keyword = 2;

/** gRPC's status for a call that a server does not have. */
const unimplemented = 12;

async function known(connection: Connection, namespace: string): Promise<readonly string[]> {
  try {
    const list = await connection.operatorService.listSearchAttributes({ namespace });
    return Object.keys(list.customAttributes ?? {});
  } catch (error) {
    // The time-skipping server can add but not list.
    if (error instanceof Error && 'code' in error && error.code === unimplemented) return [];
    throw error;
  }
}

/**
 * Registers the search attributes that are missing, on any server: a dev server, the time-skipping one, a cluster.
 * Safe to repeat. Throws Temporal's error where the account may not do so.
 */
export async function ensureSearchAttributes(connection: Connection, namespace = 'default'): Promise<void> {
  const present = await known(connection, namespace);
  const missing = searchAttributes.filter((name) => !present.includes(name));
  if (missing.length === 0) return;
  await connection.operatorService.addSearchAttributes({
    namespace,
    searchAttributes: Object.fromEntries(missing.map((name) => [name, keyword])),
  });
}

/** Which server to wait for, and for how long. */
export interface TemporalWait {
  readonly address: string;
  readonly namespace: string;
  readonly timeoutMs: number;
  /** For servers that ask for one; it implies TLS. */
  readonly apiKey?: string | undefined;
  readonly tls?: boolean;
  /** Ends the wait early with its sentence. */
  readonly failed?: () => string | undefined;
}

/** Waits until a server answers and knows the search attributes. Throws one sentence when it does not in time. */
export async function waitForTemporal(wait: TemporalWait): Promise<void> {
  const { address, namespace, timeoutMs, apiKey, failed } = wait;
  const tls = wait.tls ?? apiKey !== undefined;
  await waitUntil({
    what: `Temporal at ${address}`,
    timeoutMs,
    ...(failed && { failed }),
    until: async () => {
      const connection = await Connection.connect({ address, tls, connectTimeout: 2_000, ...(apiKey && { apiKey }) });
      try {
        await connection.workflowService.describeNamespace({ namespace });
        await ensureSearchAttributes(connection, namespace);
      } finally {
        await connection.close();
      }
      return true;
    },
  });
}
