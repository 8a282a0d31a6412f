import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { entryLine, type LedgerEntry } from '@ripen/shared';
import { waitUntil } from '@ripen/infra';
import { startServer, type TestServer } from '../api/support.ts';
import { commandOf, newDirectory, repo, type Ended } from './support.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server[Symbol.asyncDispose]());

const { start, ripen } = commandOf(() => server);

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

  test('that contradict themselves are refused, each with a sentence that says where and why', async () => {
    const directory = await newDirectory();
    const group = { id: 'fit', name: 'Fit', kind: 'profile' };
    const when = { kind: 'field', field: 'gone', is: { op: 'is_set' } };
    const rule = { kind: 'profile', id: 'looks', name: 'Looks', group: 'fit', points: 5, when };
    const model = { kind: 'model', id: 'm', name: 'M', groups: [group], rules: [rule] };
    const stages = [
      { id: 'mql', name: 'MQL', threshold: 50 },
      { id: 'sql', name: 'SQL', threshold: 40 },
    ];
    const refused = async (...documents: object[]): Promise<[number | null, string]> => {
      await writeFile(join(directory, 'all.json'), JSON.stringify(documents));
      const { code, stderr } = await ripen(['apply', 'all.json'], directory);
      return [code, stderr];
    };
    expect(await refused({ ...model, halfLifeDays: 0 })).toEqual([
      1,
      expect.stringContaining('halfLifeDays: must be a minute at least; leave it out where there is none'),
    ]);
    expect(await refused(model, { kind: 'lifecycle', model: 'm', stages })).toEqual([
      1,
      expect.stringContaining('"SQL" starts at 40, but "MQL" before it at 50: it must lie above the stage before it'),
    ]);
    expect(await refused(model, { kind: 'field', id: 'gone', name: 'Gone', deleted: true })).toEqual([
      1,
      expect.stringContaining('"M" (Looks) looks at the field "Gone", which was deleted.'),
    ]);
    expect((await server.get('/api/models/m')).status).toBe(404);
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
    expect(refused.stderr).toMatch(/a\.json: error: automation email-opens, node score: .*nowhere/);
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

  describe('files as they are found', () => {
    const people = ['id;name;sum;on', '1;Jörg Groß;1.234,5;14.03.2025', '2;"Zwei\nZeilen";2,5;15.03.2025'];
    const argv = [
      '--user-id',
      'id',
      '--time',
      'on',
      '--property',
      'name',
      '--property',
      'sum|number',
      '--decimal',
      ',',
    ];
    const read = async (bytes: Buffer | string, flags: readonly string[] = argv) => {
      const directory = await newDirectory();
      await writeFile(join(directory, 'people.csv'), bytes);
      const formats = flags.includes('--date-format') ? [] : ['--date-format', 'dd.MM.yyyy'];
      const ended = await ripen(['import', 'people.csv', ...flags, ...formats, '--out', 'events.jsonl'], directory);
      const lines = async (file: string): Promise<string[]> =>
        existsSync(join(directory, file)) ? (await readFile(join(directory, file), 'utf8')).trim().split('\n') : [];
      const traits = (await lines('events.jsonl')).filter(Boolean).map((line) => {
        const { traits: found } = JSON.parse(line) as { traits: { name: string; sum: number } };
        return [found.name, found.sum];
      });
      return { ...ended, traits, errors: (await lines('import-errors.csv')).slice(1) };
    };
    const both = [
      ['Jörg Groß', 1234.5],
      ['Zwei\nZeilen', 2.5],
    ];

    test.each([
      ['windows-1252', Buffer.from(`${people.join('\r\n')}\r\n`, 'latin1')],
      ['UTF-16 with its mark', Buffer.from(`\uFEFF${people.join('\n')}\n`, 'utf16le')],
      ['UTF-16 the other way around, without a mark', Buffer.from(people.join('\n'), 'utf16le').swap16()],
      ['UTF-8 with a mark', Buffer.from(`\uFEFF${people.join('\n')}`)],
      ['tabs', Buffer.from(people.join('\n').replaceAll(';', '\t'))],
      ['a line that says sep=;', Buffer.from(['sep=;', ...people].join('\r\n'))],
    ])('%s, umlauts, lines within quotes and decimal commas', async (_, bytes) => {
      expect(await read(bytes)).toMatchObject({ code: 0, traits: both, errors: [] });
    });

    test('what cannot be read is refused row by row; the rest goes on', async () => {
      const { code, traits, errors } = await read(
        Buffer.concat([
          Buffer.from([...people, '3;Ärger;1,2;16.03.2025', '4;Nul\0;1;16.03.2025', '5;M'].join('\n')),
          Buffer.from([0xfc]),
          Buffer.from(['ller;1;16.03.2025', '6;;zwei;16.03.2025', '7;x;1', '8;x;1;2025-03-16', ''].join('\n')),
        ]),
      );
      expect(code).toBe(1);
      expect(traits).toEqual([...both, ['Ärger', 1.2]]);
      expect(errors.map((line) => line.split(',').slice(1, 3).join(': '))).toEqual([
        '6: has a NUL character: the file may be damaged',
        '7: has bytes that are not in the encoding of the rest of the file: save it in one encoding',
        '8: "sum ""zwei"" is not a number"',
        '9: has 3 cells where the header has 4',
        '10: "timestamp ""2025-03-16"" is not a date of the expected format"',
      ]);
    });

    test('a date that may be two is not guessed: it is refused where formats are mixed', async () => {
      const mixed = ['id;name;sum;on', '1;a;1;14/3/2025', '2;b;1;3/15/2025', '3;c;1;3/4/2025', '4;d;1;5/5/2025'].join(
        '\n',
      );
      const { code, traits, errors } = await read(mixed, [
        ...argv,
        ...['--date-format', 'd/M/yyyy', '--date-format', 'M/d/yyyy'],
      ]);
      expect(code).toBe(1);
      expect(traits.map(([name]) => name)).toEqual(['a', 'b', 'd']);
      expect(errors).toEqual([
        'people.csv,4,"the date ""3/4/2025"" can be 2025-04-03 and 2025-03-04","3;c;1;3/4/2025"',
      ]);
    });

    test('a column that stands twice, and what is no text, are refused before anything is sent', async () => {
      const double = await read('id;name;name;on\n1;a;b;14.03.2025\n');
      expect(double.stderr).toContain('people.csv has two columns "name"');
      const spreadsheet = await read(Buffer.from([0x50, 0x4b, 0x03, 0x04, 0x14, 0, 6, 0]));
      expect(spreadsheet.stderr).toContain('people.csv is a spreadsheet or an archive, whatever its name says.');
      expect([double.code, spreadsheet.code]).toEqual([2, 2]);
    });

    test('files without a date are as of the one that is said', async () => {
      const flags = ['--user-id', 'id', '--as-of', '2025-03-01', '--property', 'name', '--empty', 'Select'];
      const { code, traits } = await read('id,name\n1,Select\n2,b\n', flags);
      expect([code, traits.map(([name]) => name)]).toEqual([0, [undefined, 'b']]);
      const neither = await read('id,name\n1,a\n', ['--user-id', 'id']);
      expect(neither.stderr).toContain('either --time <column> or --as-of <date>');
    });
  });

  test('one that was killed goes on where it was, and counts nothing twice', async () => {
    const directory = await newDirectory();
    await writeFile(join(directory, 'mapping.json'), JSON.stringify(mapping));
    const many = Array.from({ length: 12_000 }, (_, index) => `killed-${index % 500};${day(index)};offer ${index};US`);
    // Every hundredth has no date.
    const rows = many.flatMap((row, index) => (index % 100 === 99 ? [row, `killed-1;soon;offer ${index};US`] : [row]));
    await writeFile(join(directory, 'offers.csv'), `${header}${rows.join('\n')}\n`);
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
    expect(code).toBe(1);
    const errors = (await readFile(join(directory, 'import-errors.csv'), 'utf8')).trim().split('\n').slice(1);
    expect(errors.map((line) => Number(line.split(',')[1]))).toEqual(
      Array.from({ length: 120 }, (_, index) => (index + 1) * 101 + 1),
    );
    const { rows: arrived } = await server.deps.store.pool.query<{ count: number; disordered: number }>(
      `select count(*)::int as count, count(*) filter (where occurred_at < before)::int as disordered from (
         select e.occurred_at, lag(e.occurred_at) over (partition by e.contact_id order by e.seq) as before
         from events e join identities i on i.contact_id = e.contact_id
         where i.value like 'killed-%' and e.type = 'free_offer_downloaded') e`,
    );
    expect(arrived).toEqual([{ count: 12_000, disordered: 0 }]);
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

describe('what scores are', () => {
  test('a contact is explained by lines that add up, with what becomes of it', async () => {
    await server.send({ type: 'identify', userId: 'why', traits: { email: 'why@it.example', country: 'US' } });
    await server.send({ type: 'track', event: 'Contact Form Submitted', userId: 'why' });
    await server.drain();
    const { code, stdout } = await ripen(['explain', 'why@it.example', '--days', '90']);
    expect(code).toBe(0);
    const score = Number(/^\S+: ([\d.]+)$/m.exec(stdout)?.[1]);
    const lines = [...stdout.matchAll(/^ +([+-][\d.]+) {2}/gm)].map(([, points]) => Number(points));
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.reduce((sum, points) => sum + points, 0)).toBe(score);
    expect(stdout).toMatch(/^ {2}in 90 days: /m);
    expect((await ripen(['explain', 'nobody@it.example'])).code).toBe(3);
  });

  test('what is said against models, and who is in segments', async () => {
    const checks = await ripen(['checks']);
    expect([0, 1]).toContain(checks.code);
    expect(checks.stdout === '').toBe(checks.code === 0);
    const when = { kind: 'field', field: 'country', is: { op: 'equals', value: 'US' } };
    const documents = [{ kind: 'segment', id: 'americans', name: 'Americans', when }];
    expect((await server.post('/api/apply', { documents })).status).toBe(200);
    expect((await ripen(['segments'])).stdout).toMatch(/^americans {2}Americans {2}\d+ contacts?$/m);
  });

  test('what fields are used for is known before something is archived; what is needed stays', async () => {
    const all = await ripen(['catalogue']);
    expect(all.stdout).toMatch(/^field {2}country {2}text {2}used in \d+ places? {2}last 20/m);
    expect((await ripen(['catalogue', 'field', 'country'])).stdout).toContain('segment americans  Americans');
    expect((await ripen(['archive', 'segment', 'americans'])).stderr).toContain('The segment americans is archived.');
    expect((await ripen(['catalogue', 'field', 'country'])).stdout).not.toContain('americans');
    const needed = await ripen(['archive', 'model', 'lead-score']);
    expect([needed.code, needed.stderr]).toEqual([1, expect.stringContaining('It stays in force.')]);
    expect(needed.stderr).toContain('There is no score model "lead-score".');
  });
});

describe('the server and its keys', () => {
  test('automations are listed, paused, resumed, archived and brought back', async () => {
    const { items } = (await server.get('/api/automations')).body as { items: { id: string; status: string }[] };
    const id = items.find(({ status }) => status === 'live')?.id ?? '';
    expect((await ripen(['automations', 'list'])).stdout).toMatch(new RegExp(`^${id}  .*  live, version 1  `, 'm'));
    const acts = ['pause --inside hold', 'resume', 'archive --inside finish', 'unarchive', 'resume'];
    for (const act of acts) {
      const [name = '', ...rest] = act.split(' ');
      const { code, stderr } = await ripen(['automations', name, id, ...rest]);
      expect([code, stderr]).toEqual([0, expect.stringContaining(`The automation ${id} `)]);
    }
    expect((await ripen(['automations', 'inside', id])).stderr).toContain('Nobody waits inside.');
    expect(await ripen(['automations', 'pause', id, '--inside', 'vanish'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--inside is one of finish, hold, cancel, not "vanish".') as string,
    });
    expect((await ripen(['automations', 'move', id, '--inside', 'hold'])).stderr).toContain('no meaning for move');
    expect((await ripen(['automations', 'dance', id])).stderr).toContain('not "dance"');
    expect((await ripen(['automations', 'pause'])).stderr).toContain('Name the automation by its id');
  });

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
