import type { versionSchema } from '@ripen/shared';
import type { z } from 'zod';

/** One time that a version was in force. */
export type VersionDetail = z.infer<typeof versionSchema>;

/** Versions once each, the newest first: one that was paused and resumed was in force more than once. */
export const eachVersion = (rows: readonly VersionDetail[]): VersionDetail[] =>
  rows.filter(({ version }, index) => rows.findIndex((other) => other.version === version) === index);

/** What became of a version, in a word. */
export const fateOf = (row: Pick<VersionDetail, 'endedBy'>): string => {
  switch (row.endedBy) {
    case null:
      return 'Live';
    case 'superseded':
      return 'Replaced';
    case 'paused':
      return 'Paused';
    case 'archived':
      return 'Archived';
  }
};
