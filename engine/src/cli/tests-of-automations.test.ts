import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runForTest } from './testing.ts';

let cwd: string;
beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'ripen-tests-'));
});
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

const automation = (path: string[]) => ({
  ...{ kind: 'automation', id: 'tested', name: 'Tested', triggers: [{ type: 'event', event: 'asked' }] },
  nodes: [{ id: 'tag', type: 'add_label', settings: { label: 'x' } }],
  edges: [{ from: 'start', to: 'tag' }],
  scenarios: [
    {
      ...{ id: 'asks', name: 'Asks', startsAt: '2026-03-02T09:00:00Z', days: 3, contact: {} },
      happens: [{ kind: 'event', afterMinutes: 60, event: 'asked' }],
      expects: { stage: null, scores: {}, path, notifications: 0, leads: 0 },
    },
  ],
});

test('validate runs the tests of automations, and says which goes another way, and where', async () => {
  writeFileSync(join(cwd, 'good.json'), JSON.stringify(automation(['tag next'])));
  expect(await runForTest(['validate', 'good.json'], { cwd })).toMatchObject({ code: 0 });
  writeFileSync(join(cwd, 'red.json'), JSON.stringify(automation(['tag'])));
  const { code, stderr } = await runForTest(['validate', 'red.json'], { cwd });
  expect(code).toBe(1);
  expect(stderr).toContain(
    'red.json: error: automation tested, node tag, scenarios.0: The test "Asks" goes another way. It no longer waits at "Add label".',
  );
});
