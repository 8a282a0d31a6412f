import { createReadStream, createWriteStream } from 'node:fs';
import { resolve } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { lineOf, parseMoment, schedulesOf, Simulator, type SimulationRecord } from '@ripen/shared';
import { linesOf } from '@ripen/shared/import';
import { CliError, exitCodes, sentenceOf } from '../cli-error.ts';
import type { Arguments, Command } from '../command.ts';
import { checkedDefinitions, placesOption } from '../definitions/check.ts';
import { counted, grouped, Progress } from '../progress.ts';
import { drained, say, type Terminal } from '../terminal.ts';

const kinds = ['entry', 'move', 'run', 'delivery', 'lead', 'merge', 'note', 'score', 'dead_letter'] as const;

export const simulateCommand: Command = {
  name: 'simulate',
  summary: 'Runs definitions over a file of events, without a server: the same ledger as live, as JSON lines.',
  usage: '--definitions <dir or file> --events <file or -> [options]',
  details: `
Events are JSON lines in the shape of the tracking API, or what \`ripen export --arrivals\` wrote, in order of
arrival. Lines that cannot be used come out as dead letters with their number and reason; the rest goes on.
The formats are described, with a worked example, in shared/README.md.

Exit codes: 0 done, 1 done but there are dead letters, 2 usage.`,
  options: {
    definitions: {
      type: 'string',
      short: 'd',
      multiple: true,
      value: '<path>',
      help: 'Definition documents: a file, or a directory; again for more',
    },
    events: { type: 'string', short: 'e', value: '<file>', help: 'Events as JSON lines; - for stdin' },
    until: {
      type: 'string',
      value: '<time>',
      help: 'Let time go on to this moment after the last event; later events are left out',
    },
    'scores-at': {
      type: 'string',
      multiple: true,
      value: '<time>',
      help: "Everybody's scores at this moment; again for more",
    },
    generation: { type: 'string', value: '<n>', help: 'Generation of the ledger, which ids derive from (default 1)' },
    answers: {
      type: 'string',
      value: '<who>',
      help: 'recorded: the events answer routes; assumed: round robin answers at once (default: recorded if the file has answers)',
    },
    schedules: {
      type: 'string',
      value: '<who>',
      help: 'recorded: the events say who enters by schedules; assumed: they run at their moments (default: recorded if the file has any of the product’s own events)',
    },
    load: { type: 'boolean', help: 'As a historical load: nobody is paged' },
    only: {
      type: 'string',
      value: '<kinds>',
      help: `Write only these, by commas: ${kinds.join(',')} (default: all but note)`,
    },
    out: { type: 'string', short: 'o', value: '<file>', help: 'Write there instead of to stdout' },
    ...placesOption,
  },
  run: async (args, terminal) => {
    const startedAt = performance.now();
    const events = args.text('events');
    const paths = [...args.texts('definitions'), ...args.positionals];
    if (events === undefined || paths.length === 0)
      throw new CliError('simulate needs --definitions and --events. See: ripen simulate --help');
    const { set } = await checkedDefinitions(paths, args, terminal);
    const until = momentOf(args.text('until'), 'until');
    const scoresAt = args.texts('scores-at').map((text) => momentOf(text, 'scores-at') ?? 0);
    const generation = args.whole('generation', { least: 1, most: 1_000_000 }) ?? 1;
    const answers =
      args.oneOf('answers', ['recorded', 'assumed']) ??
      ((await says(events, terminal, '"ripen.answer"')) ? 'recorded' : 'assumed');
    const schedules =
      args.oneOf('schedules', ['recorded', 'assumed']) ??
      (set.automations.some(({ graph }) => schedulesOf(graph).length > 0) && !(await says(events, terminal, '"ripen.'))
        ? 'assumed'
        : 'recorded');
    const shown = shownKinds(args);
    const output = openOutput(args.text('out'), terminal);
    const progress = new Progress(terminal.stderr);
    const simulator = new Simulator({
      definitions: set,
      generation,
      answers,
      schedules,
      historical: args.flag('load'),
      scoresAt,
      emit: (record) => {
        if (shown.has(record.kind)) output.add(record);
      },
    });
    let lines = 0;
    let left = 0;
    for await (const line of linesOf(textOf(openEvents(events, terminal), events))) {
      terminal.signal.throwIfAborted();
      lines++;
      const value = line.tooLong ? undefined : parsed(line.text);
      if (value === undefined)
        simulator.refuse(
          line.number,
          line.tooLong ? 'The line is longer than any event may be.' : 'The line is not JSON.',
        );
      else if (!simulator.take(value, { line: line.number, ...(until === null ? {} : { until }) })) left++;
      if (output.waiting()) await output.drained();
      progress.update('Lines', lines);
    }
    if (until !== null) simulator.advance(until);
    simulator.finish();
    await output.close();
    progress.finish();
    const { taken, duplicates, deadLetters } = simulator.counts;
    const parts = [
      `${counted(taken, 'event')} applied in ${((performance.now() - startedAt) / 1_000).toFixed(1)} s`,
      ...(duplicates > 0 ? [counted(duplicates, 'duplicate')] : []),
      ...(left > 0 ? [`${grouped(left)} after --until left out`] : []),
      ...(deadLetters > 0 ? [counted(deadLetters, 'dead letter')] : []),
    ];
    await say(terminal, `${parts.join('; ')}.`);
    return deadLetters > 0 ? exitCodes.refused : exitCodes.ok;
  },
};

