import { startNodeId, type AutomationCounts } from '@ripen/shared';
import type { Counted } from '../../../canvas/canvas-context.ts';

/** The filter of the list of runs that shows those whom a number on the canvas counts. */
export interface RunsSearch {
  automation: string;
  version?: string | undefined;
  node?: string | undefined;
  status?: string | undefined;
  passed?: string | undefined;
  passing?: 'through' | 'undelivered' | undefined;
  port?: string | undefined;
  since?: string | undefined;
  from?: string | undefined;
}

export const runsOf = (
  { automation, version, since: began }: Pick<AutomationCounts, 'automation' | 'version' | 'since'>,
  { node, what, port }: Counted,
): RunsSearch => {
  const of = { automation, version: version === null ? undefined : String(version) };
  const since = began ?? undefined;
  switch (what) {
    // Who waits does so now, since whenever.
    case 'waiting':
      return { ...of, node, status: 'waiting' };
    case 'failed':
      return { ...of, node, status: 'failed', since };
    case 'entered':
      return node === startNodeId ? { ...of, from: since } : { ...of, passed: node, since };
    case 'done':
      return { ...of, passed: node, passing: 'through', since };
    case 'undelivered':
      return { ...of, passed: node, passing: 'undelivered', since };
    case 'took':
      return node === startNodeId ? { ...of, from: since } : { ...of, passed: node, port, since };
  }
};
