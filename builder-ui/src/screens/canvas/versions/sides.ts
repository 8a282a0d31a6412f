import type { Automation } from '@ripen/shared';
import type { AutomationVersionDetail } from '../../../api/automations.ts';
import { readDocument } from '../../../document/read.ts';
import { eachVersion } from '../../../versions/fate.ts';

/** What can be compared: a version as it was published, or the draft. */
export interface Side {
  /** As the address names it: `draft`, or the number of a version. */
  id: string;
  label: string;
  document: Automation;
}

/** The draft first, if there is one, then the versions that can be read. */
export const sidesOf = (id: string, rows: readonly AutomationVersionDetail[], draft: Automation | null): Side[] => [
  ...(draft ? [{ id: 'draft', label: 'Draft', document: draft }] : []),
  ...eachVersion(rows).flatMap((row): Side[] => {
    const read = readDocument(row.document, id);
    const label = `Version ${row.version}${row.endedBy === null ? ' (live)' : ''}`;
    return read.kind === 'document' ? [{ id: String(row.version), label, document: read.document }] : [];
  }),
];

/** The two that are compared: those that the address names, else the draft with what was published last, else the last two versions. */
export const chosenSides = (
  sides: readonly Side[],
  { from, to }: { from: string | undefined; to: string | undefined },
): { before: Side; after: Side } | null => {
  const called = (id: string | undefined): Side | undefined => sides.find((side) => side.id === id);
  const after = called(to) ?? sides[0];
  const before = called(from) ?? sides.find((side) => side !== after && side.id !== 'draft');
  return before && after ? { before, after } : null;
};
