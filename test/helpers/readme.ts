import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repo } from './cli.ts';

/** A document of the repo. */
export const documentAt = (path: string): string => readFileSync(join(repo, path), 'utf8');

/** Its blocks of code in a language (all words after the fence), as they stand. */
export const blocksOf = (text: string, language: string): string[] =>
  text
    .split(/^```/m)
    .filter((_, index) => index % 2 === 1)
    .filter((block) => block.startsWith(`${language}\n`))
    .map((block) => block.slice(language.length + 1));

/** Its indented lines of code, continued ones as one. */
export const commandsOf = (text: string): string[] =>
  text
    .replaceAll('\\\n', ' ')
    .split('\n')
    .filter((line) => /^ {4}\S/.test(line))
    .map((line) => line.trim().replace(/\s+/g, ' '));
