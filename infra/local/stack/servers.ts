import { join } from 'node:path';
import pg from 'pg';
import { type Report } from '../home.ts';
import { startPostgres } from '../postgres/server.ts';
import { ensureTemporalCli, temporalCliVersion } from '../temporal/cli.ts';
import { startTemporalDev } from '../temporal/dev-server.ts';
import { waitForTemporal } from '../temporal/search-attributes.ts';
import { waitUntil } from '../wait.ts';
import { SupervisedPart } from './part.ts';

/** Where a server is, and the part that keeps it alive when it is ours. */
export interface Server {
  /** How it was come by, for people: "embedded, port 5432". */
  readonly origin: string;
  readonly part: SupervisedPart | undefined;
}

export interface Database extends Server {
  readonly url: string;
}

export interface Temporal extends Server {
  readonly address: string;
  readonly namespace: string;
  readonly uiUrl: string | undefined;
}

/** Uses the Postgres of `DATABASE_URL`, else starts an embedded one. Adds what it started to `started` at once. */
export async function openDatabase(home: string, report: Report, started: SupervisedPart[]): Promise<Database> {
  const url = process.env['DATABASE_URL'];
  if (url) {
    const { host, pathname } = new URL(url);
    await waitUntil({
      what: `Postgres at ${host} (DATABASE_URL)`,
      timeoutMs: 30_000,
      until: async () => {
        const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
        client.on('error', () => undefined); // Shows as a failed connect.
        await client.connect();
        await client.end();
        return true;
      },
    });
    return { url, origin: `${host}${pathname} from DATABASE_URL`, part: undefined };
  }
  let port: number | undefined;
  let found = '';
  const logPath = join(home, 'logs', 'postgres.log');
  const part = new SupervisedPart(
    {
      name: 'Postgres',
      logPath,
      // A restart keeps the port: the other parts know it.
      start: async () => {
        const server = await startPostgres({ dir: join(home, 'postgres'), logPath, report, ...(port && { port }) });
        ({ port, url: found } = server);
        return server;
      },
    },
    report,
  );
  started.push(part);
  await part.start();
  return { url: found, origin: `embedded, port ${port ?? 0}`, part };
}

/** Uses the Temporal of `TEMPORAL_ADDRESS`, else starts a dev server. Adds what it started to `started` at once. */
export async function openTemporal(home: string, report: Report, started: SupervisedPart[]): Promise<Temporal> {
  const namespace = process.env['TEMPORAL_NAMESPACE'] ?? 'default';
  const external = process.env['TEMPORAL_ADDRESS'];
  if (external) {
    await waitForTemporal({
      address: external,
      namespace,
      timeoutMs: 30_000,
      apiKey: process.env['TEMPORAL_API_KEY'] || undefined,
      ...(process.env['TEMPORAL_TLS'] === 'true' && { tls: true }),
    });
    const origin = `${external} from TEMPORAL_ADDRESS`;
    return { address: external, namespace, uiUrl: process.env['TEMPORAL_UI_URL'], origin, part: undefined };
  }
  const cli = await ensureTemporalCli({ report });
  let port: number | undefined;
  let address = '';
  let uiUrl: string | undefined;
  const logPath = join(home, 'logs', 'temporal.log');
  const part = new SupervisedPart(
    {
      name: 'Temporal',
      logPath,
      start: async () => {
        const dir = join(home, 'temporal');
        const server = await startTemporalDev({
          dir,
          cliPath: cli.path,
          ui: true,
          logPath,
          report,
          ...(port && { port }),
        });
        ({ port, address, uiUrl } = server);
        return server;
      },
    },
    report,
  );
  started.push(part);
  await part.start();
  const version = cli.origin === 'on PATH' ? '' : ` ${temporalCliVersion}`;
  return {
    address,
    namespace: 'default',
    uiUrl,
    origin: `dev server (CLI${version} ${cli.origin}), port ${port ?? 0}`,
    part,
  };
}
