import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { CliError } from '../cli-error.ts';

const checkpointSchema = z.object({
  version: z.literal(1),
  /** Hash of the files and the mapping: a checkpoint of another import is never used. */
  key: z.string(),
  /** The historical load on the server. */
  importId: z.string(),
  /** Events that the server has answered for, in sorted order. */
  sent: z.number().int().min(0),
  duplicates: z.number().int().min(0),
  /** What the server refused, for the error file of a resumed import; no more than `mostRefusalsKept`. */
  refusals: z.array(z.object({ file: z.string(), line: z.number(), reason: z.string(), original: z.string() })),
  refused: z.number().int().min(0),
  closed: z.boolean(),
});
/** Rows are checked before they are sent, so a server refuses next to none. */
export const mostRefusalsKept = 1_000;
export type Checkpoint = z.infer<typeof checkpointSchema>;

/** The checkpoint at a path; null when there is none. */
export const readCheckpoint = async (path: string): Promise<Checkpoint | null> => {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch {
    return null;
  }
  const parsed = checkpointSchema.safeParse(safeJson(text));
  if (!parsed.success)
    throw new CliError(
      `The checkpoint ${path} is damaged. Delete it to send everything again; events that arrived before are not counted twice.`,
    );
  return parsed.data;
};

/** Replaces the file in one move, so that a crash leaves the old one or the new one. */
export const writeCheckpoint = async (path: string, checkpoint: Checkpoint): Promise<void> => {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(`${path}.new`, `${JSON.stringify(checkpoint, null, 2)}\n`);
  await rename(`${path}.new`, path);
};

const safeJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};
