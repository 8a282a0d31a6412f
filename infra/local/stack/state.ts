import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { identify, isAlive, type ProcessId } from '../process/identity.ts';
import { stopLeftover } from '../process/leftover.ts';
import { waitUntil } from '../wait.ts';

/** What a running stack leaves on disk, so that a second start finds it and a start after a hard kill cleans up. */
interface StackState {
  readonly supervisor: ProcessId;
  readonly url?: string;
  /** Parts without a record of their own (API, worker), in start order. */
  readonly parts: Readonly<Record<string, ProcessId>>;
  /** What the parts were given, for tools and tests on this machine. */
  readonly databaseUrl?: string;
  readonly temporalAddress?: string;
  /** It is on its way down. */
  readonly stopping?: boolean;
}

type Change = Partial<Omit<StackState, 'supervisor'>>;

/** This process's claim on a home folder. */
export interface StackClaim {
  update(change: Change): void;
  release(): void;
}

/** Another start holds the folder; `url` once it has one. */
export interface AlreadyRunning {
  readonly pid: number;
  readonly url: string | undefined;
}

function read(path: string): StackState | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as StackState; // Written by this file only.
  } catch {
    return undefined;
  }
}

function writeWhole(path: string, state: StackState): void {
  const partial = `${path}.${process.pid}`;
  writeFileSync(partial, JSON.stringify(state), { mode: 0o600 });
  renameSync(partial, path);
}

const gone = (path: string, supervisor: ProcessId): Promise<void> =>
  waitUntil({
    what: 'The end of the one that is stopping',
    timeoutMs: 90_000,
    until: () => Promise.resolve(!existsSync(path) || !isAlive(supervisor)),
  });

/**
 * Claims the home folder for this process, or says who has it; waits for one that is stopping. Ends the API and worker of a
 * start that was killed hard.
 */
export async function claimStack(home: string): Promise<StackClaim | AlreadyRunning> {
  mkdirSync(home, { recursive: true });
  const path = join(home, 'stack.json');
  const supervisor = identify(process.pid);
  if (supervisor === undefined) throw new Error('This process could not be identified.');
  let state: StackState = { supervisor, parts: {} };
  for (;;) {
    try {
      writeFileSync(path, JSON.stringify(state), { flag: 'wx', mode: 0o600 });
      break;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
      const earlier = read(path);
      if (earlier && isAlive(earlier.supervisor)) {
        if (!earlier.stopping) return { pid: earlier.supervisor.pid, url: earlier.url };
        await gone(path, earlier.supervisor);
        continue;
      }
      for (const part of Object.values(earlier?.parts ?? {}).reverse()) await stopLeftover(part, 'SIGTERM');
      rmSync(path, { force: true });
    }
  }
  return {
    update(change) {
      state = { ...state, ...change };
      writeWhole(path, state);
    },
    release: () => rmSync(path, { force: true }),
  };
}
