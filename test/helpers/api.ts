import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApp, createKey, silentLogger, startRebuild, type LaneDeps } from '@ripen/engine';
import type { Accepted } from '@ripen/shared';
import type { WorkflowClient } from '@temporalio/client';

/** The real HTTP application on a port of its own, with keys that may do everything. */
export interface Api {
  readonly url: string;
  readonly writeKey: string;
  readonly apiKey: string;
  /** Sends events as a client library does; fails unless every one was accepted. */
  send(batch: readonly unknown[]): Promise<void>;
  /** Sends anything anywhere; the answer as it is. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** Reads JSON with the API key; fails on anything but success. */
  get<T>(path: string): Promise<T>;
  post<T>(path: string, body: unknown): Promise<T>;
  close(): Promise<void>;
}

export interface ApiOptions {
  clock: { now(): number };
  /** For routes that start jobs. */
  workflows?: WorkflowClient;
}

export const startApi = async (deps: LaneDeps, { clock, workflows }: ApiOptions): Promise<Api> => {
  const { store } = deps;
  const app = createApp(
    {
      ...deps,
      clock,
      logger: silentLogger,
      ...(workflows
        ? {
            startRebuild: (rebuild: Parameters<typeof startRebuild>[1]) => startRebuild({ store, workflows }, rebuild),
          }
        : {}),
    },
    { checkResponses: true },
  );
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // It listens on TCP.
  const write = await createKey(store.pool, { kind: 'write', name: 'test' });
  const admin = await createKey(store.pool, { kind: 'api', name: 'test', permissions: ['admin'] });
  return {
    ...clientOf(url, { writeKey: write.key, apiKey: admin.key }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

/** The same hand on a server that runs already. */
export const clientOf = (
  url: string,
  { writeKey, apiKey }: { writeKey: string; apiKey: string },
): Omit<Api, 'close'> => {
  const authorization = `Basic ${Buffer.from(`${writeKey}:`).toString('base64')}`;
  const call = async <T>(path: string, init: RequestInit = {}): Promise<T> => {
    const headers = { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' };
    const response = await fetch(url + path, { ...init, headers });
    if (!response.ok)
      throw new Error(`${init.method ?? 'GET'} ${path} was answered ${response.status}: ${await response.text()}`);
    return (await response.json()) as T; // The caller names the shape that the route documents.
  };
  return {
    url,
    writeKey,
    apiKey,
    send: async (batch) => {
      const response = await fetch(`${url}/v1/batch`, {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json' },
        body: JSON.stringify({ batch }),
      });
      const text = await response.text();
      const answer = response.ok ? (JSON.parse(text) as Accepted) : null; // The route documents its answer.
      if (answer?.accepted !== batch.length)
        throw new Error(`A batch of ${batch.length} was answered ${response.status}: ${text.slice(0, 2_000)}`);
    },
    fetch: (path, init) => fetch(url + path, init),
    get: (path) => call(path),
    post: (path, body) => call(path, { method: 'POST', body: JSON.stringify(body) }),
  };
};