const momentOf = (text: string | undefined, option: string): number | null => {
  if (text === undefined) return null;
  const at = parseMoment(/^\d{11,}$/.test(text) ? Number(text) : text);
  if (at === null)
    throw new CliError(`--${option} takes a moment such as 2026-03-01 or 2026-03-01T09:00:00Z, not "${text}".`);
  return at;
};

const shownKinds = (args: Arguments): Set<SimulationRecord['kind']> => {
  const only = args.text('only');
  if (only === undefined) return new Set(kinds.filter((kind) => kind !== 'note'));
  const chosen = only.split(',').map((kind) => kind.trim());
  const unknown = chosen.find((kind) => !kinds.some((known) => known === kind));
  if (unknown !== undefined) throw new CliError(`--only knows ${kinds.join(', ')}, not "${unknown}".`);
  return new Set(kinds.filter((kind) => chosen.includes(kind)));
};

/** Whether a file has some of the product's own events; a pipe cannot be read twice and is taken not to. */
const says = async (events: string, terminal: Terminal, words: string): Promise<boolean> => {
  if (events === '-') return false;
  for await (const line of linesOf(textOf(openEvents(events, terminal), events)))
    if (line.text.includes(words)) return true;
  return false;
};

const openEvents = (events: string, terminal: Terminal): Readable =>
  events === '-' ? terminal.stdin : createReadStream(resolve(terminal.cwd, events));

async function* textOf(stream: Readable, name: string): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  try {
    for await (const chunk of stream as AsyncIterable<Buffer | string>)
      yield typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
  } catch (error) {
    throw new CliError(`The events ${name} cannot be read: ${sentenceOf(error)}.`);
  }
  yield decoder.decode();
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

interface Output {
  add(record: SimulationRecord): void;
  waiting(): boolean;
  drained(): Promise<void>;
  close(): Promise<void>;
}

/** Collects lines into pieces of a sensible size, and lets the reader of a pipe set the pace. */
const openOutput = (out: string | undefined, terminal: Terminal): Output => {
  const file = out === undefined || out === '-' ? null : createWriteStream(resolve(terminal.cwd, out));
  const stream: Writable = file ?? terminal.stdout;
  let failure: unknown;
  stream.on('error', (error) => {
    failure = error;
  });
  let pending = '';
  let full = false;
  const flush = (): void => {
    if (failure !== undefined) throw new CliError(`The output cannot be written: ${sentenceOf(failure)}.`);
    if (pending !== '') full = !stream.write(pending);
    pending = '';
  };
  return {
    add: (record) => {
      pending += `${lineOf(record)}\n`;
      if (pending.length > 65_536) flush();
    },
    waiting: () => full && stream.writableNeedDrain,
    drained: async () => {
      await drained(stream);
      full = false;
    },
    close: async () => {
      flush();
      if (file) {
        file.end();
        await finished(file).catch((error: unknown) => {
          failure ??= error;
        });
        flush();
      } else if (stream.writableNeedDrain) await drained(stream);
    },
  };
};
