import {
  impactStateSchema,
  startedJobSchema,
  type AccountImpact,
  type AccountSide,
  type Impact,
  type ImpactSide,
} from '@ripen/shared';
import { read } from '../api.ts';
import { CliError, exitCodes } from '../cli-error.ts';
import { Client } from '../client.ts';
import type { Command } from '../command.ts';
import { connectionOf, connectionOptions } from '../connection.ts';
import { placesOption, readCleanDefinitions } from '../definitions/check.ts';
import { sendDocuments } from '../definitions/refused.ts';
import { jsonOption, jsonText } from '../figures.ts';
import { followJob } from '../follow-job.ts';
import { counted, grouped } from '../progress.ts';
import { writeTo } from '../terminal.ts';

export const impactCommand: Command = {
  name: 'impact',
  summary: 'Measures what publishing score models or stages would change, before anybody does.',
  usage: '<dir or file>...',
  details: `
Nothing is changed: a job of the server plays what arrived for contacts through the documents, in memory, and says what
becomes of contacts and of the scores of their accounts. \`ripen apply\` publishes them, from then on; \`ripen rebuild\` lets the past count too.

Exit codes: 0 measured, 1 not valid or not done, 2 usage, 3 server.`,
  options: {
    sample: {
      type: 'string',
      value: '<n>',
      help: 'Look at so many contacts and accounts, at most; at all of them unless given',
    },
    ...jsonOption,
    ...placesOption,
    ...connectionOptions,
  },
  run: async (args, terminal) => {
    if (args.positionals.length === 0)
      throw new CliError('Name the files or directories to look at. See: ripen impact --help');
    const sample = args.whole('sample', { least: 1, most: 10_000_000 });
    const connection = await connectionOf(args, terminal);
    const places = { ...terminal, env: { ...terminal.env, RIPEN_URL: connection.url } };
    const documents = await readCleanDefinitions(args.positionals, args, places);
    const client = new Client(connection, { signal: terminal.signal });
    const body = {
      documents: documents.map(({ definition }) => definition),
      ...(sample !== undefined && { sample }),
    };
    const request = { path: '/api/impact', body, repeatable: false };
    const { jobId } = read(startedJobSchema, await sendDocuments(client, request, { documents, terminal }));
    await followJob(client, jobId, terminal);
    const answer = await client.call({ method: 'GET', path: `/api/impact/${jobId}`, auth: 'api', repeatable: true });
    const { impact } = read(impactStateSchema, answer.body);
    if (impact) await writeTo(terminal.stdout, args.flag('json') ? jsonText(impact) : wordsOf(impact));
    return exitCodes.ok;
  },
};

const wordsOf = ({ looked, of, now, history, accounts }: Impact): string =>
  [
    ...(looked > 0
      ? [
          `Of ${grouped(looked)}${looked < of ? ` of ${grouped(of)}` : ''} contacts:`,
          ...sideWords('from now on', now),
          ...sideWords('rebuilt from history', history),
        ]
      : []),
    ...(accounts ? accountWords(accounts) : []),
    '',
  ].join('\n');

const points = (change: number): string => `${change > 0 ? '+' : ''}${change} points in all`;

const sideWords = (when: string, { contacts, models, moves, examples }: ImpactSide): string[] => [
  `  ${when}: ${contacts === 0 ? 'nobody changes' : `${counted(contacts, 'contact')} ${contacts === 1 ? 'changes' : 'change'}`}`,
  ...models.map(({ model, up, down, change }) => `    ${model}: ${up} up, ${down} down, ${points(change)}`),
  ...moves.map(
    (move) => `    ${move.from ?? 'no stage'} -> ${move.to ?? 'no stage'}: ${counted(move.contacts, 'contact')}`,
  ),
  ...examples.map(({ contact, model, from, to }) => `    ${contact.name}: ${from} -> ${to} in ${model}`),
];

const accountWords = ({ looked, of, now, history }: AccountImpact): string[] => [
  `Of ${grouped(looked)}${looked < of ? ` of ${grouped(of)}` : ''} accounts:`,
  ...accountSideWords(history ? 'from now on' : 'at once', now),
  ...(history ? accountSideWords('rebuilt from history', history) : []),
];

const bandWords = (band: { name: string } | null): string => band?.name ?? 'no band';

const accountSideWords = (when: string, { accounts, models }: AccountSide): string[] => [
  `  ${when}: ${accounts === 0 ? 'none changes' : `${counted(accounts, 'account')} ${accounts === 1 ? 'changes' : 'change'}`}`,
  ...models.flatMap(({ model, accounts: of, up, down, change, rebanded, bands, examples }) => [
    `    ${model}: ${counted(of, 'account')}, ${up} up, ${down} down, ${points(change)}, ${rebanded} to another band`,
    ...bands.map(
      ({ from, to, accounts: moved }) => `      ${bandWords(from)} -> ${bandWords(to)}: ${counted(moved, 'account')}`,
    ),
    ...examples.map(({ account, from, to }) => `      ${account.name}: ${from} -> ${to}`),
  ]),
];
