import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { beforeAll, expect, test } from 'vitest';
import { bundleWorkflows } from '../worker/bundle.ts';
import { recordedHistories, recordedSourceHashes, sourceHashes } from './recorded.ts';

Runtime.install({ logger: new DefaultLogger('ERROR') });

let workflowBundle: { code: string };
beforeAll(async () => {
  workflowBundle = await bundleWorkflows();
}, 60_000);

test('workflow code has a recording: after a change run `npm run histories:record`', () => {
  expect(recordedSourceHashes()).toEqual(sourceHashes());
});

test('every recorded history replays with the code of today', async () => {
  const histories = recordedHistories();
  expect(histories.length).toBeGreaterThan(0);
  const failures: string[] = [];
  const results = Worker.runReplayHistories(
    { workflowBundle, replayName: 'recorded' },
    histories.map(({ name, history }) => ({ workflowId: name, history })),
  );
  let replayed = 0;
  for await (const { workflowId, error } of results) {
    replayed++;
    if (error) failures.push(`${workflowId}: ${error.message}`);
  }
  expect(failures).toEqual([]);
  expect(replayed).toBe(histories.length);
}, 60_000);
