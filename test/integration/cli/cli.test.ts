import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { entryLine, type LedgerEntry } from '@ripen/shared';
import { waitUntil } from '@ripen/infra';
import { startServer, type TestServer } from '../api/support.ts';

const repo = resolve(import.meta.dirname, '../../..');

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

interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** The command as people run it: a process of its own. */
const start = (argv: readonly string[], cwd = repo): { child: ChildProcess; ended: Promise<Ended> } => {
  const child = spawn(process.execPath, [join(repo, 'engine/src/cli/main.ts'), ...argv], {
    cwd,
    env: { PATH: process.env['PATH'] ?? '', RIPEN_URL: server.url, RIPEN_KEY: server.admin },
  });
  const ended = new Promise<Ended>((done) => {
    const said = { stdout: '', stderr: '' };
    child.stdout.on('data', (chunk: Buffer) => (said.stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (said.stderr += chunk.toString()));
    child.on('close', (code) => done({ code, ...said }));
  });
  return { child, ended };
};

const ripen = (argv: readonly string[], cwd?: string): Promise<Ended> => start(argv, cwd).ended;

/** Drains lanes until the command has ended: imports wait until what they sent is applied. */
const whileDraining = async (ended: Promise<Ended>): Promise<Ended> => {
  let over = false;
  void ended.then(() => (over = true));
  while (!over) await server.drain();
  return ended;
};

describe('definitions', () => {
  test('are published, unchanged ones are left alone, and come back from an export', async () => {
    const first = await ripen(['apply', 'shared/examples/starter']);
    expect(first.stderr).toContain('8 documents published as revision 1.');
    expect(first.stdout.split('\n')).toContain('automation us-clicks-to-sales version 1');
    expect(first.code).toBe(0);
    const channel = await server.get('/api/channels/sales-webhook');
    expect(channel.body).toMatchObject({ document: { url: `${server.url}/hooks/sample` } });

    const directory = await newDirectory();
    expect((await ripen(['export', '--definitions', directory])).code).toBe(0);
    expect((await readdir(directory)).sort()).toContain('lifecycle.json');
    const again = await ripen(['apply', directory]);
    expect(again.stderr).toContain('Nothing changed: 8 documents as published already (revision 1).');
    expect((await ripen(['apply', 'shared/examples/starter', '--if-empty'])).stderr).toContain('nothing was applied');
  });

  test('that are not valid are refused with file, document, node and path', async () => {
    const directory = await newDirectory();
    const card = await readFile(join(repo, 'shared/examples/starter/automations/us-clicks-to-sales.json'), 'utf8');
    await writeFile(join(directory, 'card.json'), card.replace('"points": 25', '"points": -1'));
    const { code, stderr } = await ripen(['apply', 'card.json'], directory);
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^card\.json: error: automation us-clicks-to-sales, node score, nodes\.\d+\.settings\.points: /m,
    );
  });

  test('that only fit what is published already are judged by the server', async () => {
    const directory = await newDirectory();
    const alone = await readFile(join(repo, 'shared/examples/starter/automations/email-opens.json'), 'utf8');
    await writeFile(join(directory, 'a.json'), alone.replace('"points": 1', '"points": 2'));
    const { code, stderr } = await ripen(['apply', directory]);
    expect(stderr).toContain('1 document published as revision 2.');
    expect(code).toBe(0);
    const unknown = alone.replaceAll('lead-score', 'nowhere');
    await writeFile(join(directory, 'a.json'), unknown);
    const refused = await ripen(['apply', directory]);
    expect(refused.stderr).toMatch(/a\.json: error: automation email-opens, node score, .*nowhere/);
    expect(refused.code).toBe(1);
  });
});

