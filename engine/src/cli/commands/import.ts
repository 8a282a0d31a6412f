import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { tmpdir } from 'node:os';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { encodings, ExternalSorter, unpacked, type Mapping } from '@ripen/shared/import';
import { Api, type HistoricalLoad } from '../api.ts';
import { CliError, exitCodes, type ExitCode } from '../cli-error.ts';
import { Client, ServerProblem } from '../client.ts';
import type { Arguments, Command } from '../command.ts';
import { connectionOf, connectionOptions } from '../connection.ts';
import { importAccounts, isOfAccounts } from '../import/accounts.ts';
import { readCheckpoint, writeCheckpoint, type Checkpoint } from '../import/checkpoint.ts';
import { mappingFromFlags, mappingOptions } from '../import/flags.ts';
import { readMapping } from '../import/mapping.ts';
import { prepareCsv, prepareJsonLines, type Preparation, type Prepared } from '../import/prepare.ts';
import { RefusalFile } from '../import/refusals.ts';
import { sendSorted } from '../import/send.ts';
import { SpillFiles } from '../import/spill-files.ts';
import { counted, grouped, Progress } from '../progress.ts';
import { say, writeTo, type Terminal } from '../terminal.ts';

export const importCommand: Command = {
  name: 'import',
  summary: 'Loads history: CSV by a mapping, or JSON lines in the shape of the tracking API.',
  usage: '[--mapping <file> [--dir <dir>] | <file.csv> --time <column> ... | <file.jsonl>...]',
  details: `
Events of all files are sorted by time (rows of one instant keep the order of files and rows) and go in as one
historical load: nobody is paged, and what falls due waits until the load is closed. A stopped import goes on
where it was when the same command is run again. Rows that cannot be used go to the error file with their
reason; the rest is loaded. Mappings are described in shared/README.md.

Rows can be accounts instead (--account-id or --account-name): what they say is told to the contacts of each account, to
those who come later too. Of each field the newest word counts.

Exit codes: 0 all loaded, 1 loaded but for the rows in the error file, 2 usage, 3 server, 130 stopped.`,
  options: {
    mapping: { type: 'string', value: '<file>', help: 'What the columns of which files mean' },
    dir: { type: 'string', value: '<dir>', help: "Where the mapping's files are (default: beside the mapping)" },
    ...mappingOptions,
    name: {
      type: 'string',
      value: '<text>',
      help: 'Name of the load, or why accounts are told of (default: the file)',
    },
    out: {
      type: 'string',
      value: '<file>',
      help: 'Write the sorted events as JSON lines instead of sending them; - for stdout',
    },
    'dry-run': { type: 'boolean', help: 'Read, check and sort, send nothing' },
    errors: { type: 'string', value: '<file>', help: 'Error file (default: import-errors.csv)' },
    checkpoint: {
      type: 'string',
      value: '<file>',
      help: 'Where to remember how far it is (default: under .ripen/imports)',
    },
    again: { type: 'boolean', help: 'Send everything again, even if this very import is done' },
    'no-wait': { type: 'boolean', help: 'Do not wait until everything is applied' },
    'sort-memory': {
      type: 'string',
      value: '<MB>',
      help: 'Memory for sorting; what is more goes through files (default 128)',
    },
    ...connectionOptions,
  },
  run: async (args, terminal) => {
    const startedAt = performance.now();
    const progress = new Progress(terminal.stderr);
    const errorsPath = resolve(terminal.cwd, args.text('errors') ?? 'import-errors.csv');
    const spilled = new SpillFiles(tmpdir());
    const sorter = new ExternalSorter(
      spilled,
      (args.whole('sort-memory', { least: 1, most: 16_384 }) ?? 128) * 1_000_000,
    );
    const refusals = new RefusalFile(errorsPath);
    try {
      const given = await givenMapping(args, terminal);
      if (given && isOfAccounts(given.mapping))
        return await sendAccounts(args, terminal, { ...given, refusals, progress, startedAt });
      const prepared = await prepare(args, terminal, given, {
        sorter,
        refusals,
        progress,
        now: Date.now(),
        signal: terminal.signal,
      });
      progress.finish();
      for (const report of prepared.reports) {
        await say(
          terminal,
          `${report.file}: ${counted(report.rows, 'row')}, ${counted(report.events, 'event')}${report.refusedRows > 0 ? `, ${counted(report.refusedRows, 'row')} refused` : ''}.`,
        );
      }
      const refused = refusals.count > 0 ? ` ${grouped(refusals.count)} refused, see ${errorsPath}.` : '';
      const out = args.text('out');
      if (out !== undefined) {
        await writeEvents(out, sorter, terminal);
        await refusals.close();
        await say(terminal, `${counted(sorter.count, 'event')} sorted and written in ${seconds(startedAt)}.${refused}`);
        return refusals.count > 0 ? exitCodes.refused : exitCodes.ok;
      }
      if (args.flag('dry-run')) {
        await refusals.close();
        await say(terminal, `${counted(sorter.count, 'event')} would be sent.${refused}`);
        return refusals.count > 0 ? exitCodes.refused : exitCodes.ok;
      }
      return await send(args, terminal, { prepared, sorter, refusals, progress, startedAt });
    } finally {
      progress.finish();
      await refusals.close();
      await spilled.dispose();
    }
  },
};

