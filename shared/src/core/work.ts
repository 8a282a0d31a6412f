import type { FieldValue, Properties } from '../model/value.ts';
import type { View } from './conditions/conditions.ts';
import type { FactBook, PastEvent } from './facts.ts';
import type { CompiledModel, Program } from './program.ts';
import type { Counted, Effect, Expiring, LedgerEntry, RunChange, StageMove, StepResult } from './result.ts';
import { ModelWork } from './scores/model-work.ts';
import { bandOf, behaviourPart, scoreOf } from './scores/score.ts';
import type { StageBits } from './scores/comparisons.ts';
import { added } from './lists.ts';
import { digest, numbered, type Digest } from './ids.ts';
import type { Micro, ModelState, RunState, Subject } from './subject.ts';

/** Something inside a step that automations can react to; taken first in, first out. */
export type Happening =
  | { kind: 'trigger'; key: string; properties: Properties }
  | { kind: 'score'; model: string; from: Micro; to: Micro }
  | { kind: 'inactive'; at: number };

const noProperties: Properties = {};
export const noScores: { model: CompiledModel; score: Micro }[] = [];
/** Frozen, because all results share it. */
const none = Object.freeze([]) as unknown as never[]; // Nobody writes into results.

/** The workbench of one step: copies of what it changes, and what it yields. The subject that came in is never touched. */
export class Work implements View {
  readonly program: Program;
  readonly facts: FactBook;
  subject: Subject;

  // Most steps fill few of these: each is made when something is put in.
  #entries: LedgerEntry[] | undefined;
  #moves: StageMove[] | undefined;
  #effects: Effect[] | undefined;
  #runs: RunChange[] | undefined;
  #counted: Counted[] | undefined;
  #freed: Counted[] | undefined;
  #expiring: Expiring[] | undefined;
  #expired: string[] | undefined;
  #notes: string[] | undefined;

  /** The contact's clock, ms. */
  at: number;
  /** The moment that what is earned now counts from, ms. */
  earnedAt: number;
  /** Root of derived ids: the message, or the due moment. */
  root: string;
  #rootDigest: Digest | null = null;
  messageId: string | null = null;
  properties: Properties = noProperties;
  backfilled = false;
  /** Stage comparisons and watched scores as they stood before the change at hand. */
  stageBits: StageBits | null = null;
  lastScores: { model: CompiledModel; score: Micro }[] = noScores;
  /** Stage comparisons after the last change of this moment: what they are before the next one. */
  settledBits: StageBits | null = null;
  readonly queue: Happening[] = [];
  /** Nodes passed and runs started at this moment: what the cascade limit counts. */
  passed = 0;
  started = 0;
  fieldsChanged = false;

  /** Models that were looked at. */
  #models: ModelWork[] | undefined;
  #ownFields = false;
  #ownModels = false;
  /** Fields and labels set so far, and entries of scores that watched segments look at. */
  #edits = 0;
  /** `#version` as of which it is known which segments the contact is in; -1 when it is not. */
  #looked = -1;

  constructor(program: Program, subject: Subject, facts: FactBook) {
    this.program = program;
    this.facts = facts;
    this.subject = { ...subject };
    this.at = subject.clock;
    this.earnedAt = subject.clock;
    this.root = '';
  }

  get entries(): readonly LedgerEntry[] {
    return this.#entries ?? none;
  }

  /** Changes of runs, in the order in which they were first touched. */
  get runs(): readonly RunChange[] {
    return this.#runs ?? none;
  }

  addEntry(entry: LedgerEntry): void {
    if (this.program.watchedScores.includes(entry.model)) this.#edits++;
    this.#entries = added(this.#entries, entry);
  }

  addMove(move: StageMove): void {
    this.#moves = added(this.#moves, move);
  }

  addEffect(effect: Effect): void {
    this.#effects = added(this.#effects, effect);
  }

  addRun(change: RunChange): void {
    this.#runs = added(this.#runs, change);
  }

  addCounted(counted: Counted): void {
    this.#counted = added(this.#counted, counted);
  }

  addFreed(freed: Counted): void {
    this.#freed = added(this.#freed, freed);
  }

  addExpiring(expiring: Expiring): void {
    this.#expiring = added(this.#expiring, expiring);
  }

