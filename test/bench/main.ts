// `npm run bench [-- --quick] [-- --all-on] [-- --only <row>]`: prints the table of figures and writes them as JSON.
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join, relative } from 'node:path';
import { ripenHome } from '@ripen/infra';
import { runBench } from './bench.ts';
import { tableOf } from './measure/table.ts';
import { readOptions } from './options.ts';
import { rows } from './rows/index.ts';

const dir = join(ripenHome(), 'bench');
const startedAt = new Date();

try {
  const options = readOptions(
    process.argv.slice(2),
    rows.map(({ name }) => name),
  );
  const profileDir = process.env['RIPEN_BENCH_PROFILE'];
  const figures = await runBench({
    ...options,
    dir: join(dir, 'servers'),
    ...(profileDir === undefined ? {} : { profileDir }),
    report: (sentence) => void process.stderr.write(`${sentence}\n`),
  });
  const machine = {
    cpus: cpus().length,
    model: cpus()[0]?.model,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    node: process.version,
  };
  mkdirSync(dir, { recursive: true });
  const path = join(dir, `${startedAt.toISOString().replaceAll(':', '-')}.json`);
  writeFileSync(path, JSON.stringify({ startedAt, finishedAt: new Date(), ...options, machine, figures }, null, 2));
  process.stdout.write(`\n${tableOf(figures)}\n\nWritten to ${relative(process.cwd(), path)}\n`);
  process.exit(0);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(1);
}
