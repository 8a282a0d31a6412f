import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startServer } from './support.ts';

test('the UI is served as soon as it is built, at every address of a view', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'ripen-ui-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  await using server = await startServer({}, { uiDir: dir });
  const page = async (path: string, accept = 'text/html') => {
    const answer = await server.call({ path, key: null, headers: { accept } });
    return [answer.status, answer.headers.get('content-type'), String(answer.body)];
  };
  expect((await page('/'))[0]).toBe(404);
  mkdirSync(join(dir, 'assets'));
  writeFileSync(join(dir, 'index.html'), '<title>Ripen</title>');
  writeFileSync(join(dir, 'assets', 'app-1.js'), 'run()');
  for (const path of ['/', '/automations', '/contacts/7?tab=points'])
    expect(await page(path)).toEqual([200, 'text/html; charset=utf-8', '<title>Ripen</title>']);
  expect(await page('/assets/app-1.js', '*/*')).toEqual([200, 'text/javascript; charset=utf-8', 'run()']);
  // An asset of an earlier build is not the page: a script that is none would fail without saying why.
  for (const path of ['/assets/app-0.js', '/api/nothing', '/v1/nothing', '/hooks/nothing'])
    expect([path, (await page(path))[0]]).toEqual([path, 404]);
});
