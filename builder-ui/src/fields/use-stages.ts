import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Lifecycle } from '@ripen/shared';
import { lifecycleQuery } from '../api/lifecycle.ts';
import { useMay } from '../app/signed-in.ts';

type Stage = Lifecycle['stages'][number];

export interface Stages {
  /** In the lifecycle's order. */
  list: readonly Stage[];
  /** The model whose score drives them. */
  model: string | null;
  /** The last threshold, where scores are ripe. */
  ripe: number;
  /** The place of a stage among all; -1 for one that is gone. */
  indexOf: (id: string | null) => number;
}

/** Where scores are ripe while no lifecycle says so. */
const usualRipe = 100;

export const stagesOf = (lifecycle: Lifecycle | null | undefined): Stages => {
  const list = lifecycle?.stages ?? [];
  const thresholds = list.flatMap(({ threshold }) => threshold ?? []);
  return {
    list,
    model: lifecycle?.model ?? null,
    ripe: thresholds.length > 0 ? Math.max(...thresholds) : usualRipe,
    indexOf: (id) => list.findIndex((stage) => stage.id === id),
  };
};

/** The stages in force; none until they are known. */
export const useStages = (): Stages => {
  const lifecycle = useQuery({ ...lifecycleQuery, enabled: useMay('definitions:read') }).data;
  return useMemo(() => stagesOf(lifecycle), [lifecycle]);
};
