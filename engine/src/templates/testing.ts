import { definitionsOf, Simulator, type SimulationRecord } from '@ripen/shared';
import { readAutomationTemplates, readTemplates, type StoredTemplate } from './read.ts';

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
  /** The ways that runs took, as nodes and outputs, in the order in which they ended or, waiting, stood at the end. */
  ways: string[];
  /** What was told, in order. */
  told: { channel: string; subject: unknown; day: number }[];
  /** The stage at the end. */
  stage: string | null;
}

const subjectOf = (message: unknown): unknown =>
  typeof message === 'object' && message !== null && 'subject' in message ? message.subject : undefined;

export const templateOf = async (id: string): Promise<StoredTemplate> => {
  const template = [...(await readTemplates()), ...(await readAutomationTemplates())].find((one) => one.id === id);
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
    ways: records.flatMap((record) =>
      record.kind === 'run'
        ? [
            [
              `${record.run.automation}:`,
              ...record.run.trail.map(({ node, port }) => (port === null ? node : `${node} ${port}`)),
              record.run.status,
            ].join(' > '),
          ]
        : [],
    ),
    told: records.flatMap((record) =>
      record.kind === 'delivery'
        ? [
            {
              channel: record.channel,
              subject: subjectOf(record.payload['message']),
              day: (record.at - startsAt) / dayMs,
            },
          ]
        : [],
    ),
    stage: subject?.stage ?? null,
  };
};
