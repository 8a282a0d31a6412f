import {
  automationSchema,
  automationSummarySchema,
  canWaitIn,
  definitionDetailSchema,
  inFlightSchema,
  insideJobSchema,
  type InFlight,
} from '@ripen/shared';
import { z } from 'zod';
import { read } from '../api.ts';
import type { Arguments, Command } from '../command.ts';
import { CliError, exitCodes, type ExitCode } from '../cli-error.ts';
import { Client } from '../client.ts';
import { connectionOf, connectionOptions } from '../connection.ts';
import { followJob } from '../follow-job.ts';
import { counted, grouped } from '../progress.ts';
import { say, writeTo, type Terminal } from '../terminal.ts';

/** What is done to an automation: where it is asked for, whether those inside have a choice, and what is said of it. */
const acts: Record<string, { path: string; choices: readonly string[]; body?: object; done: string }> = {
  pause: { path: 'pause', choices: ['finish', 'hold', 'cancel'], done: 'is paused' },
  resume: { path: 'resume', choices: [], done: 'takes contacts in again' },
  archive: { path: 'archive', choices: ['finish', 'cancel'], done: 'is archived' },
  unarchive: { path: 'unarchive', choices: [], done: 'is back from the archive, paused' },
  move: { path: 'in-flight', choices: [], body: { act: 'move' }, done: 'has its live version for those inside' },
  cancel: { path: 'in-flight', choices: [], body: { act: 'cancel' }, done: 'has let go of those inside' },
};

export const automationsCommand: Command = {
  name: 'automations',
  summary: 'Lists automations and who is inside; pauses, resumes and archives them, moves or cancels those inside.',
  usage: `list | inside <id> | ${Object.keys(acts).join(' | ')} <id>`,
  details: `
  pause      nobody enters. --inside says what becomes of those who wait: finish (the default), hold, cancel
  resume     contacts enter again, at the version that was live; who was held goes on
  archive    takes it out of force for good. --inside finish or cancel (the default)
  unarchive  brings it back, paused
  move       those who wait inside go over to the live version by the step that they wait at; who cannot, stays and is listed
  cancel     ends the runs of those who wait on other versions than the live one; of all where none is live
  inside     who waits, by version and step

Exit codes: 0 done, 1 not done, 2 usage, 3 server.`,
  options: {
    ...connectionOptions,
    inside: {
      type: 'string',
      value: '<choice>',
      help: 'What becomes of those who wait inside: finish, hold or cancel',
    },
  },
  run: async (args, terminal) => {
    const [action, id] = args.positionals;
    const act = action === undefined ? undefined : acts[action];
    const inside = insideOf(args, action, act?.choices ?? []);
    if (action !== 'list' && action !== 'inside' && !act)
      throw new CliError(
        `automations takes list, inside, ${Object.keys(acts).join(', ')}${action === undefined ? '' : `, not "${action}"`}. See: ripen automations --help`,
      );
    if (action !== 'list' && id === undefined)
      throw new CliError('Name the automation by its id; `ripen automations list` shows them.');
    const client = new Client(await connectionOf(args, terminal), { signal: terminal.signal });
    if (action === 'list') return list(client, terminal);
    if (action === 'inside') return whoIsInside(client, id ?? '', terminal);
    return perform(client, { id: id ?? '', act, inside }, terminal);
  },
};

const insideOf = (args: Arguments, action: string | undefined, choices: readonly string[]): string | undefined => {
  const inside = args.text('inside');
  if (inside === undefined || choices.includes(inside)) return inside;
  throw new CliError(
    choices.length === 0
      ? `--inside has no meaning for ${action ?? 'automations'}.`
      : `--inside is one of ${choices.join(', ')}, not "${inside}".`,
  );
};

const listSchema = z.object({ items: z.array(automationSummarySchema) });

const list = async (client: Client, terminal: Terminal): Promise<ExitCode> => {
  const { body } = await client.call({ method: 'GET', path: '/api/automations', auth: 'api', repeatable: true });
  for (const { id, name, status, version, counts } of read(listSchema, body).items) {
    const which = version === null ? status : `${status}, version ${version}`;
    await writeTo(terminal.stdout, `${id}  ${name}  ${which}  ${grouped(counts.waiting)} inside\n`);
  }
  return exitCodes.ok;
};

const pathOf = (id: string, act: string): string => `/api/automations/${encodeURIComponent(id)}/${act}`;

const whoIsInside = async (client: Client, id: string, terminal: Terminal): Promise<ExitCode> => {
  const { body } = await client.call({ method: 'GET', path: pathOf(id, 'in-flight'), auth: 'api', repeatable: true });
  const { items, held } = read(inFlightSchema, body);
  for (const { version, node, type, waiting } of items)
    await writeTo(terminal.stdout, `version ${version}  ${node}  ${type ?? 'unknown'}  ${grouped(waiting)}\n`);
  if (held) await say(terminal, 'They are held until the automation goes on.');
  else if (items.length === 0) await say(terminal, 'Nobody waits inside.');
  return exitCodes.ok;
};

const perform = async (
  client: Client,
  { id, act, inside }: { id: string; act: (typeof acts)[string] | undefined; inside: string | undefined },
  terminal: Terminal,
): Promise<ExitCode> => {
  if (!act) return exitCodes.usage;
  const staying = act === acts['move'] ? await whoStays(client, id) : [];
  const choice = inside === undefined ? {} : { body: { waitingRuns: inside } };
  const { body } = await client.call({
    ...{ method: 'POST', path: pathOf(id, act.path), auth: 'api', repeatable: false },
    ...(act.body ? { body: act.body } : choice),
  });
  const { jobId } = read(z.object({ jobId: insideJobSchema.shape.jobId.optional() }), body);
  if (jobId != null) await followJob(client, jobId, terminal);
  await say(terminal, `The automation ${id} ${act.done}.`);
  for (const { waiting, node, version } of staying)
    await say(
      terminal,
      `${counted(waiting, 'contact')} at ${node} on version ${version}: the live version has no such step. They stay.`,
    );
  return exitCodes.ok;
};

/** Who cannot be mapped: said by step, since what a step is decides it. */
const whoStays = async (client: Client, id: string): Promise<InFlight['items']> => {
  const call = (path: string) => client.call({ method: 'GET', path, auth: 'api', repeatable: true });
  const { version, document } = read(
    definitionDetailSchema,
    (await call(`/api/automations/${encodeURIComponent(id)}`)).body,
  );
  const { items } = read(inFlightSchema, (await call(pathOf(id, 'in-flight'))).body);
  const live = automationSchema.safeParse(document);
  return items.filter((place) => place.version !== version && !(live.success && canWaitIn(live.data, place)));
};
