import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { migrate, removePostgres, startPostgres } from '@ripen/infra';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { prepareRunFolder, runFolder } from './run-folder.ts';
import { share } from './shared-server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A server with the migrated database `ripen_template`, which every test database is cloned from. */
    postgresUrl: string;
  }
}

async function start() {
  await prepareRunFolder();
  const dir = join(runFolder, 'postgres');
  const server = await startPostgres({ dir, durable: false, settings: { max_wal_size: '512MB' } });
  const client = new pg.Client(server.url);
  await client.connect();
  await client.query('create database ripen_template');
  await client.end();
  await migrate(new URL('/ripen_template', server.url).href);
  return { url: server.url, dir, server };
}

/** Starts the Postgres of this run, and migrates the template database. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { server, release } = await share('postgres', start, async (running) => {
    await running.server.stop();
    await removePostgres(running.dir);
    rmSync(runFolder, { recursive: true, force: true });
  });
  project.provide('postgresUrl', server.url);
  return release;
}
