import {
  backTestStateSchema,
  startedJobSchema,
  type BackTest,
  type BackTestSide,
  type DifferenceReason,
} from '@ripen/shared';
import { setTimeout as pause } from 'node:timers/promises';
import { read } from '../api.ts';
import { CliError, exitCodes } from '../cli-error.ts';
import { Client } from '../client.ts';
import type { Arguments, Command } from '../command.ts';
import { connectionOf, connectionOptions } from '../connection.ts';
import { placesOption, readCleanDefinitions } from '../definitions/check.ts';
import { sendDocuments } from '../definitions/refused.ts';
import { jsonOption, jsonText } from '../figures.ts';
import { counted, grouped, Progress } from '../progress.ts';
import { writeTo } from '../terminal.ts';

const lookEveryMs = 500;
const defaultDays = 30;

export const backTestCommand: Command = {
  name: 'backtest',
  summary: 'Plays a draft of an automation over the last days, beside its live version.',
  usage: '<file>',
  details: `
Nothing is changed and nobody is told anything: what really arrived is played twice, in memory, by a job of the server. Ending
this command does not end it.

Exit codes: 0 done, 1 not done, 2 usage, 3 server.`,
  options: {
    days: { type: 'string', value: '<n>', help: `How many days of history (default ${defaultDays})` },
    sample: { type: 'string', value: '<n>', help: 'Play so many contacts; all of them unless given' },
    ...jsonOption,
    ...placesOption,
    ...connectionOptions,
  },
  run: async (args, terminal) => {
    if (args.positionals.length === 0) throw new CliError('Name the file of the draft. See: ripen backtest --help');
    const connection = await connectionOf(args, terminal);
    const places = { ...terminal, env: { ...terminal.env, RIPEN_URL: connection.url } };
    const drafts = (await readCleanDefinitions(args.positionals, args, places)).filter(
      ({ definition }) => definition.kind === 'automation',
    );
    const [draft] = drafts;
    if (!draft || drafts.length > 1)
      throw new CliError(
        `One automation is back-tested at a time; there ${drafts.length === 0 ? 'is none' : `are ${drafts.length}`} in what you named.`,
      );
    const days = wholeOf(args, 'days') ?? defaultDays;
    const sample = wholeOf(args, 'sample');
    const client = new Client(connection, { signal: terminal.signal });
    const body = { document: draft.definition, days, ...(sample !== undefined && { sample }) };
    const request = { path: '/api/back-tests', body, repeatable: false };
    const { jobId } = read(startedJobSchema, await sendDocuments(client, request, { documents: [draft], terminal }));
    const progress = new Progress(terminal.stderr);
    for (;;) {
      const answer = await client.call({
        method: 'GET',
        path: `/api/back-tests/${jobId}`,
        auth: 'api',
        repeatable: true,
      });
      const { job, backTest } = read(backTestStateSchema, answer.body);
      progress.update('Contacts', job.done, job.total ?? undefined);
      if (job.status === 'completed' && backTest) {
        progress.finish();
        await writeTo(terminal.stdout, args.flag('json') ? jsonText(backTest) : wordsOf(backTest, days));
        return exitCodes.ok;
      }
      if (job.status !== 'running')
        throw new CliError(
          `It ${job.status === 'failed' ? `failed: ${job.error ?? ''}` : 'was cancelled.'}`,
          exitCodes.refused,
        );
      await pause(lookEveryMs, undefined, { signal: terminal.signal });
    }
  },
};

const wholeOf = (args: Arguments, name: string): number | undefined => {
  const text = args.text(name);
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1)
    throw new CliError(`--${name} takes a whole number of 1 or more, not "${text}".`);
  return value;
};

const reasons: Readonly<Record<DifferenceReason, string>> = {
  entered_only_live: 'enter only with the live version',
  entered_only_draft: 'enter only with the draft',
  other_way: 'go another way',
  points: 'have other points',
  stage: 'have other stages',
  handoff: 'are handed to sales otherwise',
  messages: 'are the subject of other messages',
  data: 'have other fields or labels',
};

/** The two sides as a table, and who differs. */
const wordsOf = (found: BackTest, days: number): string => {
  const { live, draft, differ } = found;
  const row = (name: string, of: (side: BackTestSide) => number | string): string =>
    `  ${name.padEnd(28)}${String(of(live)).padStart(14)}${String(of(draft)).padStart(14)}`;
  const models = [...new Set([live, draft].flatMap(({ points }) => points.map(({ model }) => model)))];
  const stages = [...new Set([live, draft].flatMap((side) => side.stages.map(({ stage }) => stage)))];
  const points = (side: BackTestSide, model: string) => side.points.find((each) => each.model === model)?.points ?? 0;
  const stage = (side: BackTestSide, id: string) => side.stages.find((each) => each.stage === id);
  const lines = [
    `The last ${counted(days, 'day')} of ${counted(found.looked, 'contact')}, ${counted(found.arrivals, 'arrival')}:`,
    '',
    `  ${''.padEnd(28)}${(found.version === null ? 'nothing live' : `version ${found.version}`).padStart(14)}${'draft'.padStart(14)}`,
    row('contacts who entered', ({ entered }) => grouped(entered)),
    row('runs', ({ runs }) => grouped(runs)),
    ...models.map((model) => row(`points given, ${model}`, (side) => points(side, model))),
    ...stages.flatMap((id) => [
      row(`came up to ${id}`, (side) => grouped(stage(side, id)?.contacts ?? 0)),
      ...([live, draft].some((side) => (stage(side, id)?.won ?? 0) + (stage(side, id)?.lost ?? 0) > 0)
        ? [row('  of those won, lost', (side) => `${stage(side, id)?.won ?? 0}, ${stage(side, id)?.lost ?? 0}`)]
        : []),
    ]),
    row('handed to sales', ({ handoffs }) => grouped(handoffs)),
    row('messages', ({ messages }) => grouped(messages)),
    '',
    differ.contacts === 0 ? 'Nobody differs.' : `${counted(differ.contacts, 'contact')} would be otherwise:`,
    ...differ.reasons.map(({ reason, contacts }) => `  ${grouped(contacts)} ${reasons[reason]}`),
    '',
  ];
  return lines.join('\n');
};
