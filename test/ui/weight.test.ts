import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { buildUserInterface, userInterfaceDir } from '@ripen/infra';
import { beforeAll, expect, test } from 'vitest';

/** Of Vite's manifest, what is read here. */
interface Chunk {
  readonly file: string;
  readonly isEntry?: boolean;
  readonly isDynamicEntry?: boolean;
  readonly src?: string;
  readonly imports?: readonly string[];
}

/** What may be loaded before the first screen, gzipped. */
const mostInitialBytes = 350 * 1024;

let chunks: ReadonlyMap<string, Chunk>;
beforeAll(async () => {
  await buildUserInterface();
  const manifest = readFileSync(join(userInterfaceDir, '.vite/manifest.json'), 'utf8');
  chunks = new Map(Object.entries(JSON.parse(manifest) as Record<string, Chunk>)); // Vite wrote it just now.
}, 180_000);

/** A chunk's file with all that it imports before it can run. */
const filesOf = (name: string, found = new Set<string>()): Set<string> => {
  const chunk = chunks.get(name);
  if (!chunk || found.has(chunk.file)) return found;
  found.add(chunk.file);
  for (const imported of chunk.imports ?? []) filesOf(imported, found);
  return found;
};
const bytesOf = (files: Iterable<string>): number =>
  [...files].reduce((sum, file) => sum + gzipSync(readFileSync(join(userInterfaceDir, file))).length, 0);
const inKb = (bytes: number): string => `${(bytes / 1024).toFixed(0)} KB`;

test('the first screen waits for 350 KB of JavaScript at most, gzipped', () => {
  const initial = filesOf('index.html');
  const screens = [...chunks.entries()]
    .filter(([, { src, isDynamicEntry }]) => isDynamicEntry && src?.startsWith('src/screens/'))
    .map(([name, { src }]) => {
      const own = [...filesOf(name)].filter((file) => !initial.has(file));
      return `${src?.replace('src/screens/', '')} ${inKb(bytesOf(own))}`;
    });
  console.log(`Initial: ${inKb(bytesOf(initial))} gzipped; more for ${screens.join(', ')}.`);
  expect(initial.size).toBeGreaterThan(0);
  expect(bytesOf(initial)).toBeLessThanOrEqual(mostInitialBytes);
});
