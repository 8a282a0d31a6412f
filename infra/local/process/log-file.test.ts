import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openLogFile } from './log-file.ts';

test('a log is bounded: it keeps the newest 20 MB or less in four files, and loses no line among them', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ripen-log-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const log = openLogFile(join(folder, 'part.log'));
  const line = `${'x'.repeat(99_990)}\n`;
  for (let index = 0; index < 400; index++) log.write(`${String(index).padStart(9)}${line}`);
  log.close();

  const files = readdirSync(folder).sort();
  expect(files).toEqual(['part.log', 'part.log.1', 'part.log.2', 'part.log.3']);
  const bytes = files.reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
  expect(bytes).toBeLessThanOrEqual(20_000_000);
  const numbers = files
    .reverse()
    .flatMap((name) => readFileSync(join(folder, name), 'utf8').trimEnd().split('\n'))
    .map((text) => Number(text.slice(0, 9)));
  expect(numbers).toEqual(Array.from(numbers, (_, index) => 400 - numbers.length + index));
});

test('an opened log goes on where the last start ended', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ripen-log-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const text of ['one\n', 'two\n']) {
    const log = openLogFile(join(folder, 'deep/part.log'));
    log.write(text);
    log.close();
    log.write('after the end');
  }
  expect(readFileSync(join(folder, 'deep/part.log'), 'utf8')).toBe('one\ntwo\n');
  expect(existsSync(join(folder, 'deep/part.log.1'))).toBe(false);
});
