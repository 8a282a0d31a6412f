import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { identify, type ProcessId } from './identity.ts';
import { openLogFile } from './log-file.ts';

/** How to start a part of the stack. */
export interface ChildOptions {
  /** Shown to people: "Postgres". */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly logPath: string;
  /** The user to run as, where that is not the caller (Postgres refuses root). */
  readonly account?: { readonly uid: number; readonly gid: number };
  readonly onLine?: (line: string) => void;
}

/** How a child ended, as the end of a sentence: "exited with code 1". */
export interface Exit {
  readonly reason: string;
  readonly lastLines: readonly string[];
}

/** A running part. */
export interface Child {
  readonly id: ProcessId;
  readonly pid: number;
  /** Resolves, never rejects, when the process is gone. */
  readonly exited: Promise<Exit>;
  /** The exit once it happened. */
  exit(): Exit | undefined;
  /** Asks with `signal`, insists with SIGKILL after `graceMs`; resolves when the process is gone. */
  stop(signal?: NodeJS.Signals, graceMs?: number): Promise<void>;
}

const rememberedLines = 12;

/**
 * Starts a process in a group of its own, so that a Ctrl-C in the terminal reaches only the supervisor, which then stops
 * parts in order. Output goes to the log file. Rejects when the program cannot be started.
 */
export async function startChild(options: ChildOptions): Promise<Child> {
  const log = openLogFile(options.logPath);
  const child = spawn(options.command, [...options.args], {
    cwd: options.cwd,
    env: options.env,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
    ...options.account,
  });
  const lastLines: string[] = [];
  let ended: Exit | undefined;

  const lines = (stream: NodeJS.ReadableStream): void => {
    createInterface({ input: stream, crlfDelay: Infinity }).on('line', (line) => {
      lastLines.push(line);
      if (lastLines.length > rememberedLines) lastLines.shift();
      options.onLine?.(line);
    });
    stream.on('data', (chunk: Buffer) => log.write(chunk));
  };
  lines(child.stdout);
  lines(child.stderr);

  const exited = new Promise<Exit>((resolve) => {
    child.once('close', (code, signal) => {
      ended = {
        reason: signal === null ? `exited with code ${code ?? 'unknown'}` : `was ended by ${signal}`,
        lastLines,
      };
      log.close();
      resolve(ended);
    });
  });

  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', (error) => {
      log.close();
      reject(new Error(`${options.name} could not be started (${options.command}): ${error.message}.`));
    });
  });
  const pid = child.pid;
  if (pid === undefined) throw new Error(`${options.name} started without a process id.`);

  return {
    pid,
    // A process that ended at once has no start mark any more; an empty one matches nothing.
    id: identify(pid) ?? { pid, startedAt: '' },
    exited,
    exit: () => ended,
    async stop(signal = 'SIGTERM', graceMs = 15_000) {
      if (ended !== undefined) return;
      child.kill(signal);
      const insist = setTimeout(() => child.kill('SIGKILL'), graceMs);
      await exited;
      clearTimeout(insist);
    },
  };
}
