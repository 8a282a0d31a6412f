import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expandPlaces } from './expand.ts';
import { readDefinitions } from './read.ts';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'ripen-read-test-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

const model = { kind: 'model', id: 'm', name: 'M' };

const read = async (files: Record<string, unknown>) => {
  const dir = await mkdtemp(join(directory, 'set-'));
  for (const [name, content] of Object.entries(files)) {
    await mkdir(join(dir, name, '..'), { recursive: true });
    await writeFile(join(dir, name), typeof content === 'string' ? content : JSON.stringify(content));
  }
  const { definitions, problems } = await readDefinitions(['.'], dir, { HOST: 'x.example' });
  return {
    read: definitions.map(({ file, definition }) => `${file}: ${definition.kind}`),
    problems: problems.map(({ file, document, node, path, message }) => [file, document, node, path, message]),
  };
};

test('files below a directory in order of path, one document or a list each', async () => {
  const channel = { kind: 'channel', id: 'c', name: 'C', type: 'webhook', url: 'https://${HOST}/hook' };
  expect(
    await read({ 'b.json': [{ ...model, id: 'n' }, channel], 'a/x.json': model, 'notes.txt': 'not read' }),
  ).toEqual({
    read: ['a/x.json: model', 'b.json: model', 'b.json: channel'],
    problems: [],
  });
});

test('what cannot be read names file, document, node and path', async () => {
  const automation = {
    kind: 'automation',
    id: 'a',
    name: 'A',
    triggers: [{ type: 'manual' }],
    nodes: [{ id: 'score', type: 'add_points', settings: { model: 'm', points: -1 } }],
    edges: [],
  };
  const { problems } = await read({
    '1.json': '{',
    '2.json': automation,
    '3.json': { ...model, colour: 'red' },
    '4.json': [model, model],
    '5.json': { kind: 'channel', id: 'c', name: 'C', type: 'webhook', url: 'https://${NOWHERE}/' },
    '6.json': { kind: 'planet' },
  });
  expect(problems).toEqual([
    ['1.json', null, null, null, expect.stringContaining('is not JSON')],
    ['2.json', 'automation a', 'score', 'nodes.0.settings.points', expect.any(String)],
    ['3.json', 'model m', null, null, expect.stringContaining('colour')],
    ['5.json', 'channel c', null, null, expect.stringContaining('NOWHERE')],
    ['6.json', 'planet', null, 'kind', expect.any(String)],
    ['4.json', 'model m', null, null, 'is in 4.json too'],
  ]);
});

test('a directory without documents is a sentence', async () => {
  await expect(read({ 'notes.txt': '' })).rejects.toThrow('There are no .json files in .');
});

test('places are filled from values, else from their fallback; prototypes are left alone', () => {
  const document: unknown = JSON.parse('{"a":["${X}-${Y:-y}",1],"__proto__":{"b":"${Z}"}}');
  const { value, missing } = expandPlaces(document, { X: 'x' });
  expect(missing).toEqual(['Z']);
  expect(JSON.stringify(value)).toBe('{"a":["x-y",1],"__proto__":{"b":"${Z}"}}');
});
