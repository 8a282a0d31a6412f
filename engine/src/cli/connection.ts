import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Arguments, OptionSpec } from './command.ts';
import { CliError, sentenceOf } from './cli-error.ts';
import type { Terminal } from './terminal.ts';

/** Options of every command that talks to a server. */
export const connectionOptions = {
  url: {
    type: 'string',
    value: '<url>',
    help: 'Server to talk to (else RIPEN_URL, else the one that `npm start` runs)',
  },
  key: { type: 'string', value: '<key>', help: 'API key (else RIPEN_KEY, else .ripen/keys.json)' },
} as const satisfies Record<string, OptionSpec>;

export interface Connection {
  /** Without a trailing slash. */
  url: string;
  apiKey: string;
  /** For ingest; an API key with the permission does as well. */
  writeKey: string;
}

/** What `npm start` leaves for command lines on the same machine: `keys.json` and, while it runs, `stack.json`. */
interface LocalServer {
  url?: string | undefined;
  apiKey?: string | undefined;
  writeKey?: string | undefined;
}

const repoHome = join(import.meta.dirname, '../../../.ripen');

/** Where the local product keeps its files: `RIPEN_HOME`, else `.ripen` here, else the repo's. */
const homes = (terminal: Terminal): string[] => {
  const { RIPEN_HOME: given } = terminal.env;
  return given === undefined ? [join(terminal.cwd, '.ripen'), repoHome] : [resolve(terminal.cwd, given)];
};

/** Flags win over the environment, the environment over the keys file. */
export const connectionOf = async (args: Arguments, terminal: Terminal): Promise<Connection> => {
  const local = await localServer(terminal);
  const given = args.text('key') ?? terminal.env['RIPEN_KEY'];
  const url = args.text('url') ?? terminal.env['RIPEN_URL'] ?? local.url;
  if (!url) {
    throw new CliError(
      'No server is known. Start one with `npm start`, or name it with --url or RIPEN_URL (for example http://127.0.0.1:8080).',
    );
  }
  if (!/^https?:\/\//.test(url) || !URL.canParse(url)) {
    throw new CliError(`"${url}" is not the address of a server; it starts with http:// or https://.`);
  }
  const apiKey = given ?? local.apiKey;
  if (!apiKey) {
    throw new CliError(
      'No API key is known. Pass one with --key or RIPEN_KEY; `npm start` writes one to .ripen/keys.json.',
    );
  }
  return { url: url.replace(/\/+$/, ''), apiKey, writeKey: given ?? local.writeKey ?? apiKey };
};

const localServer = async (terminal: Terminal): Promise<LocalServer> => {
  for (const home of homes(terminal)) {
    const keys = await readTexts(join(home, 'keys.json'));
    if (!keys) continue;
    const stack = await readTexts(join(home, 'stack.json'));
    return { url: keys['url'] ?? stack?.['url'], apiKey: keys['apiKey'], writeKey: keys['writeKey'] };
  }
  return {};
};

/** The texts in a JSON file's object; null when there is no file, which is normal for servers elsewhere. */
const readTexts = async (path: string): Promise<Record<string, string> | null> => {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch {
    return null;
  }
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) throw new Error('it holds no object');
    return Object.fromEntries(
      Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
    );
  } catch (error) {
    throw new CliError(`${path} cannot be read as JSON (${sentenceOf(error)}). Delete it and start the server again.`);
  }
};
