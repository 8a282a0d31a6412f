import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import { workflowSourceFiles } from '../worker/workflow-sources.ts';

const folder = fileURLToPath(new URL('.', import.meta.url));
/** Which sources the newest recording was made with. */
const stampPath = `${folder}recorded-with.json`;
const suffix = '.json.gz';

/** A history of one workflow, as Temporal's own JSON. */
export interface RecordedHistory {
  /** `<recording>/<behaviour>`. */
  name: string;
  history: unknown;
}

/** One hash per file that runs inside workflows. */
export const sourceHashes = (): Record<string, string> =>
  Object.fromEntries(
    workflowSourceFiles().map((path) => [
      basename(path),
      createHash('sha256').update(readFileSync(path)).digest('hex').slice(0, 16),
    ]),
  );

export const recordedSourceHashes = (): Record<string, string> =>
  // Written below.
  existsSync(stampPath) ? (JSON.parse(readFileSync(stampPath, 'utf8')) as Record<string, string>) : {};

/** Every history ever recorded: workflows started under each of them may still be running somewhere. */
export const recordedHistories = (): RecordedHistory[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name: recording }) =>
      readdirSync(`${folder}${recording}`)
        .filter((file) => file.endsWith(suffix))
        .map((file) => ({
          name: `${recording}/${file.slice(0, -suffix.length)}`,
          history: JSON.parse(gunzipSync(readFileSync(`${folder}${recording}/${file}`)).toString('utf8')) as unknown,
        })),
    );

/** Names a recording: the sources that it was made with. */
export const workflowSourceHash = (): string =>
  createHash('sha256').update(JSON.stringify(sourceHashes())).digest('hex').slice(0, 12);

/** Adds a recording beside the older ones and stamps it with the sources it was made with. */
export const saveRecording = (recording: string, histories: ReadonlyMap<string, string>): void => {
  mkdirSync(`${folder}${recording}`, { recursive: true });
  for (const [behaviour, json] of histories) {
    writeFileSync(`${folder}${recording}/${behaviour}${suffix}`, gzipSync(JSON.stringify(JSON.parse(json)), { level: 9 }));
  }
  writeFileSync(stampPath, `${JSON.stringify(sourceHashes(), null, 2)}\n`);
};
