import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** The repo's root folder. */
export const repoRoot = resolve(import.meta.dirname, '../..');

/** Everything a local stack keeps: data, logs, fetched tools. `RIPEN_HOME` moves it; relative paths start at the repo. */
export function ripenHome(env: NodeJS.ProcessEnv = process.env): string {
  return resolve(repoRoot, env['RIPEN_HOME'] ?? '.ripen');
}

/**
 * What is slow to build or fetch and the same for every clone (Temporal, its test server). Lives outside the clone so that
 * a fresh one does not pay again; everything works without it.
 */
export function userCache(env: NodeJS.ProcessEnv = process.env): string {
  const base = env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache');
  return join(base, 'ripen');
}

/** Says what happens, one plain sentence at a time. */
export type Report = (sentence: string) => void;

/** For callers that want no words. */
export const silent: Report = () => undefined;
