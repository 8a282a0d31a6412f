// Loaded into a command by the benchmark: when it ends, it writes the most memory that it held.
import { writeFileSync } from 'node:fs';

const path = process.env['RIPEN_BENCH_PEAK'];
if (path !== undefined) process.on('exit', () => writeFileSync(path, String(process.resourceUsage().maxRSS * 1_024)));
