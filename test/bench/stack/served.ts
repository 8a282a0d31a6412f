import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApp, systemClock, type LaneDeps } from '@ripen/engine';

/** The real HTTP application on a workspace. */
export interface Served {
  /** A request as an admin makes it, with a body a POST; how long its answer took, ms. Throws what was answered when that is an error. */
  ask<Body>(path: string, body?: unknown): Promise<{ ms: number; body: Body }>;
  close(): Promise<void>;
}

/** `key`: of an admin. `after`: what else is to be closed. */
export const serve = async (deps: LaneDeps, key: string, after: () => Promise<void>): Promise<Served> => {
  const server = createServer(createApp({ ...deps, clock: systemClock }));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // It listens on TCP.
  return {
    ask: async <Body>(path: string, body?: unknown) => {
      const from = performance.now();
      const response = await fetch(url + path, {
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
      });
      const text = await response.text();
      const ms = performance.now() - from;
      if (!response.ok) throw new Error(`${path} was answered ${response.status}: ${text}`);
      return { ms, body: JSON.parse(text) as Body }; // The application's own answer.
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await after();
    },
  };
};
