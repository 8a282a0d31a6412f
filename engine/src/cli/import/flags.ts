import { encodings, mappingSchema, type EventMapping, type Mapping } from '@ripen/shared/import';
import type { Arguments, OptionSpec } from '../command.ts';
import { CliError } from '../cli-error.ts';

/** A mapping of one CSV file by flags, for when a file is not worth writing. */
export const mappingOptions = {
  'user-id': { type: 'string', value: '<column>', help: 'Column that holds the userId' },
  'anonymous-id': { type: 'string', value: '<column>', help: 'Column that holds the anonymousId' },
  email: { type: 'string', value: '<column>', help: 'Column that holds the e-mail address' },
  time: { type: 'string', value: '<column>', help: 'Column that says when it happened' },
  event: {
    type: 'string',
    value: '<name>',
    help: 'Name of the event, e.g. "Order Completed" or "Touch {touch_type}"; without it rows are contacts',
  },
  property: {
    type: 'string',
    multiple: true,
    value: '<column>',
    help: 'Column kept as a property (or field, for contacts); again for more; column|number for numbers',
  },
  'date-format': {
    type: 'string',
    value: '<format>',
    help: 'iso (default), unix, unix_ms, or a pattern such as dd.MM.yyyy HH:mm',
  },
  'utc-offset': { type: 'string', value: '<offset>', help: 'Zone of dates without one, e.g. +02:00 (default +00:00)' },
  delimiter: { type: 'string', value: '<character>', help: 'Found from the header when left out' },
  encoding: { type: 'string', value: '<name>', help: `One of ${encodings.join(', ')}; found when left out` },
} as const satisfies Record<string, OptionSpec>;

/** The mapping that the flags describe. */
export const mappingFromFlags = (args: Arguments, files: readonly string[]): Mapping => {
  const time = args.text('time');
  if (!time)
    throw new CliError(
      'A CSV file needs to be told what its columns mean: pass --mapping <file>, or at least --time <column> and --user-id, --email or --anonymous-id.',
    );
  const place = (name: string): string | undefined => {
    const column = args.text(name);
    return column === undefined ? undefined : `{${column}}`;
  };
  const values: Record<string, string> = {};
  for (const column of args.texts('property')) values[column.split('|')[0]?.trim() ?? column] = `{${column}}`;
  const whose = {
    userId: place('user-id'),
    anonymousId: place('anonymous-id'),
    email: place('email'),
    timestamp: `{${time}}`,
  };
  if (!whose.userId && !whose.anonymousId && !whose.email)
    throw new CliError('Say whose the rows are: --user-id, --email or --anonymous-id <column>.');
  const event = args.text('event');
  const events: EventMapping[] = [
    event === undefined
      ? { type: 'identify', traits: values, ...whose }
      : { type: 'track', event, properties: values, ...whose },
  ];
  const parsed = mappingSchema.safeParse({
    dateFormat: args.text('date-format'),
    utcOffset: args.text('utc-offset'),
    files: files.map((file) => ({
      file,
      delimiter: args.text('delimiter'),
      encoding: args.oneOf('encoding', encodings),
      events,
    })),
  });
  if (parsed.success) return parsed.data;
  throw new CliError(
    `The flags do not make a mapping: ${parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`).join('; ')}.`,
  );
};