/** What the columns mean, by a mapping or by flags; null for JSON lines. */
const givenMapping = async (args: Arguments, terminal: Terminal): Promise<{ mapping: Mapping; dir: string } | null> => {
  const mappingPath = args.text('mapping');
  const files = args.positionals;
  if (mappingPath !== undefined) {
    if (files.length > 0)
      throw new CliError('With --mapping the files are named in the mapping; leave them off the command line.');
    const path = resolve(terminal.cwd, mappingPath);
    const dir = args.text('dir');
    return { mapping: await readMapping(path), dir: dir === undefined ? dirname(path) : resolve(terminal.cwd, dir) };
  }
  if (files.length === 0)
    throw new CliError('Nothing to import. Name files, or a mapping with --mapping. See: ripen import --help');
  const csv = files.filter((file) => !/\.(jsonl|ndjson|json)$/i.test(file));
  if (csv.length === 0) return null;
  if (csv.length < files.length)
    throw new CliError('CSV and JSON lines cannot be imported together; run the command once for each.');
  return { mapping: mappingFromFlags(args, csv), dir: terminal.cwd };
};

const prepare = (
  args: Arguments,
  terminal: Terminal,
  given: { mapping: Mapping; dir: string } | null,
  preparation: Preparation,
): Promise<Prepared> =>
  given
    ? prepareCsv(given.mapping, given.dir, preparation)
    : prepareJsonLines(
        args.positionals.map((file) => resolve(terminal.cwd, file)),
        preparation,
        args.oneOf('encoding', encodings),
      );

interface Ready {
  prepared: Prepared;
  sorter: ExternalSorter;
  refusals: RefusalFile;
  progress: Progress;
  startedAt: number;
}

const sendAccounts = async (
  args: Arguments,
  terminal: Terminal,
  ready: { mapping: Mapping; dir: string; refusals: RefusalFile; progress: Progress; startedAt: number },
): Promise<ExitCode> => {
  const { mapping, dir, refusals, progress, startedAt } = ready;
  if (args.text('out') !== undefined)
    throw new CliError(
      'Accounts are no events, so they cannot be written with --out. See what is read with --dry-run.',
    );
  const dry = args.flag('dry-run');
  const report = await importAccounts(mapping, dir, {
    api: dry ? null : new Api(await clientOf(args, terminal)),
    reason: args.text('name') ?? basename(mapping.files[0]?.file ?? 'import'),
    refusals,
    progress,
    signal: terminal.signal,
  });
  progress.finish();
  await refusals.close();
  const parts = [
    `${counted(report.said, 'row')} of accounts ${dry ? 'would be told' : 'told'} in ${seconds(startedAt)}`,
    ...(report.withoutContacts > 0
      ? [`${grouped(report.withoutContacts)} have no contact yet and wait for the first`]
      : []),
    ...(refusals.count > 0 ? [`${grouped(refusals.count)} refused, see ${refusals.path}`] : []),
  ];
  await say(terminal, `${parts.join('; ')}.`);
  return refusals.count > 0 ? exitCodes.refused : exitCodes.ok;
};

const clientOf = async (args: Arguments, terminal: Terminal): Promise<Client> =>
  new Client(await connectionOf(args, terminal), {
    signal: terminal.signal,
    // A server that is restarted is back within these: about ten minutes.
    attempts: 16,
    onRetry: (why, waitMs) => void say(terminal, `${why.split('. ')[0]}. Again in ${Math.ceil(waitMs / 1_000)} s.`),
  });

