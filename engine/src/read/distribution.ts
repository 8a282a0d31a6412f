import {
  FactBook,
  toPoints,
  type distributionSchema,
  type Grid,
  type lifecyclePreviewSchema,
  type Question,
} from '@ripen/shared';
import type { z } from 'zod';
import { iso } from './moments.ts';
import type { ScoreSample } from './score-sample.ts';
import type { Workspace } from './workspace.ts';

type Distribution = z.output<typeof distributionSchema>;
type Preview = z.output<typeof lifecyclePreviewSchema>;

/** Counts of the sample as counts of all. */
export const scaleOf = ({ contacts, sampled, members }: ScoreSample) => {
  const factor = sampled && members.length > 0 ? contacts / members.length : 1;
  return (count: number): number => Math.round(count * factor);
};

export const sampling = (sample: ScoreSample) => ({
  at: iso(sample.at),
  contacts: sample.contacts,
  sampleSize: sample.members.length,
  sampled: sample.sampled,
});

/** A model's bands, the highest first and below all of them "No band", and which of them a member is in; -1: not shown. */
const axisOf = (sample: ScoreSample, { program }: Pick<Workspace, 'program'>, model: string) => {
  const bands = program.model.get(model)?.bands ?? [];
  const place = sample.models.indexOf(model);
  return {
    bands: [...bands.map(({ id, name }): { id: string | null; name: string } => ({ id, name })), noBand],
    indexOf: ({ scores }: ScoreSample['members'][number]): number => {
      const score = scores[place] ?? null;
      if (score === null) return -1;
      const index = bands.findIndex(({ from }) => score >= toPoints(from));
      return index < 0 ? bands.length : index;
    },
  };
};
const noBand = { id: null, name: 'No band' };

/** How many contacts have which score in a model that is in force. */
export const distributionOf = (
  sample: ScoreSample,
  { definitions, program, names }: Workspace,
  { model, buckets: count }: { model: string; buckets: number },
): Distribution => {
  const all = scaleOf(sample);
  const place = sample.models.indexOf(model);
  const { min, max } = definitions.models.find(({ id }) => id === model)?.clamp ?? { min: 0, max: 100 };
  const width = (max - min) / count;
  const counts = new Array<number>(count).fill(0);
  const stages = new Map<string | null, number>();
  let sum = 0;
  let shown = 0;
  for (const { stage, scores } of sample.members) {
    stages.set(stage, (stages.get(stage) ?? 0) + 1);
    const score = scores[place] ?? null;
    if (score === null) continue;
    shown++;
    sum += score;
    const bucket = width > 0 ? Math.min(count - 1, Math.max(0, Math.floor((score - min) / width))) : 0;
    counts[bucket] = (counts[bucket] ?? 0) + 1;
  }
  const axis = axisOf(sample, { program }, model);
  const inBand = axis.bands.map(() => 0);
  for (const member of sample.members) {
    const index = axis.indexOf(member);
    if (index >= 0) inBand[index] = (inBand[index] ?? 0) + 1;
  }
  const ordered = [...(definitions.lifecycle?.stages ?? []).map(({ id }) => id)];
  const rest = [...stages.keys()].filter((stage): stage is string => stage !== null && !ordered.includes(stage));
  return {
    model,
    name: names.model(model),
    ...sampling(sample),
    buckets: counts.map((found, index) => ({
      from: min + index * width,
      to: index === count - 1 ? max : min + (index + 1) * width,
      count: all(found),
    })),
    notShown: all(sample.members.length - shown),
    mean: shown === 0 ? null : Math.round((sum / shown) * 1e6) / 1e6,
    bands: axis.bands.map((band, index) => ({ ...band, count: all(inBand[index] ?? 0) })),
    stages: [...ordered, ...rest.sort(), null].map((stage) => ({
      stage,
      name: stage === null ? 'No stage' : names.stage(stage),
      count: all(stages.get(stage) ?? 0),
    })),
  };
};

/** How many contacts are in which bands of two models in force. */
export const gridOf = (sample: ScoreSample, { program }: Workspace, models: { model: string; with: string }): Grid => {
  const all = scaleOf(sample);
  const down = axisOf(sample, { program }, models.model);
  const across = axisOf(sample, { program }, models.with);
  const counts = down.bands.map(() => across.bands.map(() => 0));
  for (const member of sample.members) {
    const row = counts[down.indexOf(member)];
    const column = across.indexOf(member);
    if (row && column >= 0) row[column] = (row[column] ?? 0) + 1;
  }
  return {
    ...models,
    ...sampling(sample),
    rows: down.bands,
    columns: across.bands,
    counts: counts.map((row) => row.map(all)),
  };
};

/** A stage that somebody thinks of. */
export interface ThoughtStage {
  id: string;
  threshold?: number | undefined;
  /** Its extra condition. */
  when: Question | null;
  terminal?: boolean | undefined;
}

const noPast = new FactBook();

/** Where the scores of now would put the contacts. */
export const previewOf = (
  sample: ScoreSample,
  { model, stages }: { model: string; stages: readonly ThoughtStage[] },
): Preview => {
  const all = scaleOf(sample);
  const place = sample.models.indexOf(model);
  const reached = new Array<number>(stages.length).fill(0);
  const now = new Map<string | null, number>();
  let none = 0;
  for (const { stage, scores, known } of sample.members) {
    now.set(stage, (now.get(stage) ?? 0) + 1);
    const score = scores[place] ?? null;
    const reaches = ({ threshold, when }: ThoughtStage): boolean =>
      score !== null &&
      threshold !== undefined &&
      score >= threshold &&
      (when === null || when.holds(known, noPast, sample.at));
    const stays = stages.findIndex(({ id, terminal }) => terminal === true && id === stage);
    const highest = stays >= 0 ? stays : stages.findLastIndex(reaches);
    if (highest < 0) none++;
    else reached[highest] = (reached[highest] ?? 0) + 1;
  }
  return {
    model,
    ...sampling(sample),
    stages: stages.map(({ id, threshold }, index) => ({
      id,
      threshold: threshold ?? null,
      count: all(reached[index] ?? 0),
      now: all(now.get(id) ?? 0),
    })),
    none: { count: all(none), now: all(now.get(null) ?? 0) },
  };
};
