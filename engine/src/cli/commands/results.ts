import { bandResultsSchema, leadResults, type BandResults } from '@ripen/shared';
import { get } from '../api.ts';
import { CliError, exitCodes } from '../cli-error.ts';
import { Client } from '../client.ts';
import type { Command } from '../command.ts';
import { connectionOf, connectionOptions } from '../connection.ts';
import { jsonOption, jsonText, ofContacts, percent, points, table } from '../figures.ts';
import { grouped } from '../progress.ts';
import { writeTo } from '../terminal.ts';

export const resultsCommand: Command = {
  name: 'results',
  summary: "Holds the bands of a score model against what became of the contacts: a field's value, a stage, a lead.",
  usage: '<model> (--field <name> [--is <values>] | --stage <id> | --lead <result>)',
  details: `
Without bands it takes the model's range in five equal parts. Exact up to 20,000 contacts, from a sample beyond.

    ripen results lead-score --field Converted --is "1;yes"

Exit codes: 0 said, 2 usage, 3 server.`,
  options: {
    field: { type: 'string', value: '<name>', help: 'Converted is whose field says so' },
    is: {
      type: 'string',
      value: '<values>',
      help: 'Its values that mean yes, separated by semicolons; yes, true, y, 1, won and converted unless given',
    },
    stage: { type: 'string', value: '<id>', help: 'Converted is who is in this stage now' },
    lead: {
      type: 'string',
      value: '<result>',
      help: `Converted is whose lead came to this: ${leadResults.join(', ')}`,
    },
    ...jsonOption,
    ...connectionOptions,
  },
  run: async (args, terminal) => {
    const [model, ...more] = args.positionals;
    if (model === undefined || more.length > 0)
      throw new CliError('Name one score model by its id. See: ripen results --help');
    const asked = { field: args.text('field'), stage: args.text('stage'), lead: args.oneOf('lead', leadResults) };
    if (Object.values(asked).filter((each) => each !== undefined).length !== 1)
      throw new CliError('Say what the result is by one of --field, --stage and --lead.');
    const is = args.text('is');
    if (is !== undefined && asked.field === undefined)
      throw new CliError('--is lists values of a field; it goes with --field only.');
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries({ ...asked, is })) if (value !== undefined) query.set(name, value);
    const client = new Client(await connectionOf(args, terminal), { signal: terminal.signal });
    const found = await get(
      client,
      bandResultsSchema,
      `/api/models/${encodeURIComponent(model)}/results?${query.toString()}`,
    );
    const against = asked.field ?? (asked.stage === undefined ? `lead ${asked.lead}` : `stage ${asked.stage}`);
    await writeTo(terminal.stdout, args.flag('json') ? jsonText(found) : wordsOf(found, against));
    return exitCodes.ok;
  },
};

const mostValues = 10;

const wordsOf = (found: BandResults, against: string): string => {
  const { model, bands, total, notShown, values } = found;
  const line = (name: string, from: string, of: BandResults['total']): string[] => [
    name,
    from,
    grouped(of.contacts),
    grouped(of.converted),
    of.rate === null ? '-' : percent(of.rate),
    grouped(of.unknown),
  ];
  const said = values
    .slice(0, mostValues)
    .map(({ value, count, isYes }) => `${value} ${grouped(count)}${isYes ? ' (yes)' : ''}`);
  return [
    `${model} against ${against}, of ${ofContacts(found)}`,
    ...(notShown === 0 ? [] : [`${grouped(notShown)} outside its audience`]),
    '',
    ...table([
      ['band', 'from', 'contacts', 'converted', 'rate', 'unknown'],
      ...bands.map((band) => line(band.name, points(band.from), band)),
      line('all', '', total),
    ]),
    ...(said.length === 0 ? [] : ['', `Values: ${said.join(', ')}${values.length > mostValues ? ', and others' : ''}`]),
    '',
  ].join('\n');
};
