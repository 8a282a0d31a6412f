import { acceptedInputSchema } from '@ripen/shared';
import { read } from '../api.ts';
import { CliError, exitCodes } from '../cli-error.ts';
import { Client } from '../client.ts';
import type { Arguments, Command } from '../command.ts';
import { connectionOf, connectionOptions } from '../connection.ts';
import { findContact } from '../find-contact.ts';
import { say } from '../terminal.ts';

export const adjustCommand: Command = {
  name: 'adjust',
  summary: 'Adjusts the score of a contact by hand, with a reason.',
  usage: '<contact id or e-mail address> --model <id> (--points <n> | --set-to <n>) --reason <text>',
  details: `
Applied like an event, within moments. It neither decays nor expires; a reset takes it. Who did it and why is kept with it.`,
  options: {
    model: { type: 'string', value: '<id>', help: 'The score model' },
    points: { type: 'string', value: '<number>', help: 'Points to add; negative ones are taken: --points=-5' },
    'set-to': { type: 'string', value: '<number>', help: 'What the score is to read' },
    reason: { type: 'string', value: '<text>', help: 'Why; people see it' },
    ...connectionOptions,
  },
  run: async (args, terminal) => {
    const [contact, ...more] = args.positionals;
    if (contact === undefined || more.length > 0)
      throw new CliError('Name one contact, by its id or e-mail address. See: ripen adjust --help');
    const model = args.text('model');
    const reason = args.text('reason');
    if (model === undefined || reason === undefined) throw new CliError('Give a --model and a --reason.');
    const points = numberOf(args, 'points');
    const setTo = numberOf(args, 'set-to');
    if ((points === undefined) === (setTo === undefined)) throw new CliError('Give either --points or --set-to.');
    const client = new Client(await connectionOf(args, terminal), { signal: terminal.signal });
    const { id, name } = await findContact(client, contact);
    const { body } = await client.call({
      method: 'POST',
      path: `/api/contacts/${id}/adjustments`,
      body: { model, reason, ...(points === undefined ? { setTo } : { points }) },
      auth: 'api',
      repeatable: false,
    });
    read(acceptedInputSchema, body);
    await say(terminal, `The score of ${name} is adjusted.`);
    return exitCodes.ok;
  },
};

const numberOf = (args: Arguments, name: string): number | undefined => {
  const text = args.text(name);
  if (text === undefined) return undefined;
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) throw new CliError(`--${name} takes a number, not "${text}".`);
  return value;
};
