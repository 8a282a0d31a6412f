import { CliError, exitCodes } from '../cli-error.ts';
import type { Command } from '../command.ts';
import { checkedDefinitions, placesOption, runTests } from '../definitions/check.ts';
import { say } from '../terminal.ts';

export const validateCommand: Command = {
  name: 'validate',
  summary: 'Checks definition documents as one set and runs the tests of automations, without a server.',
  usage: '<dir or file>...',
  details: 'Problems are printed with file, document, node and path. Exit codes: 0 valid, 1 not, 2 usage.',
  options: { ...placesOption },
  run: async (args, terminal) => {
    if (args.positionals.length === 0)
      throw new CliError('Name the files or directories to check. See: ripen validate --help');
    const { documents, set } = await checkedDefinitions(args.positionals, args, terminal);
    await runTests(documents, set, args.positionals, terminal);
    await say(terminal, `${documents.length} ${documents.length === 1 ? 'document is' : 'documents are'} valid.`);
    return exitCodes.ok;
  },
};
