import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

const repo = resolve(import.meta.dirname, '../..');
const textOf = (path: string): string => readFileSync(join(repo, path), 'utf8');

const documents = globSync(['*.md', '{docs,shared,engine,workflows,builder-ui,infra,test}/**/*.md'], {
  cwd: repo,
  exclude: ['**/node_modules/**'],
});
const sources = globSync('{shared,engine,workflows,builder-ui,infra,test}/**/*.{ts,tsx,mjs}', {
  cwd: repo,
  exclude: ['**/node_modules/**', '**/*.test.*'],
});

/** Names of our own variables and of those that our sources read. */
const variable = /\b(?:RIPEN|TEMPORAL|SMTP)_[A-Z_]*[A-Z]\b|(?<=env(?:\.|\['))[A-Z_]{3,}\b/g;
/** Of the system, or of tools. */
const known = new Set(['PATH', 'HOME', 'XDG_CACHE_HOME', 'WATCH_REPORT_DEPENDENCIES']);

test('every variable that is read is documented, and every one that is documented is read', () => {
  const namesIn = (path: string): string[] => textOf(path).match(variable) ?? [];
  const read = new Set(sources.flatMap(namesIn).filter((name) => !known.has(name)));
  const settings = textOf('infra/README.md').split('## Settings')[1]?.split('\n## ')[0] ?? '';
  const documented = new Set(settings.match(/(?<=`)[A-Z][A-Z_]{3,}(?=[`=])/g));
  expect([...read].filter((name) => !documented.has(name))).toEqual([]);
  const all = sources.map(textOf).join('\n');
  expect([...documented].filter((name) => !all.includes(name))).toEqual([]);
});

describe.each(documents)('%s', (path) => {
  const text = textOf(path);

  test('names commands that there are', () => {
    const { scripts } = JSON.parse(textOf('package.json')) as { scripts: Record<string, string> };
    const commands = [...text.matchAll(/\bnpm run ([\w:-]+)/g)].map(([, name = '']) => name);
    expect(commands.filter((name) => !(name in scripts))).toEqual([]);
  });

  test('leads to files that there are', () => {
    const links = [...text.matchAll(/(?:\]\(|src(?:set)?=")(?!https?:|#)([^)"#\s]+)/g)].map(([, link = '']) => link);
    expect(links.filter((link) => !existsSync(join(repo, dirname(path), link)))).toEqual([]);
  });
});
