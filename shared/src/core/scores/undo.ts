import type { Counting } from '../../model/counting.ts';
import { readPath, type Json, type Properties } from '../../model/value.ts';
import { openComparisons } from './comparisons.ts';
import type { Program } from '../program.ts';
import type { LedgerEntry, StageMove } from '../result.ts';
import { counterOf, countedValue, type CounterScope } from './rules.ts';
import { voidEntry } from './void-entry.ts';
import type { Work } from '../work.ts';

/** The arrival that undoes entries of a contact. */
export const voidEvent = 'ripen.void';

/** Whether a move leads to a lower stage: where undoing does that, a lead that nobody accepted yet is withdrawn. */
export const goesDown = (
  { lifecycle }: Pick<Program, 'lifecycle'>,
  { from, to }: Pick<StageMove, 'from' | 'to'>,
): boolean => {
  const place = (stage: string | null): number => (stage === null ? -1 : (lifecycle?.index.get(stage) ?? -1));
  return place(to) < place(from);
};

/** Which entries are undone: those that fit everything that is given. Moments are ms. */
export interface Selection {
  models?: string[];
  /** `rule:<id>`, `node:<automation>/<node>`, `person:<name>`. */
  causes?: string[];
  messages?: string[];
  /** Earned in `[from, to)`. */
  from?: number;
  to?: number;
}

const texts = (value: Json | undefined): string[] | undefined =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string') : undefined;
const moment = (value: Json | undefined): number | undefined => (typeof value === 'number' ? value : undefined);

export const selectionOf = (properties: Properties): Selection => ({
  models: texts(properties['models']),
  causes: texts(properties['causes']),
  messages: texts(properties['messages']),
  from: moment(properties['from']),
  to: moment(properties['to']),
});

const fits = (selection: Selection, messages: ReadonlySet<string> | null, entry: LedgerEntry): boolean =>
  (entry.kind === 'points' || entry.kind === 'adjustment') &&
  (selection.models?.includes(entry.model) ?? true) &&
  (selection.causes?.includes(entry.cause) ?? true) &&
  (messages === null || (entry.messageId !== null && messages.has(entry.messageId))) &&
  (selection.from === undefined || entry.earnedAt >= selection.from) &&
  (selection.to === undefined || entry.earnedAt < selection.to);

/**
 * Undoes entries that are still worth something, or could be: their points go, and what they used up of a counter is free
 * again. What expired, was reset or undone before is left alone.
 */
export const undo = (work: Work, selection: Selection): void => {
  const ledger = [...(work.facts.ledger ?? []), ...work.entries];
  const over = new Set<string | null>();
  const voided = new Set<string | null>();
  for (const entry of ledger) {
    over.add(entry.of);
    if (entry.kind === 'void') voided.add(entry.of);
  }
  const messages = selection.messages ? new Set(selection.messages) : null;
  const models = new Set<string>();
  for (const entry of ledger) {
    if (over.has(entry.id) || !fits(selection, messages, entry)) continue;
    const model = work.program.model.get(entry.model);
    if (!model || work.of(entry.model).state?.epoch !== entry.epoch) continue;
    openComparisons(work);
    voidEntry(work, model, entry, stepsOf(ledger, entry));
    if (entry.kind === 'points') free(work, entry);
    voided.add(entry.id);
    models.add(entry.model);
  }
  for (const model of models) beginPeriod(work, model, ledger, voided);
};

const stepsOf = (ledger: readonly LedgerEntry[], { model, epoch }: LedgerEntry): LedgerEntry[] =>
  ledger.filter((entry) => entry.kind === 'decay' && entry.model === model && entry.epoch === epoch);

/** The period begins with the first point that was not undone. */
const beginPeriod = (
  work: Work,
  model: string,
  ledger: readonly LedgerEntry[],
  voided: ReadonlySet<string | null>,
): void => {
  const state = work.of(model).own();
  state.firstPointAt = null;
  for (const { kind, model: of, epoch, id, earnedAt } of ledger) {
    if (kind !== 'points' || of !== model || epoch !== state.epoch || voided.has(id)) continue;
    if (state.firstPointAt === null || earnedAt < state.firstPointAt) state.firstPointAt = earnedAt;
  }
};

/** Lets a counter count again that an entry used up. */
const free = (work: Work, entry: LedgerEntry): void => {
  const counter = counterBehind(work.program, entry);
  if (!counter) return;
  const { counting, scope } = counter;
  if (counting.kind === 'every_time') return;
  if (counting.kind === 'once') {
    if (scope.model === null) work.subject.counted = work.subject.counted.filter((key) => key !== scope.key);
    else {
      const state = work.of(scope.model).own();
      state.counted = state.counted.filter((key) => key !== scope.key);
    }
    return;
  }
  const said = entry.messageId === null ? undefined : work.facts.propertiesOf(entry.messageId);
  const value = counting.kind === 'at_most' ? '' : countedValue(said && readPath(said, counting.property));
  if (value === null) return;
  const epoch = scope.model === null ? 0 : entry.epoch;
  const freed = { counter: counterOf(scope, epoch), value, at: entry.earnedAt };
  work.facts.removeCounted(freed);
  work.addFreed(freed);
};

/** How the rule or node that earned an entry counts, and where; null when it is not there any more. */
const counterBehind = (program: Program, entry: LedgerEntry): { counting: Counting; scope: CounterScope } | null => {
  const rules = program.model.get(entry.model)?.behaviour;
  const rule = rules?.find(({ earning }) => earning.cause === entry.cause);
  if (rule) return { counting: rule.counts, scope: rule.scope };
  for (const versions of program.automations.values()) {
    for (const { nodes } of [...versions.values()].reverse()) {
      for (const { cause, node, type, scope } of nodes.values()) {
        const counting = cause === entry.cause ? type.counting?.(node.settings) : undefined;
        if (counting) return { counting, scope };
      }
    }
  }
  return null;
};
