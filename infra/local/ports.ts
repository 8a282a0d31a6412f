import { createServer } from 'node:net';

/** Whether nobody listens on this port of the loopback interface. */
export async function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => probe.close(() => resolve(true)));
  });
}

/** A free loopback port: the first free one of `wanted`, else one the system picks. */
export async function freePort(wanted: readonly (number | undefined)[] = []): Promise<number> {
  for (const port of wanted) {
    if (port !== undefined && (await isFree(port))) return port;
  }
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen({ port: 0, host: '127.0.0.1' }, () => {
      const address = probe.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}

/** The first free port from `first` upwards, so that a person meets the same URL again. */
export async function nextFreePort(first: number, tries = 100): Promise<number> {
  for (let port = first; port < first + tries; port++) {
    if (await isFree(port)) return port;
  }
  return freePort();
}

/** The host of URLs at which this machine reaches a server that listens on `host`; undefined: on the loopback interface. */
export function reachedAt(host: string | undefined): string {
  const given = host?.trim() ?? '';
  if (['', '0.0.0.0', '::'].includes(given)) return '127.0.0.1';
  return given.includes(':') ? `[${given}]` : given;
}
