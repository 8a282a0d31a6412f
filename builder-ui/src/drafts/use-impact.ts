import { useMutation, useQuery } from '@tanstack/react-query';
import type { Impact, ImpactState } from '@ripen/shared';
import { useEffect } from 'react';
import { impactQuery, startImpact } from '../api/change.ts';
import { sentenceOf } from '../api/client.ts';

/** Enough to see what happens; all are looked at when somebody asks. */
const sampleSize = 2_000;

/** What publishing a document would change, as far as it is known. */
export interface Measured {
  job: ImpactState['job'] | undefined;
  impact: Impact | null;
  measuring: boolean;
  /** Why it could not be measured. */
  failure: string | null;
  lookAtAll: () => void;
}

/** Measures what publishing it would change: once, as what shows it opens. */
export const useImpact = (document: object): Measured => {
  const start = useMutation({ mutationFn: (sample: number | undefined) => startImpact([document], sample) });
  const { mutate, data: started } = start;
  useEffect(() => mutate(sampleSize), [mutate]);
  const query = useQuery({ ...impactQuery(started?.jobId ?? ''), enabled: started !== undefined });
  const { job, impact = null } = query.data ?? {};
  const broken = job?.status === 'failed' ? job.error : null;
  const failure = start.error ? sentenceOf(start.error) : broken;
  const measuring = failure === null && (job === undefined || job.status === 'running');
  return { job, impact, measuring, failure, lookAtAll: () => mutate(undefined) };
};
