import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** Stands between the product and its database. */
export interface Proxy {
  readonly port: number;
  /** How long everything takes on its way, each direction, ms. */
  delayMs: number;
  /** Cuts all connections and takes no new ones, or takes them again. */
  setBroken(broken: boolean): void;
  close(): Promise<void>;
}

export const startProxy = async (target: { host: string; port: number }): Promise<Proxy> => {
  const sockets = new Set<Socket>();
  let broken = false;
  const server = createServer((incoming) => {
    if (broken) return void incoming.destroy();
    const outgoing = connect(target);
    for (const [from, to] of [
      [incoming, outgoing],
      [outgoing, incoming],
    ] as const) {
      sockets.add(from);
      const later = inOrder(() => proxy.delayMs);
      from.setNoDelay(true);
      from.on('data', (chunk: Buffer) => later(() => to.write(chunk)));
      from.on('end', () => later(() => to.end()));
      from.on('error', () => to.destroy());
      from.on('close', () => {
        sockets.delete(from);
        later(() => to.destroy());
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const proxy: Proxy = {
    port: (server.address() as AddressInfo).port, // It listens on TCP.
    delayMs: 0,
    setBroken: (now) => {
      broken = now;
      if (broken) for (const socket of sockets) socket.destroy();
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
  return proxy;
};

/** Everything of one direction takes the delay of when it came, and nothing overtakes. */
const inOrder = (delayMs: () => number): ((act: () => void) => void) => {
  let before: Promise<unknown> = Promise.resolve();
  return (act) => {
    const at = performance.now() + delayMs();
    before = before.then(async () => {
      const waitMs = at - performance.now();
      if (waitMs > 0) await pause(waitMs);
      act();
    });
  };
};
