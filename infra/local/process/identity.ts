import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * A process named so that a recycled pid is not mistaken for it: the pid and the moment it started. Recorded in files, so
 * that a start after a hard kill stops exactly what an earlier start left behind and nothing else.
 */
export interface ProcessId {
  readonly pid: number;
  readonly startedAt: string;
}

/** The moment the process with this pid started, in the system's own notation; undefined when there is none. */
function startMark(pid: number): string | undefined {
  if (process.platform === 'linux') {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      // The command name, in brackets, may hold spaces: count fields after it. Field 3 is the state, field 22 the start.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      const state = fields[0];
      return state === 'Z' || state === 'X' ? undefined : fields[19];
    } catch {
      return undefined;
    }
  }
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || undefined;
  } catch {
    return undefined;
  }
}

/** Names a running process; undefined when it is gone already. */
export function identify(pid: number): ProcessId | undefined {
  const startedAt = startMark(pid);
  return startedAt === undefined ? undefined : { pid, startedAt };
}

/** Whether exactly this process still runs. */
export function isAlive(id: ProcessId): boolean {
  return startMark(id.pid) === id.startedAt;
}

/** The command line of a process, best effort, for telling a leftover of ours from a stranger. */
export function commandLine(pid: number): string {
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).trim();
  } catch {
    return '';
  }
}
