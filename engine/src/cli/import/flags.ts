import { dateReader, decimals, encodings, mappingSchema, type EventMapping, type Mapping } from '@ripen/shared/import';
import type { Arguments, OptionSpec } from '../command.ts';
import { CliError } from '../cli-error.ts';

/** A mapping of one CSV file by flags, for when a file is not worth writing. */
export const mappingOptions = {
  'user-id': { type: 'string', value: '<column>', help: 'Column that holds the userId' },
  'anonymous-id': { type: 'string', value: '<column>', help: 'Column that holds the anonymousId' },
  email: { type: 'string', value: '<column>', help: 'Column that holds the e-mail address' },
  'account-id': {
    type: 'string',
    value: '<column>',
    help: 'Rows are accounts, not contacts: column that holds the id by which contacts name theirs',
  },
  'account-name': { type: 'string', value: '<column>', help: 'The same, with the name of the account' },
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
    multiple: true,
    value: '<format>',
    help: 'iso (default), unix, unix_ms, or a pattern such as dd.MM.yyyy HH:mm; again where the file mixes them',
  },
  'as-of': { type: 'string', value: '<date>', help: 'Instead of --time: when all rows were true, e.g. 2026-03-01' },
  decimal: {
    type: 'string',
    value: '<character>',
    help: 'What stands before fractions, a dot or a comma; the other one may then group thousands',
  },
  empty: {
    type: 'string',
    multiple: true,
    value: '<text>',
    help: 'Cells that mean nothing, e.g. Select; again for more',
  },
  'utc-offset': { type: 'string', value: '<offset>', help: 'Zone of dates without one, e.g. +02:00 (default +00:00)' },
  delimiter: { type: 'string', value: '<character>', help: 'Found from the header when left out' },
  encoding: { type: 'string', value: '<name>', help: `One of ${encodings.join(', ')}; found when left out` },
} as const satisfies Record<string, OptionSpec>;

/** The mapping that the flags describe. */
export const mappingFromFlags = (args: Arguments, files: readonly string[]): Mapping => {
  const [time, asOf] = [args.text('time'), args.text('as-of')];
  if ((time === undefined) === (asOf === undefined))
    throw new CliError(
      'A CSV file needs to be told what its columns mean: pass --mapping <file>, or at least --user-id, --email or --anonymous-id, and either --time <column> or --as-of <date>.',
    );
  const asOfMs = asOf === undefined ? null : dateReader('iso')(asOf);
  if (asOf !== undefined && asOfMs === null)
    throw new CliError(`--as-of "${asOf}" is not a date; it is written like 2026-03-01 or 2026-03-01T09:30:00Z.`);
  const place = (name: string): string | undefined => {
    const column = args.text(name);
    return column === undefined ? undefined : `{${column}}`;
  };
  const values: Record<string, string> = {};
  for (const column of args.texts('property')) values[column.split('|')[0]?.trim() ?? column] = `{${column}}`;
  const timestamp = asOfMs === null ? `{${time}}` : new Date(asOfMs).toISOString();
  const whose = { userId: place('user-id'), anonymousId: place('anonymous-id'), email: place('email'), timestamp };
  const account = { id: place('account-id'), name: place('account-name') };
  const event = args.text('event');
  const isOfContacts = Boolean(whose.userId ?? whose.anonymousId ?? whose.email);
  const isOfAccounts = Boolean(account.id ?? account.name);
  if (isOfAccounts && (isOfContacts || event !== undefined))
    throw new CliError(
      'Rows are accounts or contacts: leave off --account-id and --account-name, or --user-id, --email, --anonymous-id and --event.',
    );
  if (!isOfContacts && !isOfAccounts)
    throw new CliError(
      'Say whose the rows are: --user-id, --email or --anonymous-id <column>, or, for rows that are accounts, --account-id or --account-name.',
    );
  const events: EventMapping[] = [
    isOfAccounts
      ? { type: 'account', ...account, timestamp, fields: values }
      : event === undefined
        ? { type: 'identify', traits: values, ...whose }
        : { type: 'track', event, properties: values, ...whose },
  ];
  const parsed = mappingSchema.safeParse({
    dateFormat: args.texts('date-format').length > 0 ? args.texts('date-format') : undefined,
    decimal: args.oneOf('decimal', decimals),
    empty: args.texts('empty'),
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