const send = async (args: Arguments, terminal: Terminal, ready: Ready): Promise<ExitCode> => {
  const { prepared, sorter, progress } = ready;
  const api = new Api(await clientOf(args, terminal));
  const checkpointPath = args.text('checkpoint')
    ? resolve(terminal.cwd, args.text('checkpoint') ?? '')
    : join(terminal.cwd, '.ripen', 'imports', `${prepared.key.slice(0, 24)}.json`);
  const before = await readCheckpoint(checkpointPath);
  // Ports change from start to start, so a server is known by whether it knows the load.
  const load = before?.key === prepared.key ? await knownLoad(api, before.importId) : null;
  const ended = before !== null && load !== null && load.status !== 'open' && before.sent === sorter.count;
  if (ended && !args.flag('again')) {
    // It may have been stopped between closing the load and writing that down.
    await writeCheckpoint(checkpointPath, { ...before, closed: true });
    await say(
      terminal,
      `This import is done already: ${counted(before.sent, 'event')} sent. Pass --again to send them again; none is counted twice.`,
    );
    return exitCodes.ok;
  }
  const resuming = before !== null && load?.status === 'open';
  const checkpoint: Checkpoint = resuming
    ? before
    : {
        version: 1,
        key: prepared.key,
        importId: await api.openImport(args.text('name') ?? basename(prepared.files[0] ?? 'import')),
        sent: 0,
        duplicates: 0,
        refusals: [],
        refused: 0,
        closed: false,
      };
  for (const refusal of checkpoint.refusals) await ready.refusals.add(refusal);
  if (resuming) await say(terminal, `Going on after ${grouped(checkpoint.sent)} of ${counted(sorter.count, 'event')}.`);
  await mkdir(dirname(checkpointPath), { recursive: true });
  await writeCheckpoint(checkpointPath, checkpoint);
  await tellRefusals(api, checkpoint.importId, ready.refusals);
  const finishedSending = await sendSorted(sorter.sorted(), {
    api,
    checkpoint,
    checkpointPath,
    files: prepared.files,
    refusals: ready.refusals,
    progress,
    total: sorter.count,
    signal: terminal.signal,
  });
  progress.finish();
  if (!finishedSending) {
    await say(
      terminal,
      `Stopped after ${grouped(checkpoint.sent)} of ${counted(sorter.count, 'event')}. Run the same command again to go on; until then what falls due for these contacts waits.`,
    );
    return exitCodes.interrupted;
  }
  await tellRefusals(api, checkpoint.importId, ready.refusals);
  await api.closeImport(checkpoint.importId);
  checkpoint.closed = true;
  await writeCheckpoint(checkpointPath, checkpoint);
  const applied = args.flag('no-wait') ? null : await untilApplied(api, checkpoint.importId, ready, terminal);
  const parts = [
    `${counted(checkpoint.sent - checkpoint.duplicates - checkpoint.refused, 'event')} loaded${applied ? ' and applied' : ''} in ${seconds(ready.startedAt)}`,
    ...(checkpoint.duplicates > 0 ? [`${grouped(checkpoint.duplicates)} were there before`] : []),
    ...(ready.refusals.count > 0 ? [`${grouped(ready.refusals.count)} refused, see ${ready.refusals.path}`] : []),
  ];
  await say(
    terminal,
    `${parts.join('; ')}.${applied === null ? ' The load is closed; what is left is being applied.' : ''}`,
  );
  return ready.refusals.count > 0 ? exitCodes.refused : exitCodes.ok;
};

/** The server keeps what was refused with the load, for those who look at it later. */
const tellRefusals = async (api: Api, id: string, { toKeep }: RefusalFile): Promise<void> => {
  for (let items = toKeep.take(); items; items = toKeep.take()) await api.keepRefusals(id, toKeep.count, items);
};

const knownLoad = async (api: Api, id: string): Promise<HistoricalLoad | null> => {
  try {
    return await api.readImport(id);
  } catch (error) {
    // Another database behind the same address: everything is sent anew, and nothing counts twice.
    if (error instanceof ServerProblem && error.response.status === 404) return null;
    throw error;
  }
};

/** Waits until the load's events are applied and what they held is released; says how many are left meanwhile. */
const untilApplied = async (api: Api, id: string, { progress, sorter }: Ready, terminal: Terminal): Promise<true> => {
  for (;;) {
    const load = await api.readImport(id);
    if (load.status !== 'open' && load.status !== 'closing') return true;
    progress.update('Applied', Math.max(0, sorter.count - load.waiting), sorter.count);
    await pause(pollMs, undefined, { signal: terminal.signal });
  }
};

const pollMs = 250;

const writeEvents = async (out: string, sorter: ExternalSorter, terminal: Terminal): Promise<void> => {
  const file = out === '-' ? null : createWriteStream(resolve(terminal.cwd, out));
  const target: Writable = file ?? terminal.stdout;
  for await (const item of sorter.sorted()) await writeTo(target, `${unpacked(item.text).json}\n`);
  if (file) {
    file.end();
    await finished(file);
  }
};

const seconds = (startedAt: number): string => `${((performance.now() - startedAt) / 1_000).toFixed(1)} s`;
