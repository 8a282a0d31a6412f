import type { Definitions, Frame, Json, SimulationRecord, Why } from '@ripen/shared';
import { nameIn, type Names } from '../../../fields/names.ts';
import { describeCondition } from '../../../fields/words.ts';
import { lookOf } from '../../../nodes/index.ts';
import { count, humanise, number } from '../../../ui/words.ts';

/** A thing that happened, in a line. */
export interface StoryLine {
  kind: 'points' | 'stage' | 'out' | 'plain' | 'bad';
  text: string;
  points?: number;
}

const entryWords: Partial<Record<string, string>> = {
  decay: 'Decay step',
  reset: 'Score starts over',
  expiry: 'Points expire',
  reversal: 'No longer fits the profile',
  void: 'Undone',
};

/** What gave or took points: the rule, the step of an automation, or time. */
export const causeWords = (cause: string, model: string, definitions: Definitions): string => {
  if (cause.startsWith('rule:')) {
    const rules = definitions.models.find(({ id }) => id === model)?.rules ?? [];
    return rules.find(({ id }) => `rule:${id}` === cause)?.name ?? humanise(cause.slice(5));
  }
  if (!cause.startsWith('node:')) return humanise(cause.slice(cause.indexOf(':') + 1));
  const [automation = '', node = ''] = cause.slice(5).split('/');
  const graph = definitions.automations.findLast(({ graph }) => graph.id === automation)?.graph;
  const step = graph?.nodes.find(({ id }) => id === node);
  return [step ? lookOf(step.type).title : humanise(node), graph ? `in “${graph.name}”` : ''].join(' ').trim();
};

const stageWords = (stage: string | null, names: Names): string =>
  stage === null ? 'no stage' : nameIn(names.stages, stage);

const textOf = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

/** One record as a line; null for what other lines say. */
export const lineOfRecord = (record: SimulationRecord, definitions: Definitions, names: Names): StoryLine | null => {
  switch (record.kind) {
    case 'entry': {
      const { entry } = record;
      const cause = causeWords(entry.cause, entry.model, definitions);
      const what = entryWords[entry.kind];
      const model = nameIn(names.models, entry.model);
      const text = `${model}: ${what === undefined ? cause : entry.cause.includes(':') ? `${what}, ${cause}` : what}`;
      return { kind: 'points', text, points: entry.points / 1_000_000 };
    }
    case 'move': {
      const { move } = record;
      const why = move.cause === 'score' ? 'by score' : causeWords(move.cause, '', definitions);
      return { kind: 'stage', text: `${stageWords(move.from, names)} → ${stageWords(move.to, names)}, ${why}` };
    }
    case 'delivery': {
      const { message } = record.payload;
      const said = message !== null && typeof message === 'object' && !Array.isArray(message) ? message : {};
      const subject = textOf(said?.['subject']) || textOf(said?.['body']);
      return {
        kind: 'out',
        text: `Would tell ${nameIn(names.channels, record.channel)}${subject === '' ? '' : `: “${subject}”`}`,
      };
    }
    case 'lead': {
      const rep = record.decision.considered.find((one) => one.rep === record.decision.chosen)?.name;
      const queue = nameIn(names.queues, record.queue);
      return { kind: 'out', text: rep ? `Would go to ${rep} of ${queue}` : `Nobody in ${queue} is free to take it` };
    }
    case 'run': {
      const { run } = record;
      if (run.status === 'failed') return { kind: 'bad', text: `A run failed: ${run.error ?? ''}` };
      const name = nameIn(names.automations, run.automation);
      return run.status === 'cancelled' ? { kind: 'plain', text: `“${name}” was left` } : null;
    }
    case 'note':
      return { kind: 'plain', text: record.note };
    case 'dead_letter':
      return { kind: 'bad', text: record.reason };
    case 'merge':
    case 'score':
      return null;
  }
};

export const linesOf = (frame: Frame, definitions: Definitions, names: Names): StoryLine[] =>
  frame.records.flatMap((record) => lineOfRecord(record, definitions, names) ?? []);

/** What happens by itself next: "Decay step", "the wait is over". */
export const nextWords = (frame: Frame, definitions: Definitions, names: Names): string => {
  for (const record of frame.records)
    if (record.kind === 'entry' && entryWords[record.entry.kind])
      return entryWords[record.entry.kind]?.toLowerCase() ?? '';
  const [line] = linesOf(frame, definitions, names);
  return frame.records.some(({ kind }) => kind === 'move') ? 'another stage' : (line?.text ?? 'a wait is over');
};

const seenWords = ({ condition, value }: Why): string => {
  if (value === undefined || value === null) return condition.kind === 'stage' ? 'in no stage' : 'not known';
  switch (condition.kind) {
    case 'performed':
      return value === 0 ? 'never' : count(Number(value), 'time');
    case 'label':
      return value === true ? 'has it' : 'does not have it';
    default:
      return typeof value === 'number' ? number(value) : typeof value === 'string' ? value : JSON.stringify(value);
  }
};

/** A comparison and what it saw: "country is US: no, it is DE". Groups are said part by part. */
export const whyWords = (why: Why, names: Names): { text: string; holds: boolean; saw: string | null } => {
  const leaf = why.parts.length === 0 && why.condition.kind !== 'segment';
  return {
    text: describeCondition(why.condition, names),
    holds: why.holds,
    saw: leaf ? seenWords(why) : null,
  };
};
