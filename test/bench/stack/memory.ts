import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { waitUntil } from '@ripen/infra';

/** What a process holds after a collection, in bytes. */
export interface MemoryReading {
  at: number;
  rss: number;
  heapUsed: number;
  external: number;
}

export const memoryFile = (pid: number): string => join(tmpdir(), `ripen-bench-memory-${pid}.json`);

/** Lets a process that has the probe collect its garbage, and reads what is left. */
export const readMemory = async (pid: number): Promise<MemoryReading> => {
  const path = memoryFile(pid);
  rmSync(path, { force: true });
  process.kill(pid, 'SIGUSR2');
  let reading: MemoryReading | undefined;
  await waitUntil({
    what: `The memory of process ${pid}`,
    timeoutMs: 10_000,
    until: () => {
      reading = JSON.parse(readFileSync(path, 'utf8')) as MemoryReading; // Written by the probe only.
      return Promise.resolve(true);
    },
  });
  rmSync(path, { force: true });
  if (!reading) throw new Error('The probe wrote nothing.');
  return reading;
};

const readings = 5;
const betweenMs = 2_000;

/** The least of several readings: an engine gives memory that it needs no more back only after a while. */
export const readSettledMemory = async (pid: number): Promise<MemoryReading> => {
  let least = await readMemory(pid);
  for (let count = 1; count < readings; count++) {
    await pause(betweenMs);
    const next = await readMemory(pid);
    if (next.rss < least.rss) least = next;
  }
  return least;
};
