/** A test file as Vitest's JSON report has it; the times are ms. */
export interface FileCost {
  readonly name: string;
  readonly startTime: number;
  readonly endTime: number;
}

const shownFiles = 12;

const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`.padStart(9);

/** The folder whose tests belong together: `test/ui`, `engine`. */
const partOf = (path: string): string =>
  path
    .split('/')
    .slice(0, path.startsWith('test/') ? 2 : 1)
    .join('/');

/** What each part of the tests took, longest first, and the files that took longest; files run beside each other, so sums are more than the run. */
export function costsOf(files: readonly FileCost[], root: string): string {
  const timed = files.map(({ name, startTime, endTime }) => ({
    path: name.replace(`${root}/`, ''),
    ms: Math.max(0, endTime - startTime),
  }));
  const parts = new Map<string, { files: number; ms: number }>();
  for (const { path, ms } of timed) {
    const part = parts.get(partOf(path)) ?? { files: 0, ms: 0 };
    parts.set(partOf(path), { files: part.files + 1, ms: part.ms + ms });
  }
  const longestParts = [...parts].sort(([, one], [, other]) => other.ms - one.ms);
  const longestFiles = timed.sort((one, other) => other.ms - one.ms).slice(0, shownFiles);
  return [
    'What the tests took, one file after another:',
    ...longestParts.map(([part, { files: count, ms }]) => `${seconds(ms)}  ${part} (${count} files)`),
    'The longest files:',
    ...longestFiles.map(({ path, ms }) => `${seconds(ms)}  ${path}`),
  ].join('\n');
}
