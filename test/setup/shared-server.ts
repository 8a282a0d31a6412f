/**
 * One server for all projects of a run. Vitest runs each project's global setup apart, in modules of its own, so the
 * servers are kept on the one object they have in common.
 */
interface Shared<T> {
  users: number;
  readonly server: Promise<T>;
}

const key = Symbol.for('ripen.test.servers');

function registry(): Map<string, Shared<unknown>> {
  const holder: typeof globalThis & { [key]?: Map<string, Shared<unknown>> } = globalThis;
  return (holder[key] ??= new Map<string, Shared<unknown>>());
}

/** Starts the server on the first call, joins it on later ones; `release` stops it when the last user has gone. */
export async function share<T>(
  name: string,
  start: () => Promise<T>,
  stop: (server: T) => Promise<void>,
): Promise<{ server: T; release: () => Promise<void> }> {
  const servers = registry();
  // One name always holds one type: each is used by a single setup file.
  const entry = (servers.get(name) as Shared<T> | undefined) ?? { users: 0, server: start() };
  servers.set(name, entry);
  entry.users++;
  const server = await entry.server;
  return {
    server,
    release: async () => {
      entry.users--;
      if (entry.users > 0) return;
      servers.delete(name);
      await stop(server);
    },
  };
}
