import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  createApp,
  createKey,
  createPrograms,
  createStore,
  drainLane,
  noPokes,
  readLanes,
  type AppDeps,
  type AppOptions,
  type LaneDeps,
  type Store,
} from '@ripen/engine';
import type { Permission } from '@ripen/shared';
import { createTestDatabase } from '../../helpers/database.ts';

/** Noon of a day; the clock of the server under test stands where a test puts it. */
export const noon = Date.UTC(2026, 0, 15, 12);

export interface Answer {
  status: number;
  headers: Headers;
  /** Parsed when it is JSON. */
  // Tests look into answers freely; schemas are checked by the server itself (checkResponses).
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  body: any;
}

export interface Call {
  method?: string;
  path: string;
  key?: string | null;
  body?: unknown;
  /** Sent as it is. */
  raw?: string | Uint8Array<ArrayBuffer>;
  headers?: Record<string, string>;
  /** Only the status and headers matter: the answer may be a stream without an end. */
  unread?: boolean;
}

/** A server with a database of its own, whose lanes are drained by the test. */
export interface TestServer extends AsyncDisposable {
  url: string;
  deps: LaneDeps;
  clock: { now(): number; set(moment: number): void };
  admin: string;
  write: string;
  key(...permissions: Permission[]): Promise<string>;
  call(call: Call): Promise<Answer>;
  /** As admin. */
  get(path: string): Promise<Answer>;
  post(path: string, body?: unknown): Promise<Answer>;
  send(...events: object[]): Promise<Answer>;
  /** Applies all that waits and is due by the clock. */
  drain(): Promise<void>;
}

/** `more` may need the server's own database. */
export const startServer = async (
  more: Partial<AppDeps> | ((store: Store) => Partial<AppDeps>) = {},
  options: AppOptions = {},
): Promise<TestServer> => {
  const database = await createTestDatabase();
  const store = createStore({ databaseUrl: database.url, max: 12 });
  const deps: LaneDeps = { store, programs: createPrograms(), pokes: noPokes };
  let moment = noon;
  const clock = { now: () => moment, set: (next: number) => void (moment = next) };
  const given = typeof more === 'function' ? more(store) : more;
  const server = createServer(
    createApp({ ...deps, clock, openStatus: false, ...given }, { checkResponses: true, ...options }),
  );
  const url = await listening(server);
  const write = (await createKey(store.pool, { kind: 'write', name: 'write' })).key;
  const admin = (await createKey(store.pool, { kind: 'api', name: 'admin', permissions: ['admin'] })).key;
  const lanes = await readLanes(store.pool);

  const call = async ({ method, path, key = admin, body, raw, headers = {}, unread }: Call): Promise<Answer> => {
    const sent = raw ?? (body === undefined ? undefined : JSON.stringify(body));
    const response = await fetch(url + path, {
      method: method ?? (sent === undefined ? 'GET' : 'POST'),
      headers: {
        ...(key === null ? {} : { authorization: `Bearer ${key}` }),
        ...(sent === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(sent === undefined ? {} : { body: sent }),
    });
    if (unread) await response.body?.cancel();
    const text = unread ? '' : await response.text();
    const json = /json/.test(response.headers.get('content-type') ?? '');
    const parsed: unknown = json && !unread ? JSON.parse(text) : text;
    return { status: response.status, headers: response.headers, body: parsed };
  };
  return {
    url,
    deps,
    clock,
    admin,
    write,
    key: async (...permissions) =>
      (await createKey(store.pool, { kind: 'api', name: permissions.join(' '), permissions })).key,
    call,
    get: (path) => call({ path }),
    post: (path, body) => call({ method: 'POST', path, body: body ?? {} }),
    send: (...events) => call({ path: '/v1/batch', key: write, body: { batch: events } }),
    drain: async () => {
      for (const { lane } of lanes) await drainLane(deps, { lane, now: moment });
      for (const { lane } of lanes) await drainLane(deps, { lane, now: moment });
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await store.close();
      await database.drop();
    },
  };
};

const listening = (server: Server): Promise<string> =>
  new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)); // It listens on TCP.
  });
