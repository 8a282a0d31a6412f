import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { refreshAccounts } from '@ripen/engine';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { ripen as run, type Ended } from '../../helpers/cli.ts';
import { startServer, type TestServer } from '../api/support.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server[Symbol.asyncDispose]());

const newDirectory = async (): Promise<string> => {
  const directory = await mkdtemp(join(tmpdir(), 'ripen-cli-test-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return directory;
};
const ripen = (argv: readonly string[]): Promise<Ended> =>
  run(argv, { RIPEN_URL: server.url, RIPEN_KEY: server.admin });

describe('files of accounts', () => {
  const companies = [
    'Domain;Firma;Branche;Mitarbeiter;Stand',
    'acme.example;Acme;Software;1.250;01.03.2026',
    ';Globex;Bergbau;viele;01.03.2026',
    ';Globex;Bergbau;40;01.03.2026',
    ';;Handel;3;01.03.2026',
    'late.example;Late;Handel;3;01.03.2096',
    'empty.example;Empty;;;01.03.2026',
  ].join('\n');
  const flags = [
    ...['--account-id', 'Domain', '--account-name', 'Firma', '--time', 'Stand', '--date-format', 'dd.MM.yyyy'],
    ...['--decimal', ',', '--property', 'Branche', '--property', 'Mitarbeiter|number'],
  ];

  test('are told to the contacts of each account, those to come included, but for the rows that cannot be used', async () => {
    await server.send(
      {
        type: 'group',
        userId: 'wile',
        groupId: 'acme.example',
        messageId: 'wile-1',
        timestamp: '2025-01-01T00:00:00Z',
      },
      { type: 'identify', userId: 'hank', messageId: 'hank-1', traits: { company: 'globex' } },
    );
    await server.drain();
    await refreshAccounts(server.deps, { now: Date.now() });
    const directory = await newDirectory();
    const [file, errorFile] = [join(directory, 'firmen.csv'), join(directory, 'errors.csv')];
    await writeFile(file, companies);
    const dry = await ripen(['import', file, ...flags, '--dry-run', '--errors', errorFile]);
    expect(dry.stderr).toContain('3 rows of accounts would be told');
    const { code, stderr } = await ripen(['import', file, ...flags, '--name', 'register', '--errors', errorFile]);
    expect(stderr).toContain('3 rows of accounts told');
    expect(stderr).toContain('3 refused');
    expect(code).toBe(1);
    const errors = (await readFile(errorFile, 'utf8')).trim().split('\n').slice(1);
    expect(errors.map((line) => line.split(',').slice(1, 3).join(' '))).toEqual([
      expect.stringMatching(/^3 .*Mitarbeiter ""viele"" is not a number/),
      expect.stringMatching(/^5 names no account/),
      expect.stringMatching(/^7 names no field/),
    ]);
    const settle = async (): Promise<void> => {
      while ((await refreshAccounts(server.deps, { now: Date.now() })) > 0) await server.drain();
    };
    await settle();
    const fieldsOf = async (userId: string): Promise<unknown> => {
      const answer = await server.get(`/api/contacts/look-up?userId=${userId}`);
      return (answer.body as { fields: unknown }).fields; // As the contract says.
    };
    expect(await fieldsOf('wile')).toMatchObject({ 'account.Branche': 'Software', 'account.Mitarbeiter': 1250 });
    expect(await fieldsOf('hank')).toMatchObject({ 'account.Branche': 'Bergbau', 'account.Mitarbeiter': 40 });
    await server.send({ type: 'group', userId: 'later', groupId: 'acme.example', messageId: 'later-1' });
    await server.drain();
    await settle();
    expect(await fieldsOf('later')).toMatchObject({ 'account.Branche': 'Software' });
  });

  test('are kept apart from those of contacts', async () => {
    const directory = await newDirectory();
    await writeFile(join(directory, 'firmen.csv'), companies);
    const both = await ripen(['import', join(directory, 'firmen.csv'), ...flags, '--user-id', 'Firma']);
    expect([both.code, both.stderr]).toEqual([2, expect.stringContaining('Rows are accounts or contacts')]);
    const timestamp = '{Stand}';
    const events = [
      { type: 'account', id: '{Domain}', timestamp, fields: { industry: '{Branche}' } },
      { type: 'identify', userId: '{Firma}', timestamp },
    ];
    const mapping = { dateFormat: 'dd.MM.yyyy', files: [{ file: 'firmen.csv', events }] };
    await writeFile(join(directory, 'mapping.json'), JSON.stringify(mapping));
    const mixed = await ripen(['import', '--mapping', join(directory, 'mapping.json')]);
    expect([mixed.code, mixed.stderr]).toEqual([2, expect.stringContaining('write a mapping for each')]);
  });
});
