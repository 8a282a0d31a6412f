import { readdirSync, readFileSync } from 'node:fs';

/** Of Linux's clock ticks, in which `/proc` counts; the same on every machine that anybody uses. */
const msPerTick = 10;

/** After the name, which may hold anything: state, parent, nine others, ticks in user mode, in the kernel. */
const readStat = (pid: string | number): { parent: number; ms: number } | null => {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return { parent: Number(fields[1]), ms: (Number(fields[11]) + Number(fields[12])) * msPerTick };
  } catch {
    // It ended meanwhile, or this is no Linux.
    return null;
  }
};

/** What a process and its own have taken of the processors so far, ms; those that ended are left out. Zero elsewhere than on Linux. */
export const cpuMsOf = (pid: number): number => {
  const own = readStat(pid)?.ms ?? 0;
  if (own === 0) return 0;
  const children = readdirSync('/proc').flatMap((name) => {
    const stat = /^\d+$/.test(name) ? readStat(name) : null;
    return stat?.parent === pid ? [stat.ms] : [];
  });
  return children.reduce((sum, ms) => sum + ms, own);
};
