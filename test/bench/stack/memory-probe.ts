// Loaded into the product's processes by the benchmark: on SIGUSR2 they collect garbage and write what is left.
import { writeFileSync } from 'node:fs';
import { memoryFile, type MemoryReading } from './memory.ts';

process.on('SIGUSR2', () => {
  // Twice: the first collection can leave what finalizers held.
  globalThis.gc?.();
  globalThis.gc?.();
  const { rss, heapUsed, external } = process.memoryUsage();
  const reading: MemoryReading = { at: Date.now(), rss, heapUsed, external };
  writeFileSync(memoryFile(process.pid), JSON.stringify(reading));
});
