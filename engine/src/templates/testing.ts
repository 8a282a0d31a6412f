import { definitionsOf, Simulator, type SimulationRecord } from '@ripen/shared';
import { readTemplates, type StoredTemplate } from './read.ts';

const dayMs = 86_400_000;
const startsAt = Date.UTC(2026, 0, 1);

/** A day after 1 January 2026, an event's name, its properties. */
export type Done = readonly [day: number, event: string, properties?: object];

export interface Course {
  /** Score and stage at the end of each day asked for, per model. */
  scores: (model: string) => [score: number, stage: string | null][];
  /** Queue and rep of every lead. */
  leads: { queue: string; rep: string | null; day: number }[];
  /** As the contact is at the end. */
  labels: readonly string[];
  fields: Readonly<Record<string, unknown>>;
}

export const templateOf = async (id: string): Promise<StoredTemplate> => {
  const template = (await readTemplates()).find((one) => one.id === id);
  if (!template) throw new Error(`There is no template ${id}.`);
  return template;
};

/** What becomes of one contact in an empty workspace to which a template was applied. For tests. */
export const courseOf = async (
  template: string,
  { traits = {}, done, days }: { traits?: object; done: readonly Done[]; days: readonly number[] },
): Promise<Course> => {
  const { documents } = await templateOf(template);
  const at = (day: number): number => startsAt + day * dayMs;
  const records: SimulationRecord[] = [];
  const simulator = new Simulator({
    definitions: definitionsOf(documents),
    scoresAt: days.map(at),
    emit: (record) => records.push(record),
  });
  const timestamp = (day: number): string => new Date(at(day)).toISOString();
  simulator.take(
    { type: 'identify', userId: 'ann', traits: { email: 'ann@company.com', ...traits }, timestamp: timestamp(0) },
    { line: 1 },
  );
  done.forEach(([day, event, properties = {}], index) =>
    simulator.take(
      event === 'page'
        ? { type: 'page', userId: 'ann', properties, timestamp: timestamp(day) }
        : { type: 'track', event, userId: 'ann', properties, timestamp: timestamp(day) },
      { line: index + 2 },
    ),
  );
  simulator.advance(Math.max(...days.map(at)));
  simulator.finish();
  const [subject] = simulator.subjects();
  return {
    scores: (model) =>
      records.flatMap((record): [number, string | null][] =>
        record.kind === 'score' && record.model === model ? [[record.score, record.stage]] : [],
      ),
    leads: records.flatMap((record) =>
      record.kind === 'lead' ? [{ queue: record.queue, rep: record.rep, day: (record.at - startsAt) / dayMs }] : [],
    ),
    labels: subject?.labels ?? [],
    fields: subject?.fields ?? {},
  };
};
