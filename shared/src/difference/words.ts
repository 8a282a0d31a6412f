import { startNodeId, type Automation } from '../automation/graph.ts';
import { nodeTypes, type GraphNode } from '../nodes/registry.ts';
import { rewiredOf, type AutomationDifference, type Rewired } from './automation.ts';
import { changesBetween, isWhole, type ValueChange, type Whole } from './changes.ts';

/** One change, as a list of changes says it. */
export interface ChangeLine {
  what: 'added' | 'changed' | 'removed';
  /** The step that it is about, `start` for what starts the automation; null: the automation as a whole. */
  node: string | null;
  title: string;
  /** The rest of the sentence; empty where the title or the settings say all. */
  detail: string;
  /** What was set, and what is. */
  settings: { label: string; before: string; after: string }[];
}

/** How things are called. A screen knows the names of what ids stand for; `plainWording` knows the documents alone. */
export interface Wording {
  /** A step by the name of its kind. */
  title(node: GraphNode): string;
  /** What a step does, in a line. */
  about(node: GraphNode): string;
  /** A step in the middle of a sentence: which one it is. */
  named(node: GraphNode): string;
  /** An output, in the middle of a sentence; empty for the only one. */
  port(node: GraphNode, port: string): string;
  /** A value of a step's settings, or of the automation's own. */
  value(value: unknown, change: ValueChange): string;
  /** Which values are told as one. */
  whole: Whole;
}

const titles = new Map<string, string>(nodeTypes.map(({ type, title }) => [type, title]));

const isDictionary = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A value as documents write it, short where people have a word for it. */
export const plainValue = (value: unknown): string => {
  if (value === undefined || value === null || value === '') return 'not set';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return `“${value}”`;
  if (isDictionary(value)) {
    const { amount, unit } = value;
    if (typeof amount === 'number' && typeof unit === 'string' && Object.keys(value).length === 2)
      return `${amount} ${amount === 1 ? unit.replace(/s$/, '') : unit}`;
    if (typeof value['name'] === 'string' && 'id' in value) return `“${value['name']}”`;
    if (typeof value['kind'] === 'string' && Object.keys(value).length === 1) return value['kind'].replaceAll('_', ' ');
  }
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(plainValue).join(', ');
  return JSON.stringify(value) ?? 'not set';
};

/** For readers of documents: ids, and values as they are written. Conditions of one kind are compared inside. */
export const plainWording: Wording = {
  title: ({ type }) => titles.get(type) ?? type,
  about: ({ id }) => `“${id}”`,
  named: ({ id, type }) => `${titles.get(type) ?? type} “${id}”`,
  port: (_, port) => (port === 'next' ? '' : port.replaceAll('_', ' ')),
  value: plainValue,
  whole: isWhole,
};

/** What the settings of the automation itself are called. */
const ownLabels: Record<string, string> = {
  triggers: 'What starts it',
  reentry: 'How often a contact may enter',
  whileInside: 'What happens to those inside',
  pagesOnBackfill: 'Whether loaded history notifies people',
  scenarios: 'Its tests',
};

/** A line for each change, in the order in which people ask: the automation itself, its steps, where they lead. */
export const describeDifference = (
  difference: AutomationDifference,
  { before, after }: { before: Automation | null; after: Automation },
  wording: Wording = plainWording,
): ChangeLine[] => {
  const steps = new Map([...(before?.nodes ?? []), ...after.nodes].map((node) => [node.id, node]));
  const setting = (change: ValueChange, label = change.label) => ({
    label,
    before: wording.value(change.before, change),
    after: wording.value(change.after, change),
  });
  const step = (what: 'added' | 'removed', node: GraphNode): ChangeLine => ({
    ...{ what, node: node.id, title: wording.title(node), detail: wording.about(node), settings: [] },
  });
  return [
    ...difference.settings.map((change): ChangeLine => {
      const title = ownLabels[change.path[0] ?? ''] ?? change.label;
      const node = change.path[0] === 'triggers' ? startNodeId : null;
      return { what: 'changed', node, title, detail: '', settings: [setting(change, '')] };
    }),
    ...difference.added.map((node) => step('added', node)),
    ...difference.changed.map((change) => changedStep(change, wording, setting)),
    ...difference.removed.map((node) => step('removed', node)),
    ...(before ? rewiredOf(difference).map((rewired) => rewiredLine(rewired, steps, wording)) : []),
  ];
};

const changedStep = (
  { before, after }: AutomationDifference['changed'][number],
  wording: Wording,
  setting: (change: ValueChange) => ChangeLine['settings'][number],
): ChangeLine => {
  const settings = changesBetween(before.settings, after.settings, wording.whole).map((change) => setting(change));
  if (before.note !== after.note)
    settings.push(setting({ path: ['note'], label: 'Note', before: before.note, after: after.note }));
  if (before.type !== after.type)
    settings.unshift({ label: 'Kind of step', before: wording.title(before), after: wording.title(after) });
  const detail = wording.about(after);
  return { what: 'changed', node: after.id, title: wording.title(after), detail, settings };
};

const rewiredLine = (
  { from, port, before, after }: Rewired,
  steps: ReadonlyMap<string, GraphNode>,
  wording: Wording,
): ChangeLine => {
  const node = steps.get(from);
  const called = (id: string | null): string => {
    const to = id === null ? undefined : steps.get(id);
    return to ? wording.named(to) : 'nowhere';
  };
  const output = node ? wording.port(node, port) : '';
  const title = node ? wording.title(node) : 'The start';
  return {
    what: 'changed',
    node: from,
    title: output === '' ? `${title} leads elsewhere` : `${title}: “${output}” leads elsewhere`,
    detail: '',
    settings: [{ label: '', before: called(before), after: called(after) }],
  };
};
