import { useMutation, useQueryClient, type UseMutationResult } from '@tanstack/react-query';
import type { BulkAct, BulkResult } from '@ripen/shared';
import { useState } from 'react';
import { actInBulk } from '../../api/organise.ts';
import { sayDone, sayFailed } from '../../ui/say.ts';
import { count } from '../../ui/words.ts';

/** What is done, as people say it of those it was done to. */
const doneWords: Record<BulkAct['kind'], string> = {
  pause: 'paused',
  resume: 'resumed',
  archive: 'archived',
  unarchive: 'brought back',
  delete: 'deleted',
  folder: 'moved',
  labels: 'labelled',
  owner: 'changed',
  star: 'changed',
};

export interface Report {
  act: BulkAct['kind'];
  results: readonly BulkResult[];
}

/** `7 automations paused, 2 not`. */
export const reportTitle = ({ act, results }: Report): string => {
  const done = results.filter((result) => result.done).length;
  const failed = results.length - done;
  const said = `${count(done, 'automation')} ${doneWords[act]}`;
  return failed === 0 ? said : done === 0 ? `None ${doneWords[act]}` : `${said}, ${failed} not`;
};

/** Those that it was done to. */
export const goneOf = (results: readonly BulkResult[]): string[] =>
  results.flatMap(({ id, done }) => (done ? [id] : []));

export interface Acts {
  act: UseMutationResult<BulkResult[], Error, { ids: readonly string[]; act: BulkAct }>;
  /** How many were tried so far, while something is done to several. */
  tried: number;
  /** What could not be done to some. */
  report: Report | null;
  dismiss: () => void;
}

/** Does something to one or many automations, says so, and keeps what failed to be read. */
export const useActs = (onDone: (failed: readonly string[]) => void): Acts => {
  const client = useQueryClient();
  const [tried, setTried] = useState(0);
  const [report, setReport] = useState<Report | null>(null);
  const act = useMutation({
    mutationFn: ({ ids, act: asked }: { ids: readonly string[]; act: BulkAct }) => {
      setTried(0);
      return actInBulk(ids, asked, setTried);
    },
    onSuccess: (results, { act: { kind } }) => {
      const told: Report = { act: kind, results };
      onDone(results.flatMap(({ id, done }) => (done ? [] : [id])));
      if (results.some(({ done }) => !done)) setReport(told);
      else sayDone(`${reportTitle(told)}.`);
    },
    onError: (error) => sayFailed('It could not be done', error),
    onSettled: () =>
      client.invalidateQueries({
        predicate: ({ queryKey: [topics, kind] }) =>
          kind === 'list' && String(topics).split('+').includes('definitions'),
      }),
  });
  return { act, tried, report, dismiss: () => setReport(null) };
};