describe('import', () => {
  const header = 'who;when;offer;country\n';
  const day = (index: number): string => new Date(Date.UTC(2025, 0, 1 + (index % 300))).toISOString().slice(0, 10);
  const mapping = {
    files: [
      {
        file: 'offers.csv',
        events: [
          { type: 'identify', userId: '{who}', timestamp: '{when}', traits: { country: '{country}' } },
          {
            type: 'track',
            event: 'Free offer downloaded',
            userId: '{who}',
            timestamp: '{when}',
            properties: { offer: '{offer}' },
          },
        ],
      },
    ],
  };

  test('a messy file is loaded but for its bad rows, which the error file explains', async () => {
    const directory = await newDirectory();
    await writeFile(join(directory, 'mapping.json'), JSON.stringify(mapping));
    const rows = [
      'Anna Grün;2025-03-01;guide;US',
      'Anna Grün;2025-02-01;guide;US',
      'x;soon;guide;US',
      'y;2025-01-01;guide',
      'Anna Grün;2025-02-01;map;"US',
    ];
    await writeFile(join(directory, 'offers.csv'), Buffer.from(`${header}${rows.join('\n')}\n`, 'latin1'));
    const { code, stderr } = await whileDraining(ripen(['import', '--mapping', 'mapping.json'], directory));
    expect(stderr).toContain('4 events loaded and applied');
    expect(code).toBe(1);
    const errors = await readFile(join(directory, 'import-errors.csv'), 'utf8');
    expect(errors.split('\n')).toEqual([
      'file,line,reason,row',
      'offers.csv,4,"timestamp ""soon"" is not a date of the expected format","x;soon;guide;US"',
      'offers.csv,5,has 3 cells where the header has 4,"y;2025-01-01;guide"',
      'offers.csv,6,opens a quote that is never closed,"Anna Grün;2025-02-01;map;""US"',
      '',
    ]);
    const { rows: entries } = await server.deps.store.pool.query(
      `select l.points, l.at from ledger l join identities i on i.contact_id = l.contact_id where i.kind = 'user' and i.value = 'Anna Grün' and l.kind = 'points' order by l.seq`,
    );
    // Sorted by time: the February row counts, the second download of the same offer does not.
    expect(entries).toEqual([{ points: 10_000_000, at: Date.UTC(2025, 1, 1) }]);
    const done = await ripen(['import', '--mapping', 'mapping.json'], directory);
    expect(done.stderr).toContain('This import is done already');
    expect(done.code).toBe(0);
  });

  test('one that was killed goes on where it was, and counts nothing twice', async () => {
    const directory = await newDirectory();
    await writeFile(join(directory, 'mapping.json'), JSON.stringify(mapping));
    const many = Array.from({ length: 12_000 }, (_, index) => `killed-${index % 500};${day(index)};offer ${index};US`);
    await writeFile(join(directory, 'offers.csv'), `${header}${many.join('\n')}\n`);
    const checkpoint = join(directory, 'checkpoint.json');
    const sent = async (): Promise<number> =>
      existsSync(checkpoint) ? (JSON.parse(await readFile(checkpoint, 'utf8')) as { sent: number }).sent : 0;
    const argv = ['import', '--mapping', 'mapping.json', '--checkpoint', checkpoint];
    const { child, ended } = start(argv, directory);
    await waitUntil({
      what: 'A first batch',
      timeoutMs: 30_000,
      until: async () => (await sent()) > 0,
    });
    child.kill('SIGKILL');
    await ended;
    const before = await sent();
    expect(before).toBeLessThan(24_000);
    const { code, stderr } = await whileDraining(ripen(argv, directory));
    expect(stderr).toContain(`Going on after ${before.toLocaleString('en-US')} of 24,000 events.`);
    expect(code).toBe(0);
    const { rows } = await server.deps.store.pool.query<{ count: number }>(
      `select count(*) from events e join identities i on i.contact_id = e.contact_id where i.value like 'killed-%' and e.type = 'free_offer_downloaded'`,
    );
    expect(Number(rows[0]?.count)).toBe(12_000);
    const { rows: open } = await server.deps.store.pool.query("select id from imports where status = 'open'");
    expect(open).toEqual([]);
  }, 60_000);
});

describe('export', () => {
  test('arrivals make the same ledger in the simulator, ids included', async () => {
    server.clock.set(Date.UTC(2026, 0, 16));
    const at = (hour: number): string => new Date(Date.UTC(2026, 0, 15, hour)).toISOString();
    const event = (name: string, hour: number, properties = {}) => ({
      type: 'track',
      event: name,
      userId: 'exported',
      timestamp: at(hour),
      properties,
    });
    await server.send({ type: 'identify', userId: 'exported', traits: { country: 'US', email: 'ex@ported.example' } });
    await server.send(
      event('Email Opened', 13),
      event('Free Offer Downloaded', 14, { offer: 'guide' }),
      event('Contact Form Submitted', 15),
    );
    await server.drain();
    server.clock.set(Date.UTC(2026, 4, 1));
    await server.drain();
    const found = await server.get('/api/contacts/look-up?userId=exported');
    const contact = (found.body as { id: string }).id;
    const directory = await newDirectory();
    expect((await ripen(['export', '--arrivals', 'arrivals.jsonl', '--contact', contact], directory)).code).toBe(0);
    await ripen(['export', '--definitions', 'definitions'], directory);
    const argv = ['simulate', '-d', 'definitions', '-e', 'arrivals.jsonl', '--until', '2026-05-01', '--only', 'entry'];
    const simulated = await ripen(argv, directory);
    const { rows } = await server.deps.store.pool.query<LedgerEntry & { generation: number }>(
      `select generation, id, seq, model, "group", kind, points, at, earned_at as "earnedAt", cause, message_id as "messageId", run_id as "runId",
         decays, expires_at as "expiresAt", epoch, factors, of from ledger where contact_id = $1 order by seq`,
      [contact],
    );
    const ledger = rows.map(({ generation, ...entry }) => entryLine(contact, generation, entry));
    expect(ledger.some((line) => line.includes('"change":"decay"'))).toBe(true);
    expect(simulated.stdout.trim().split('\n')).toEqual(ledger);
  });
});

describe('the server and its keys', () => {
  test('a wrong key is a sentence', async () => {
    const { code, stderr } = await ripen(['status', '--key', 'wrong']);
    expect(stderr).toContain('it does not accept the key');
    expect(code).toBe(3);
  });

  test('status says how the server is; keys are made and revoked', async () => {
    expect((await ripen(['status'])).stdout).toContain('status                 ok');
    const made = await ripen(['keys', 'create', 'Website', '--write']);
    expect(made.code).toBe(0);
    const id = /Key (\S+) is made/.exec(made.stderr)?.[1] ?? '';
    expect((await ripen(['keys', 'revoke', id])).stderr).toContain('is revoked');
    expect((await ripen(['keys', 'list'])).stdout).toMatch(new RegExp(`^${id}  write  revoked  Website`, 'm'));
  });
});
