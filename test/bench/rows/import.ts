import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Row } from '../row.ts';
import { readSettledMemory } from '../stack/memory.ts';
import type { Product } from '../stack/product.ts';
import { csvFlags, refusedOf, rowBytes, writeCsv } from '../workload/csv-file.ts';

const root = resolve(import.meta.dirname, '../../..');
const mebibyte = 2 ** 20;

interface Imported {
  ms: number;
  /** The most that the command held, bytes. */
  peak: number;
}

/** `ripen import` as people run it. Rows are refused, so it ends with 1. */
const importFile = async (product: Product, dir: string, file: string, more: readonly string[]): Promise<Imported> => {
  const peakPath = join(dir, 'peak');
  const probe = pathToFileURL(join(import.meta.dirname, '../stack/peak-probe.ts'));
  probe.searchParams.set('to', peakPath);
  const argv = ['--import', probe.href, join(root, 'engine/src/cli/main.ts'), 'import', file, ...csvFlags, ...more];
  const from = performance.now();
  const code = await new Promise<number | null>((done, fail) => {
    const child = spawn(process.execPath, argv, {
      cwd: dir,
      env: { ...process.env, RIPEN_URL: product.url, RIPEN_KEY: product.apiKey },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-2_000)));
    child.on('error', fail);
    child.on('close', (ended) =>
      ended === 1 ? done(ended) : fail(new Error(`ripen import ended with ${ended}: ${said}`)),
    );
  });
  if (code === null) throw new Error('The import was killed.');
  return { ms: performance.now() - from, peak: Number(readFileSync(peakPath, 'utf8')) };
};

const countOf = async ({ pool }: Product, prefix: string): Promise<number> => {
  const { rows } = await pool.query<{ count: number }>(
    `select count(*)::int as count from contacts where user_id like $1`,
    [`${prefix}%`],
  );
  return rows[0]?.count ?? 0;
};

/** A large file of contacts, from the disk to scored contacts, and what command, worker and API hold of it. */
export const importRow: Row = {
  name: 'import',
  run: async ({ sizes, stack, report }) => {
    const { first, last, sortMemory } = sizes.importRows;
    const product = await stack.product();
    await product.restart();
    const dir = mkdtempSync(join(tmpdir(), 'ripen-bench-import-'));
    const more = ['--sort-memory', String(sortMemory)];
    try {
      const load = async (prefix: string, rows: number) => {
        const file = join(dir, `${prefix}.csv`);
        await writeCsv(file, { rows, prefix });
        report(`a file of ${Math.round(statSync(file).size / 1e6)} MB is there`);
        const read = await importFile(product, dir, file, [...more, '--dry-run']);
        const whole = await importFile(product, dir, file, more);
        rmSync(file);
        const found = await countOf(product, prefix);
        if (found !== rows - refusedOf(rows))
          throw new Error(`${found} contacts of ${rows} rows are there, ${refusedOf(rows)} of which are refused.`);
        report(`${rows} rows in ${(whole.ms / 1_000).toFixed(1)} s`);
        const held = {
          worker: (await readSettledMemory(product.workerPid())).rss,
          api: (await readSettledMemory(product.apiPid())).rss,
        };
        return { perSecond: (rows / whole.ms) * 1_000, read: (rows / read.ms) * 1_000, peak: whole.peak, ...held };
      };
      const fifth = await load('fifth-', first);
      const whole = await load('whole-', last);
      const size = `${((last * rowBytes) / 1e6).toLocaleString('en-US')} MB`;
      const memory = (part: string, key: 'peak' | 'worker' | 'api') => ({
        figure: `${part} memory, CSV of ${size}`,
        beside: `a fifth of it`,
        unit: 'MB',
        measured: whole[key] / mebibyte,
        besideMeasured: fifth[key] / mebibyte,
        aim: { atMost: 1.1 },
      });
      return [
        {
          figure: `CSV of ${size}, file to scored contacts`,
          beside: 'reading and sorting it alone',
          unit: 'rows/s',
          measured: whole.perSecond,
          besideMeasured: whole.read,
          details: { 'rows/s of the first fifth': fifth.perSecond, rows: last },
        },
        memory('command', 'peak'),
        memory('worker', 'worker'),
        memory('api', 'api'),
      ];
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  },
};
