import { closeSync, fstatSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

const maxBytes = 5_000_000;
const keptFiles = 3;

/** A log that never grows past about 20 MB: `x.log`, then `x.log.1` to `x.log.3`, oldest last. */
export interface LogFile {
  readonly path: string;
  write(chunk: Buffer | string): void;
  close(): void;
}

/** Opens a log for appending. Writes are synchronous: what a part said last is on disk when it crashes. */
export function openLogFile(path: string): LogFile {
  mkdirSync(dirname(path), { recursive: true });
  let file = openSync(path, 'a');
  let bytes = fstatSync(file).size;
  let open = true;

  function rotate(): void {
    closeSync(file);
    for (let age = keptFiles - 1; age >= 0; age--) {
      try {
        renameSync(age === 0 ? path : `${path}.${age}`, `${path}.${age + 1}`);
      } catch {
        // There is no file of that age yet.
      }
    }
    file = openSync(path, 'a');
    bytes = 0;
  }

  return {
    path,
    write(chunk) {
      if (!open) return;
      const buffer = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
      if (bytes > 0 && bytes + buffer.length > maxBytes) rotate();
      writeSync(file, buffer);
      bytes += buffer.length;
    },
    close() {
      if (open) closeSync(file);
      open = false;
    },
  };
}
