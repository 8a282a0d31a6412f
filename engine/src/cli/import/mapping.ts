import { readFile } from 'node:fs/promises';
import { mappingSchema, type Mapping } from '@ripen/shared/import';
import { CliError, exitCodes, sentenceOf } from '../cli-error.ts';

/** Reads a mapping file; what is wrong with it comes as one sentence that names the places. */
export const readMapping = async (path: string): Promise<Mapping> => {
  let json: unknown;
  try {
    json = JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    throw new CliError(`The mapping ${path} cannot be read: ${sentenceOf(error)}.`);
  }
  const parsed = mappingSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(
    (issue) => `  ${issue.path.map(String).join('.') || '(whole)'}: ${issue.message}`,
  );
  throw new CliError(`The mapping ${path} is not valid:\n${problems.join('\n')}`, exitCodes.usage);
};
