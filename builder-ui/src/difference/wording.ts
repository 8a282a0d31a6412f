import {
  isWhole,
  plainValue,
  type Condition,
  type Counting,
  type Duration,
  type Trigger,
  type ValueChange,
  type Wording,
} from '@ripen/shared';
import { fieldWords, nameIn, type Named, type Names } from '../fields/names.ts';
import { describeCondition, describeCounting, describeDuration } from '../fields/words.ts';
import { lookOf, portLabel, summaryOf, summaryOfTriggers } from '../nodes/index.ts';
import { insideWords } from '../nodes/while-inside.ts';
import { count } from '../ui/words.ts';

const named = (list: (names: Names) => readonly Named[]) => (value: unknown, names: Names) =>
  typeof value === 'string' ? nameIn(list(names), value) : plainValue(value);

const isInsideWord = (value: unknown): value is keyof typeof insideWords =>
  typeof value === 'string' && value in insideWords;

/** How the value of a setting is said, by the setting's name. Values come from documents that could be read: of their own shape. */
const sayings: Record<string, (value: unknown, names: Names) => string> = {
  when: (value, names) => describeCondition(value as Condition, names),
  where: (value, names) => describeCondition(value as Condition, names),
  counts: (value) => describeCounting(value as Counting),
  reentry: (value) => describeCounting(value as Counting),
  duration: (value) => describeDuration(value as Duration),
  timeout: (value) => describeDuration(value as Duration),
  triggers: (value, names) => summaryOfTriggers(value as Trigger[], names),
  scenarios: (value) => count(Array.isArray(value) ? value.length : 0, 'test'),
  whileInside: (value) => (isInsideWord(value) ? insideWords[value].label : plainValue(value)),
  model: named(({ models }) => models),
  group: named(({ models }) => models.flatMap(({ groups }) => groups)),
  stage: named(({ stages }) => stages),
  queue: named(({ queues }) => queues),
  channel: named(({ channels }) => channels),
  automation: named(({ automations }) => automations),
  event: named(({ eventTypes }) => eventTypes),
  node: named(({ nodes }) => nodes),
  field: (value, names) => (typeof value === 'string' ? fieldWords(names, value) : plainValue(value)),
};

const valueWords = (value: unknown, { path }: ValueChange, names: Names): string => {
  if (value === undefined || value === null || value === '') return 'not set';
  const say = sayings[path.at(-1) ?? ''];
  try {
    return say ? say(value, names) : plainValue(value);
  } catch {
    // A draft may be half written.
    return plainValue(value);
  }
};

/** Changes in the marketer's words, with the names of what ids stand for. */
export const wordingOf = (names: Names): Wording => ({
  title: ({ type }) => lookOf(type).title,
  about: (node) => summaryOf(node, names),
  named: (node) => [lookOf(node.type).title, summaryOf(node, names)].filter((text) => text !== '').join(': '),
  port: (node, port) => portLabel(node, port, names),
  value: (value, change) => valueWords(value, change, names),
  whole: isWhole,
});
