// Loaded into a command by the benchmark: when it ends, it writes the most memory that it held to the file of its `?to=`.
import { writeFileSync } from 'node:fs';

const path = new URL(import.meta.url).searchParams.get('to');
if (path !== null) process.on('exit', () => writeFileSync(path, String(process.resourceUsage().maxRSS * 1_024)));
