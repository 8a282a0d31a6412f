import { setTimeout as delay } from 'node:timers/promises';
import { isAlive, type ProcessId } from './identity.ts';

/** Sends a signal, ignoring that the process may have gone in between. */
export function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

/**
 * Stops a process that is not our child (left by a start that was killed hard): asks with `signal`, insists with SIGKILL
 * after `graceMs`. Returns when it is gone.
 */
export async function stopLeftover(id: ProcessId, signal: NodeJS.Signals, graceMs = 10_000): Promise<void> {
  if (!isAlive(id)) return;
  sendSignal(id.pid, signal);
  const deadline = performance.now() + graceMs;
  let insisted = false;
  while (isAlive(id)) {
    if (!insisted && performance.now() > deadline) {
      insisted = true;
      sendSignal(id.pid, 'SIGKILL');
    }
    await delay(20);
  }
}
