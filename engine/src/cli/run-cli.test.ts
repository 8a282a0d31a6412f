import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runForTest } from './testing.ts';

const repo = join(import.meta.dirname, '../../..');
let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'ripen-run-cli-test-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

const here = { RIPEN_HOME: '/nowhere' };

describe('what goes wrong is a sentence and an exit code', () => {
  test.each([
    [['nonsense'], 2, 'There is no command "nonsense".'],
    [['apply'], 2, 'Name the files or directories to apply.'],
    [['apply', 'nowhere', '--url', 'http://127.0.0.1:1', '--key', 'k'], 2, 'nowhere cannot be read'],
    [['import', 'x.csv'], 2, 'A CSV file needs to be told what its columns mean'],
    [['import', 'x.csv', '--time', 'when'], 2, 'Say whose the rows are'],
    [['import', 'nowhere.jsonl'], 2, 'nowhere.jsonl cannot be read'],
    [['import', 'a.csv', 'b.jsonl'], 2, 'cannot be imported together'],
    [['import', '--maping', 'x'], 2, "Unknown option '--maping'"],
    [['import', '--mapping', 'nowhere.json'], 2, 'The mapping'],
    [['export'], 2, 'export takes one of'],
    [['explain'], 2, 'Name one contact'],
    [['impact'], 2, 'Name the files or directories'],
    [['rebuild'], 2, 'Add --yes'],
    [['archive', 'automation', 'x'], 2, 'Name a kind and an id'],
    [['catalogue', 'field'], 2, 'Name a kind'],
    [['distribution'], 2, 'Name one score model'],
    [['distribution', 'fit', '--buckets', '3'], 2, '--buckets takes a whole number from 5 to 200, not "3".'],
    [['grid', 'fit'], 2, 'Name two score models'],
    [['results'], 2, 'Name one score model'],
    [['results', 'fit'], 2, 'by one of --field, --stage and --lead'],
    [['results', 'fit', '--field', 'Converted', '--stage', 'sql'], 2, 'by one of --field, --stage and --lead'],
    [['results', 'fit', '--stage', 'sql', '--is', 'yes'], 2, 'goes with --field only'],
    [['results', 'fit', '--lead', 'open'], 2, '--lead is one of accepted, rejected, won, lost, not "open".'],
    [['lifecycle', 'nowhere', '--url', 'http://127.0.0.1:1', '--key', 'k'], 2, 'nowhere cannot be read'],
    [
      ['jobs', 'stop', '--url', 'http://127.0.0.1:1', '--key', 'k'],
      2,
      'jobs takes list, cancel <id> or resume <id>, not "stop".',
    ],
    [['jobs', 'cancel', '--url', 'http://127.0.0.1:1', '--key', 'k'], 2, 'Name one job'],
    [['keys', 'list', '--key', 'k'], 2, 'No server is known.'],
    [['status', '--url', 'http://127.0.0.1:1'], 2, 'No API key is known.'],
    [['status', '--url', 'here', '--key', 'k'], 2, 'is not the address of a server'],
    [['simulate', '-d', 'shared/examples/worked'], 2, 'simulate needs --definitions and --events'],
    [
      ['simulate', '-d', 'shared/examples/worked/definitions.json', '-e', 'nowhere.jsonl'],
      2,
      'nowhere.jsonl cannot be read',
    ],
    [
      ['simulate', '-d', 'shared/examples/worked/definitions.json', '-e', '-', '--until', 'soon'],
      2,
      '--until takes a moment',
    ],
    [['simulate', '-d', 'shared/examples/worked/definitions.json', '-e', '-', '--only', 'x'], 2, '--only knows entry'],
  ])('%j', async (argv, code, sentence) => {
    const ended = await runForTest(argv, { cwd: repo, env: here });
    expect(ended.stderr).toContain(sentence);
    expect(ended.stdout).toBe('');
    expect(ended.code).toBe(code);
  });
});

test('every command has its help', async () => {
  const { stdout } = await runForTest(['--help'], { cwd: repo });
  const names = [...stdout.matchAll(/^ {2}([\w-]+) +[A-Z]/gm)].map((match) => match[1] ?? '');
  expect(names).toEqual([
    'apply',
    'templates',
    'validate',
    'diff',
    'simulate',
    'backtest',
    'impact',
    'rebuild',
    'checks',
    'explain',
    'distribution',
    'grid',
    'results',
    'lifecycle',
    'fading',
    'segments',
    'combinations',
    'catalogue',
    'archive',
    'import',
    'export',
    'sample',
    'adjust',
    'void',
    'automations',
    'maintenance',
    'run-now',
    'jobs',
    'status',
    'keys',
  ]);
  for (const name of names) {
    const help = await runForTest([name, '--help'], { cwd: repo });
    expect(help.stdout).toMatch(new RegExp(`^ripen ${name}`));
    expect(help.code).toBe(0);
  }
});

test('fading needs no server where a file holds the model', async () => {
  const asked = ['fading', '--file', 'shared/examples/starter', '--points', '80', '--days', '120'];
  const { code, stdout } = await runForTest(asked, { cwd: repo, env: here });
  expect(code).toBe(0);
  expect(stdout.split('\n').slice(0, 3)).toEqual([
    expect.stringContaining('(lead-score)'),
    expect.stringMatching(/day 0 +80$/),
    expect.stringMatching(/day 60 +/),
  ]);
  const json = JSON.parse((await runForTest([...asked, '--json'], { cwd: repo, env: here })).stdout) as {
    curve: { day: number; score: number }[];
  };
  expect(json.curve).toHaveLength(121);
  expect(json.curve[59]).toEqual({ day: 59, score: 80 });
  expect(json.curve[60]?.score).toBeLessThan(80);
});

test('flags make a mapping; what it gives is what simulate reads', async () => {
  await writeFile(
    join(directory, 'orders.csv'),
    '\uFEFFcustomer;date;sum;note\n7;02.01.2026;12.5;x\n8;01.01.2026;;"a;b"\n7;31.02.2026;1;x\n',
  );
  const flags = [
    '--user-id',
    'customer',
    '--time',
    'date',
    '--date-format',
    'dd.MM.yyyy',
    '--event',
    'Order',
    '--property',
    'sum|number',
    '--property',
    'note',
  ];
  const { code, stdout, stderr } = await runForTest(['import', 'orders.csv', ...flags, '--out', '-'], {
    cwd: directory,
  });
  const messages = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(messages).toMatchObject([
    { event: 'Order', userId: '8', timestamp: '2026-01-01T00:00:00.000Z', properties: { note: 'a;b' } },
    { event: 'Order', userId: '7', timestamp: '2026-01-02T00:00:00.000Z', properties: { sum: 12.5, note: 'x' } },
  ]);
  expect(stderr).toContain('orders.csv: 3 rows, 2 events, 1 row refused.');
  expect(code).toBe(1);
  // The same file gives the same ids.
  expect((await runForTest(['import', 'orders.csv', ...flags, '--out', '-'], { cwd: directory })).stdout).toBe(stdout);
});
