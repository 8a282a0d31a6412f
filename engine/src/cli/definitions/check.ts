import { definitionsOf, validate, type Definitions, type Problem } from '@ripen/shared';
import { scenarioProblems } from '../../lanes/scenarios.ts';
import { CliError, exitCodes } from '../cli-error.ts';
import type { Arguments, OptionSpec } from '../command.ts';
import { counted } from '../progress.ts';
import { say, type Terminal } from '../terminal.ts';
import { documentName, readDefinitions, type FileProblem, type ReadDefinition } from './read.ts';

export const placesOption = {
  set: {
    type: 'string',
    multiple: true,
    value: '<NAME=value>',
    help: 'Value of ${NAME} in the documents; again for more (else the environment)',
  },
} as const satisfies Record<string, OptionSpec>;

/** Values of `${NAME}` places: `--set` before the environment. */
export const placeValues = (args: Arguments, terminal: Terminal): Record<string, string | undefined> => {
  const values = { ...terminal.env };
  for (const pair of args.texts('set')) {
    const at = pair.indexOf('=');
    if (at < 1) throw new CliError(`--set takes NAME=value, not "${pair}".`);
    values[pair.slice(0, at)] = pair.slice(at + 1);
  }
  return values;
};

/** Reads documents, each by itself. Prints every problem; throws when there is one. */
export const readCleanDefinitions = async (
  paths: readonly string[],
  args: Arguments,
  terminal: Terminal,
): Promise<ReadDefinition[]> => {
  const read = await readDefinitions(paths, terminal.cwd, placeValues(args, terminal));
  await printProblems(read.problems, paths, terminal);
  return read.definitions;
};

/** Reads documents and validates them as one set. Prints every problem; throws when one is an error. */
export const checkedDefinitions = async (
  paths: readonly string[],
  args: Arguments,
  terminal: Terminal,
): Promise<{ documents: ReadDefinition[]; set: Definitions }> => {
  const documents = await readCleanDefinitions(paths, args, terminal);
  const set = definitionsOf(documents.map(({ definition }) => definition));
  await printProblems(setProblems(set, documents), paths, terminal);
  return { documents, set };
};

const printProblems = async (
  problems: readonly FileProblem[],
  paths: readonly string[],
  terminal: Terminal,
): Promise<void> => {
  for (const problem of problems) await say(terminal, problemLine(problem));
  const errors = problems.filter((problem) => problem.severity === 'error').length;
  if (errors === 0) return;
  const sentence = `${counted(errors, 'error')} in ${paths.join(', ')}; nothing was done.`;
  throw new CliError(sentence, exitCodes.refused);
};

/** Runs the tests that automations keep, as they go in this set. Prints those that go another way; throws when there is one. */
export const runTests = async (
  documents: readonly ReadDefinition[],
  set: Definitions,
  paths: readonly string[],
  terminal: Terminal,
): Promise<void> => {
  const nothing = { ...set, automations: [] };
  const problems = await scenarioProblems(
    documents.map(({ definition }) => definition),
    { before: nothing, after: set },
  );
  await printProblems(placed(problems, documents), paths, terminal);
};

const setProblems = (set: Definitions, documents: readonly ReadDefinition[]): FileProblem[] =>
  placed(validate(set), documents);

const placed = (problems: readonly Problem[], documents: readonly ReadDefinition[]): FileProblem[] => {
  const files = new Map(documents.map(({ file, definition }) => [documentName(definition), file]));
  return problems.map((problem) => {
    const document = problem.document.kind === 'lifecycle' ? 'lifecycle' : documentName(problem.document);
    return {
      severity: problem.severity,
      file: files.get(document) ?? '',
      document,
      node: problem.node ?? null,
      path: problem.path ?? null,
      message: problem.message,
    };
  });
};

/** `starter/card.json: error: automation card, node score, settings.points: must be positive` */
export const problemLine = (problem: FileProblem): string => {
  const where = [problem.document, problem.node === null ? null : `node ${problem.node}`, problem.path]
    .filter((part) => part !== null)
    .join(', ');
  return `${problem.file === '' ? '' : `${problem.file}: `}${problem.severity}: ${where === '' ? '' : `${where}: `}${problem.message}`;
};
