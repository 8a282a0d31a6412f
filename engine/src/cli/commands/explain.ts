import {
  accountForecastSchema,
  accountSchema,
  explanationSchema,
  forecastSchema,
  type ContactForecast,
} from '@ripen/shared';
import { z } from 'zod';
import { get } from '../api.ts';
import { CliError, exitCodes } from '../cli-error.ts';
import { Client } from '../client.ts';
import type { Command } from '../command.ts';
import { connectionOf, connectionOptions } from '../connection.ts';
import { findContact } from '../find-contact.ts';
import { writeTo } from '../terminal.ts';

export const explainCommand: Command = {
  name: 'explain',
  summary: 'Says why the scores of a contact or an account are what they are, and what becomes of them.',
  usage: '<contact id or e-mail address> | --account <id>',
  details: `
Signed lines that add up to each score, and what time alone will do to it.

Exit codes: 0 said, 2 usage, 3 server.`,
  options: {
    account: { type: 'string', value: '<id>', help: 'Of this account' },
    days: { type: 'string', value: '<n>', help: 'How far to look ahead (default 30)' },
    ...connectionOptions,
  },
  run: async (args, terminal) => {
    const [contact, ...more] = args.positionals;
    const account = args.text('account');
    if (more.length > 0 || (contact === undefined) === (account === undefined))
      throw new CliError('Name one contact, by its id or e-mail address, or an --account.');
    const days = args.whole('days', { least: 1, most: 365 }) ?? 30;
    const client = new Client(await connectionOf(args, terminal), { signal: terminal.signal });
    const said =
      account === undefined ? await ofContact(client, contact ?? '', days) : await ofAccount(client, account, days);
    await writeTo(terminal.stdout, `${said.join('\n')}\n`);
    return exitCodes.ok;
  },
};

const ofContact = async (client: Client, contact: string, days: number): Promise<string[]> => {
  const { id, name, stage } = await findContact(client, contact);
  const path = `/api/contacts/${id}`;
  const { items } = await get(client, z.object({ items: z.array(explanationSchema) }), `${path}/explanation`);
  const lines = [`${name}, ${stage === null ? 'in no stage' : `stage ${stage}`}`];
  for (const { model, score, shown, lines: parts } of items) {
    lines.push('', heading(model, score, shown), ...parts.map(line));
    const forecast = await get(
      client,
      forecastSchema,
      `${path}/forecast?model=${encodeURIComponent(model)}&days=${days}`,
    );
    lines.push(...ahead(forecast, days));
  }
  return lines;
};

const ofAccount = async (client: Client, id: string, days: number): Promise<string[]> => {
  const path = `/api/accounts/${encodeURIComponent(id)}`;
  const account = await get(client, accountSchema, path);
  const forecast = await get(client, accountForecastSchema, `${path}/forecast?days=${days}`);
  const lines = [`${account.name}, contacts: ${account.contacts}`];
  for (const { model, name, score, shown, band, lines: parts } of account.scores) {
    lines.push('', heading(name, score, shown) + (band ? `, ${band.name}` : ''), ...parts.map(line));
    const last = forecast.models.find((each) => each.model === model)?.points.at(-1);
    if (last) lines.push(`  in ${days} days: ${rounded(last.score)}`);
  }
  return lines;
};

const rounded = (points: number): string => String(Math.round(points * 100) / 100);
const signed = (points: number): string => (points > 0 ? `+${rounded(points)}` : rounded(points));

const heading = (model: string, score: number, shown: boolean): string =>
  `${model}: ${rounded(score)}${shown ? '' : ' (outside the audience: not shown)'}`;

const line = ({ points, label }: { points: number; label: string }): string =>
  `${signed(points).padStart(10)}  ${label}`;

const waysUp = (rules: NonNullable<ContactForecast['next']>['rules']): string[] =>
  rules.length === 0
    ? ['    no rule']
    : rules.map(({ name, points, stageName }) => `    ${signed(points)} ${name} -> ${stageName}`);

const ahead = ({ moves, points, next }: ContactForecast, days: number): string[] => {
  const last = points.at(-1);
  return [
    ...(last ? [`  in ${days} days: ${rounded(last.score)}`] : []),
    ...moves.map(
      ({ at, fromName, toName }) => `  ${at.slice(0, 10)}: ${fromName ?? 'no stage'} -> ${toName ?? 'no stage'}`,
    ),
    ...(next ? [`  ${rounded(next.missing)} below ${next.name}; enough by itself:`, ...waysUp(next.rules)] : []),
  ];
};