  addExpired(entryId: string): void {
    this.#expired = added(this.#expired, entryId);
  }

  note(text: string): void {
    this.#notes = added(this.#notes, text);
  }

  result(): StepResult {
    return {
      subject: this.subject,
      entries: this.#entries ?? none,
      moves: this.#moves ?? none,
      effects: this.#effects ?? none,
      runs: this.#runs ?? none,
      counted: this.#counted ?? none,
      freed: this.#freed ?? none,
      expiring: this.#expiring ?? none,
      expired: this.#expired ?? none,
      notes: this.#notes ?? none,
      nextDueAt: this.subject.nextDueAt,
    };
  }

  get fields(): Readonly<Record<string, FieldValue>> {
    return this.subject.fields;
  }

  get labels(): readonly string[] {
    return this.subject.labels;
  }

  get stage(): string | null {
    return this.subject.stage;
  }

  events(type: string): readonly PastEvent[] {
    return this.facts.events(type);
  }

  score(modelId: string, part: 'all' | 'behaviour'): Micro {
    const model = this.program.model.get(modelId);
    if (!model) return 0;
    if (part === 'all') return this.scoreOf(model, this.at);
    return Math.round(behaviourPart(model, this.of(modelId).reading(model), this.at)) + 0;
  }

  band(modelId: string): string | null {
    const model = this.program.model.get(modelId);
    return model ? (bandOf(model, this.scoreOf(model, this.at))?.id ?? null) : null;
  }

  inAudience(model: CompiledModel): boolean {
    return model.audience === null || model.audience.holds(this);
  }

  /** Moves to a moment at which something falls due or arrives. */
  enter(at: number, earnedAt: number, root: string, backfilled: boolean): void {
    this.at = at;
    this.earnedAt = earnedAt;
    this.root = root;
    this.#rootDigest = null;
    this.backfilled = backfilled;
    this.subject.clock = at;
    this.passed = 0;
    this.started = 0;
    this.settledBits = null;
    this.#looked = -1;
  }

  /** Of what watched segments look at. */
  get #version(): number {
    return this.subject.moves + this.#edits;
  }

  /** Which segments the contact is in stands as it is: time has brought what it does, and the input at hand changes nothing yet. */
  membershipStands(): void {
    this.#looked = this.#version;
  }

  /** Whether what watched segments look at may have changed since they were looked at. */
  changedSinceLook(): boolean {
    if (this.#looked === this.#version) return false;
    this.#looked = this.#version;
    return true;
  }

  /** What the ids of entries and moves begin with: contact, generation, root. */
  get rootDigest(): Digest {
    const { id, generation } = this.subject;
    return (this.#rootDigest ??= digest(this.root, numbered(generation, digest(id))));
  }

  /** The workbench of a model. */
  of(modelId: string): ModelWork {
    if (this.#models) for (const model of this.#models) if (model.id === modelId) return model;
    const model = new ModelWork(modelId, this.subject.models[modelId], this);
    this.#models = added(this.#models, model);
    return model;
  }

  /** Takes the copy of a model's state that will be written. */
  putModel(id: string, own: ModelState): void {
    if (!this.#ownModels) this.subject.models = { ...this.subject.models };
    this.#ownModels = true;
    this.subject.models[id] = own;
  }

  /** A score as it stands, or as of a moment before, in micropoints. */
  scoreOf(model: CompiledModel, at: number): Micro {
    return scoreOf(model, this.of(model.id).reading(model), at);
  }

  setLabels(labels: string[]): void {
    this.subject.labels = labels;
    this.#edits++;
  }

  setField(name: string, value: FieldValue, at: number): void {
    this.#edits++;
    if (!this.#ownFields) {
      this.subject.fields = { ...this.subject.fields };
      this.subject.fieldTimes = { ...this.subject.fieldTimes };
      this.#ownFields = true;
    }
    this.subject.fields[name] = value;
    this.subject.fieldTimes[name] = at;
  }

  removeRun(runId: string): void {
    if (this.subject.runs.length === 0) return;
    this.subject.runs = this.subject.runs.filter((run) => run.id !== runId);
  }

  keepRun(run: RunState): void {
    this.subject.runs = [...this.subject.runs.filter((other) => other.id !== run.id), run];
  }
}
