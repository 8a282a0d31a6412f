import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { repoRoot } from '../home.ts';
import { type Child, type Exit, startChild } from '../process/child.ts';
import type { ProcessId } from '../process/identity.ts';
import { waitUntil } from '../wait.ts';
import type { PartPlan } from './part.ts';

const endWithParent = pathToFileURL(join(import.meta.dirname, '../process/end-with-parent.mjs')).href;

/** Folders rather than what was loaded: workflows are read by their bundler. */
const watchedPaths = ['shared', 'engine', 'workflows'].map((name) => `--watch-path=${join(repoRoot, name, 'src')}`);

/** A part of ours that Node runs. */
export interface NodePart {
  readonly name: string;
  /** Relative to the repo. */
  readonly entry: string;
  readonly env: NodeJS.ProcessEnv;
  readonly logPath: string;
  /** Restart on changed sources, for development. */
  readonly watch: boolean;
  /** How it shows that it is ready: an URL that answers 200, or a line on its output. */
  readonly ready: { readonly url: string } | { readonly line: string };
  readonly onStart: (id: ProcessId) => void;
}

/** The words of a crash: an uncaught error's first line, else the messages of JSON logs, else the lines as they are. */
function lastWords(exit: Exit): string {
  const uncaught = exit.lastLines.findLast((line) => /^\w*Error\b.*: /.test(line));
  if (uncaught !== undefined) return uncaught;
  const words = exit.lastLines.slice(-6).map((line) => {
    try {
      const entry = JSON.parse(line) as { msg?: string; err?: { message?: string } }; // Pino's shape, or another's.
      return [entry.msg, entry.err?.message].filter(Boolean).join(': ');
    } catch {
      return line.trim();
    }
  });
  return words.filter(Boolean).join('\n  ');
}

async function answers(url: string): Promise<boolean> {
  const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
  await response.body?.cancel();
  if (!response.ok) throw new Error(`it answered ${response.status}`);
  return true;
}

/**
 * How Node runs API and worker. What a batch holds outlives V8's usual young generation of 16 MB: copying it there and on into the
 * old one was a tenth of their work.
 */
export const nodeFlags = ['--max-semi-space-size=64'] as const;

/** Plans a part that Node runs from TypeScript, and that is started once its readiness shows. */
export function nodePart(part: NodePart): PartPlan {
  return {
    name: part.name,
    logPath: part.logPath,
    async start(): Promise<Child> {
      let lineSeen = false;
      const child = await startChild({
        name: part.name,
        command: process.execPath,
        args: [
          ...nodeFlags,
          '--import',
          endWithParent,
          ...(part.watch ? [...watchedPaths, '--watch-preserve-output'] : []),
          join(repoRoot, part.entry),
        ],
        cwd: repoRoot,
        env: part.env,
        logPath: part.logPath,
        onLine: (line) => {
          if ('line' in part.ready && line.includes(part.ready.line)) lineSeen = true;
        },
      });
      part.onStart(child.id);
      try {
        const { ready } = part;
        await waitUntil({
          what: part.name,
          timeoutMs: 60_000,
          failed: () => {
            const exit = child.exit();
            return exit && `${part.name} ${exit.reason}:\n  ${lastWords(exit)}\n  (log: ${part.logPath})`;
          },
          until: 'url' in ready ? () => answers(ready.url) : () => Promise.resolve(lineSeen),
        });
      } catch (error) {
        await child.stop('SIGTERM', 2_000);
        throw error;
      }
      return child;
    },
  };
}
