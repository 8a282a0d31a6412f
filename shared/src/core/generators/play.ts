import { startNodeId, type automationSchema } from '../../automation/graph.ts';
import type { z } from 'zod';
import { definitionSchema, definitionsOf, type DefinitionInput } from '../../model/definitions.ts';
import { dayMs } from '../../model/time.ts';
import type { FieldValue, Properties } from '../../model/value.ts';

import { compile } from '../compile.ts';
import { scoreAt } from '../scores/explain.ts';
import type { Program } from '../program.ts';
import { liveWindowMs, type EventInput, type LedgerEntry, type StageMove } from '../result.ts';
import { TestDriver, type Outcome, type RunRow } from './driver.ts';
import { historyStartsAt } from './vocabulary.ts';

/** Days since generated histories begin, as a moment: tables speak of days. */
export const day = (days: number): number => historyStartsAt + Math.round(days * dayMs);

/** Something that happens on a day of a table. */
export interface Happening {
  on: number;
  type: string;
  properties?: Properties;
  fields?: Record<string, FieldValue>;
  /** The day it says it happened on, when that is another. */
  occurred?: number;
  id?: string;
}

const plain = (value: number): string => String(Math.round(value * 1e6) / 1e6);
const dayOf = (moment: number): string => plain((moment - historyStartsAt) / dayMs);

/** `points +10 @3 of 1 rule:opened`: kind, points, day applied, day earned if another, cause. */
export const entryText = (entry: LedgerEntry): string =>
  [
    entry.kind,
    `${entry.points >= 0 ? '+' : '-'}${plain(Math.abs(entry.points) / 1e6)}`,
    `@${dayOf(entry.at)}`,
    ...(entry.earnedAt === entry.at ? [] : [`of ${dayOf(entry.earnedAt)}`]),
    entry.cause,
  ].join(' ');

export const moveText = (move: StageMove): string =>
  `${move.from ?? '-'} > ${move.to ?? '-'} @${dayOf(move.at)}${move.passed.length > 0 ? ` past ${move.passed.join(', ')}` : ''}`;

/** `route:no_one wait@5 done`: the outputs that a run took. */
export const trailText = (run: RunRow): string =>
  [...run.trail.map((step) => `${step.node}:${step.port ?? '-'}@${dayOf(step.at)}`), run.status].join(' ');

export const programOf = (...documents: DefinitionInput[]): Program =>
  compile(definitionsOf(documents.map((document) => definitionSchema.parse(document))));

export class Play {
  readonly driver: TestDriver;
  #program: Program;
  #applied = 0;

  constructor(program: Program, id?: string) {
    this.#program = program;
    this.driver = new TestDriver(program, { id, frugal: true });
  }

  /** Applies what happens, each by itself, with nothing but the driver's clock in between. */
  then(...happenings: Happening[]): this {
    for (const one of happenings) this.driver.apply([this.event(one)]);
    return this;
  }

  event(one: Happening): EventInput {
    const occurredAt = day(one.occurred ?? one.on);
    return {
      kind: 'event',
      messageId: one.id ?? `m${String(this.#applied++)}`,
      type: one.type,
      properties: one.properties ?? {},
      fields: one.fields ?? null,
      occurredAt,
      arrivedAt: day(one.on),
      backfilled: day(one.on) - occurredAt > liveWindowMs,
    };
  }

  /** From now on under other definitions, a revision on. */
  publish(program: Program): this {
    this.#program = { ...program, revision: this.#program.revision + 1 };
    this.driver.use(this.#program);
    return this;
  }

  until(on: number): this {
    this.driver.live(day(on));
    this.driver.tick(day(on));
    return this;
  }

  get outcome(): Outcome {
    return this.driver.outcome;
  }

  get ledger(): string[] {
    return this.outcome.entries.map(entryText);
  }

  get moves(): string[] {
    return this.outcome.moves.map(moveText);
  }

  get trails(): string[] {
    return [...this.outcome.runs.values()].map(trailText);
  }

  get dueOn(): number | null {
    const due = this.driver.subject.nextDueAt;
    return due === null ? null : (due - historyStartsAt) / dayMs;
  }

  score(on: number, model = 'main'): number {
    return scoreAt(this.#program, this.driver.subject, model, day(on)).score;
  }
}

type ModelInput = Extract<DefinitionInput, { kind: 'model' }>;
type RuleInput = NonNullable<ModelInput['rules']>[number];

/** A rule of behaviour that adds points each time, into the group `engagement`. */
export const rule = (
  id: string,
  event: string,
  points: number,
  more: Partial<Extract<RuleInput, { kind: 'behaviour' }>> = {},
): RuleInput => ({
  kind: 'behaviour',
  id,
  name: id,
  group: 'engagement',
  event,
  points,
  counts: { kind: 'every_time' },
  ...more,
});

/** A model `main` with a behaviour group `engagement` and a profile group `fit`. */
export const model = (rules: RuleInput[], more: Partial<ModelInput> = {}): ModelInput => ({
  kind: 'model',
  id: 'main',
  name: 'Main',
  rules,
  clamp: { min: -1_000, max: 1_000 },
  groups: [
    { id: 'engagement', name: 'Engagement', kind: 'behaviour' },
    { id: 'fit', name: 'Fit', kind: 'profile' },
  ],
  ...more,
});

type AutomationInput = z.input<typeof automationSchema>;

/** An automation whose nodes follow one another by their first output, unless edges are given. */
export const automation = (
  id: string,
  triggers: AutomationInput['triggers'],
  nodes: AutomationInput['nodes'],
  more: Partial<AutomationInput> = {},
): AutomationInput => ({
  kind: 'automation',
  id,
  name: id,
  triggers,
  nodes,
  edges: [
    { from: startNodeId, to: nodes[0]?.id ?? '' },
    ...nodes.slice(1).map((node, index) => ({ from: nodes[index]?.id ?? '', to: node.id })),
  ],
  ...more,
});
