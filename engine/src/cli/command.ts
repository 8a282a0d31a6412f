import { parseArgs } from 'node:util';
import { CliError, sentenceOf, type ExitCode } from './cli-error.ts';
import type { Terminal } from './terminal.ts';

export interface OptionSpec {
  type: 'string' | 'boolean';
  short?: string;
  multiple?: boolean;
  /** What stands for the value in the help: `<file>`. */
  value?: string;
  help: string;
}

/** The values of a command line, by option name, read by kind. */
export class Arguments {
  readonly positionals: readonly string[];
  readonly #values: Record<string, unknown>;

  constructor(values: Record<string, unknown>, positionals: readonly string[]) {
    this.#values = values;
    this.positionals = positionals;
  }

  text(name: string): string | undefined {
    const value = this.#values[name];
    return typeof value === 'string' ? value : undefined;
  }

  texts(name: string): string[] {
    const value = this.#values[name];
    return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
  }

  flag(name: string): boolean {
    return this.#values[name] === true;
  }

  /** A whole number within bounds; anything else is an error that names the option. */
  whole(name: string, bounds: { least: number; most: number }): number | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const value = Number(text);
    if (Number.isInteger(value) && value >= bounds.least && value <= bounds.most) return value;
    throw new CliError(`--${name} takes a whole number from ${bounds.least} to ${bounds.most}, not "${text}".`);
  }

  oneOf<const T extends string>(name: string, choices: readonly T[]): T | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const choice = choices.find((candidate) => candidate === text);
    if (choice !== undefined) return choice;
    throw new CliError(`--${name} is one of ${choices.join(', ')}, not "${text}".`);
  }
}

export interface Command {
  name: string;
  summary: string;
  /** What follows the name: `<file>...`. */
  usage: string;
  /** Paragraphs under the usage. */
  details?: string;
  options: Record<string, OptionSpec>;
  run(args: Arguments, terminal: Terminal): Promise<ExitCode>;
}

/** Reads a command's arguments; null when help was asked for. */
export const readArguments = (command: Command, argv: readonly string[]): Arguments | null => {
  const known: Record<string, OptionSpec> = { ...command.options, help: { type: 'boolean', short: 'h', help: '' } };
  const options = Object.fromEntries(
    Object.entries(known).map(([name, spec]) => [
      name,
      { type: spec.type, ...(spec.short ? { short: spec.short } : {}), ...(spec.multiple ? { multiple: true } : {}) },
    ]),
  );
  try {
    const { values, positionals } = parseArgs({ args: [...argv], options, allowPositionals: true, strict: true });
    return values['help'] === true ? null : new Arguments(values, positionals);
  } catch (error) {
    throw new CliError(`${firstSentence(sentenceOf(error))} See: ripen ${command.name} --help`);
  }
};

export const helpOf = (command: Command): string => {
  const rows = Object.entries(command.options).map(([name, spec]): [string, string] => [
    `${spec.short ? `-${spec.short}, ` : '    '}--${name}${spec.type === 'string' ? ` ${spec.value ?? '<text>'}` : ''}`,
    spec.help,
  ]);
  rows.push(['-h, --help', 'This text']);
  const width = Math.max(...rows.map(([left]) => left.length));
  return [
    `ripen ${command.name} ${command.usage}`.trimEnd(),
    '',
    command.summary,
    ...(command.details ? ['', command.details.trim()] : []),
    '',
    'Options:',
    ...rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`),
    '',
  ].join('\n');
};

const firstSentence = (text: string): string => {
  const line = text.split('\n')[0] ?? text;
  return /[.!?]$/.test(line) ? line : `${line}.`;
};
