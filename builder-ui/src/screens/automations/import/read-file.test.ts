import { expect, test } from 'vitest';
import { readFile } from './read-file.ts';

const automation = { kind: 'automation', id: 'a', name: 'A', nodes: [], edges: [] };

test('one document, or a list: automations apart from what comes along', () => {
  const segment = { kind: 'segment', id: 's' };
  expect(readFile(`\uFEFF${JSON.stringify(automation)}`)).toEqual({
    kind: 'read',
    automations: [automation],
    others: [],
  });
  expect(readFile(JSON.stringify([segment, automation, { kind: 'lifecycle' }]))).toEqual({
    kind: 'read',
    automations: [automation],
    others: [segment, { kind: 'lifecycle' }],
  });
});

test.each([
  ['nothing', '  ', 'is empty'],
  ['half a file', JSON.stringify(automation).slice(0, 30), 'is not JSON'],
  ['copied steps', '{"format":"ripen/nodes","version":1,"nodes":[]}', 'paste them there'],
  ['other JSON', '[1, 2]', 'no definition of Ripen'],
  ['no automation', '[{"kind":"event_type","id":"x"}]', 'but event type'],
  ['the future', JSON.stringify({ ...automation, schemaVersion: 2 }), 'newer version of Ripen'],
  [
    'too many steps',
    JSON.stringify({ ...automation, nodes: Array.from({ length: 5_001 }, (_, id) => ({ id: `n${id}` })) }),
    'has 5001 steps; an automation can have 5000',
  ],
])('%s is refused, with a sentence', (_, text, why) => {
  expect(readFile(text)).toEqual({ kind: 'refused', why: expect.stringContaining(why) as unknown });
});
