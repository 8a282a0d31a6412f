import { CliError, exitCodes, type ExitCode } from './cli-error.ts';
import { helpOf, readArguments, type Command } from './command.ts';
import { adjustCommand } from './commands/adjust.ts';
import { applyCommand } from './commands/apply.ts';
import { archiveCommand } from './commands/archive.ts';
import { automationsCommand } from './commands/automations.ts';
import { backTestCommand } from './commands/backtest.ts';
import { catalogueCommand } from './commands/catalogue.ts';
import { checksCommand } from './commands/checks.ts';
import { combinationsCommand } from './commands/combinations.ts';
import { diffCommand } from './commands/diff.ts';
import { distributionCommand } from './commands/distribution.ts';
import { explainCommand } from './commands/explain.ts';
import { exportCommand } from './commands/export.ts';
import { fadingCommand } from './commands/fading.ts';
import { gridCommand } from './commands/grid.ts';
import { impactCommand } from './commands/impact.ts';
import { importCommand } from './commands/import.ts';
import { jobsCommand } from './commands/jobs.ts';
import { keysCommand } from './commands/keys.ts';
import { lifecycleCommand } from './commands/lifecycle.ts';
import { maintenanceCommand } from './commands/maintenance.ts';
import { rebuildCommand } from './commands/rebuild.ts';
import { resultsCommand } from './commands/results.ts';
import { runNowCommand } from './commands/run-now.ts';
import { sampleCommand } from './commands/sample.ts';
import { segmentsCommand } from './commands/segments.ts';
import { simulateCommand } from './commands/simulate.ts';
import { statusCommand } from './commands/status.ts';
import { validateCommand } from './commands/validate.ts';
import { templatesCommand } from './commands/templates.ts';
import { voidCommand } from './commands/void.ts';
import { say, writeTo, type Terminal } from './terminal.ts';

const commands: readonly Command[] = [
  applyCommand,
  templatesCommand,
  validateCommand,
  diffCommand,
  simulateCommand,
  backTestCommand,
  impactCommand,
  rebuildCommand,
  checksCommand,
  explainCommand,
  distributionCommand,
  gridCommand,
  resultsCommand,
  lifecycleCommand,
  fadingCommand,
  segmentsCommand,
  combinationsCommand,
  catalogueCommand,
  archiveCommand,
  importCommand,
  exportCommand,
  sampleCommand,
  adjustCommand,
  voidCommand,
  automationsCommand,
  maintenanceCommand,
  runNowCommand,
  jobsCommand,
  statusCommand,
  keysCommand,
];

/** Runs one command line. Never throws for what people typed or a server said; what is wrong is a sentence on stderr. */
export const runCli = async (argv: readonly string[], terminal: Terminal): Promise<ExitCode> => {
  const [name, ...rest] = argv;
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    const about = commands.find((command) => command.name === rest[0]);
    await writeTo(terminal.stdout, about ? helpOf(about) : overview());
    return name === undefined ? exitCodes.usage : exitCodes.ok;
  }
  const command = commands.find((candidate) => candidate.name === name);
  try {
    if (!command)
      throw new CliError(
        `There is no command "${name}". There are: ${commands.map((known) => known.name).join(', ')}.`,
      );
    const args = readArguments(command, rest);
    if (args) return await command.run(args, terminal);
    await writeTo(terminal.stdout, helpOf(command));
    return exitCodes.ok;
  } catch (error) {
    if (terminal.signal.aborted) {
      await say(terminal, 'Stopped.');
      return exitCodes.interrupted;
    }
    if (!(error instanceof CliError)) throw error;
    await say(terminal, error.message);
    return error.exitCode;
  }
};

const overview = (): string =>
  [
    'ripen <command> [options]',
    '',
    'Lead scoring automations from the command line.',
    '',
    'Commands:',
    ...commands.map((command) => `  ${command.name.padEnd(12)} ${command.summary}`),
    '',
    'ripen <command> --help says more about one. The server and its key come from --url and --key, from RIPEN_URL and',
    'RIPEN_KEY, or from what `npm start` wrote to .ripen.',
    '',
  ].join('\n');
