import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { Impact, ScoreModel } from '@ripen/shared';
import { impactQuery, startImpact } from '../../../api/change.ts';
import { sentenceOf } from '../../../api/client.ts';

/** Enough to see how bands fill. */
const sampleSize = 2_000;

/** What became of some contacts if a model had always been so; measured anew when the model is another. Null: nothing to measure. */
export const useMeasured = (model: ScoreModel | null): { impact: Impact | null; failed: string | null } => {
  const {
    mutate,
    data: started,
    error,
  } = useMutation({ mutationFn: (document: object) => startImpact([document], sampleSize) });
  const text = model && JSON.stringify(model);
  const asked = useRef<string | null>(null);
  useEffect(() => {
    // React runs effects twice while it is developed: the job is started once.
    if (text === null || asked.current === text) return;
    asked.current = text;
    mutate(JSON.parse(text) as object);
  }, [mutate, text]);
  const state = useQuery({
    ...impactQuery(started?.jobId ?? ''),
    enabled: started !== undefined && model !== null,
  }).data;
  const done = state?.job.status === 'completed';
  const broken = state?.job.status === 'failed' ? (state.job.error ?? 'it failed.') : null;
  return { impact: done ? (state.impact ?? null) : null, failed: error ? sentenceOf(error) : broken };
};
