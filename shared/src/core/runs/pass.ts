import type { Condition } from '../../model/condition.ts';
import type { Counting } from '../../model/counting.ts';
import { automationsGroupId } from '../../model/score-model.ts';
import type { FieldValue, Json, Properties } from '../../model/value.ts';
import type { Amount, Pass } from '../../nodes/node-type.ts';
import { changeField, changeLabel } from '../arrivals/contact-changes.ts';
import { explain } from '../scores/explain.ts';
import { derivedFraction, digest, idOf, numbered } from '../ids.ts';
import { adjustTo, decayStep, earn, resetModel, worthEarning, type Occurrence } from '../scores/ledger.ts';
import { totalKey, triggerKey, type CompiledAutomation, type CompiledModel, type CompiledNode } from '../program.ts';
import { openComparisons } from '../scores/comparisons.ts';
import { applyProfileRules, counts, remember, type Mark } from '../scores/rules.ts';
import { move, settle } from '../scores/stages.ts';
import { toMicro, toPoints, type Micro, type RunState } from '../subject.ts';
import type { Work } from '../work.ts';

const signed = (micro: Micro): string => (micro < 0 ? `${toPoints(micro)}` : `+${toPoints(micro)}`);

const counted = { ok: true } as const;

/** What a node may do to the contact, as one run passes it. */
export class NodePass implements Pass {
  readonly #work: Work;
  readonly #automation: CompiledAutomation;
  readonly #node: CompiledNode;
  readonly #run: RunState;
  /** That the node counted, to be remembered when its points are worth something. */
  #mark: Mark | null = null;

  constructor(work: Work, automation: CompiledAutomation, node: CompiledNode, run: RunState) {
    this.#work = work;
    this.#automation = automation;
    this.#node = node;
    this.#run = run;
  }

  get at(): number {
    return this.#work.at;
  }

  get contactId(): string {
    return this.#work.subject.id;
  }

  get held(): 'backfill' | null {
    return this.#work.backfilled && !this.#automation.graph.pagesOnBackfill ? 'backfill' : null;
  }

  get openLead(): string | null {
    return this.#work.subject.openLead;
  }

  get #cause(): string {
    return this.#node.cause;
  }

  /** Tells this pass of the node apart from every other. */
  get #occurrence(): Occurrence {
    return { of: this.#run.id, count: this.#run.steps };
  }

  /** The id of something that this pass asks of the outside. */
  #idOf(what: 'deliver' | 'ask'): string {
    const { of, count } = this.#occurrence;
    return idOf(numbered(count ?? 0, digest(of, digest(what))));
  }

  field(name: string): FieldValue | undefined {
    const { fields } = this.#work.subject;
    return Object.hasOwn(fields, name) ? fields[name] : undefined;
  }

  holds(condition: Condition): boolean {
    const { conditions } = this.#work.program;
    const compiled = conditions.get(condition);
    if (!compiled) throw new Error(`Node "${this.#node.node.id}" asks a condition that it does not name.`);
    return compiled.holds(this.#work);
  }

  counts(counting: Counting): { ok: true } | { ok: false; why: string } {
    const count = counts(this.#work, counting, this.#node.scope);
    if (typeof count === 'string') return { ok: false, why: count };
    this.#mark = count;
    return counted;
  }

  addPoints(
    modelId: string,
    group: string,
    points: number,
    options: { decays: boolean; expiresAfterMs: number | null },
  ): string {
    const model = this.#model(modelId);
    if (!this.#work.inAudience(model)) return `outside the audience of ${model.name}`;
    const worthless = worthEarning(this.#work, model, options.expiresAfterMs);
    if (worthless !== null) return worthless;
    remember(this.#work, this.#mark);
    const into = model.groups.some(({ id }) => id === group) ? group : automationsGroupId;
    earn(this.#work, model, {
      group: into,
      points: toMicro(points),
      cause: this.#cause,
      total: this.#node.totals.get(into) ?? totalKey(into, this.#cause),
      name: this.#node.entry,
      occurrence: this.#occurrence,
      runId: this.#run.id,
      decays: options.decays,
      expiresAfterMs: options.expiresAfterMs,
    });
    settle(this.#work);
    return `${signed(toMicro(points))} ${model.name}`;
  }

  takePoints(modelId: string, by: Amount, floor: number): string {
    const model = this.#model(modelId);
    remember(this.#work, this.#mark);
    const taken = decayStep(this.#work, model, by, toMicro(floor), this.#cause, this.#occurrence, this.#run.id);
    settle(this.#work);
    return taken === null ? `${model.name} is at its floor` : `${signed(-taken)} ${model.name}`;
  }

  setScore(modelId: string, score: number): string {
    const model = this.#model(modelId);
    const change = adjustTo(this.#work, model, toMicro(score), this.#cause, this.#occurrence, this.#run.id);
    settle(this.#work);
    return `${signed(change)} ${model.name}`;
  }

  resetScore(modelId: string): string {
    const model = this.#model(modelId);
    const taken = resetModel(this.#work, model, this.#cause, this.#occurrence, this.#run.id);
    settle(this.#work);
    return `${signed(-taken)} ${model.name}`;
  }

  score(model: string, part: 'all' | 'behaviour'): number {
    return toPoints(this.#work.score(model, part));
  }

  moveTo(stage: string): string {
    const { subject } = this.#work;
    if (subject.stage === stage) return `already ${stage}`;
    openComparisons(this.#work);
    move(this.#work, stage, [], this.#cause);
    if (this.#work.program.looksAtStage) applyProfileRules(this.#work);
    settle(this.#work);
    return stage;
  }

  setField(field: string, value: FieldValue): string {
    return changeField(this.#work, field, value) ? `${field} = ${JSON.stringify(value)}` : 'unchanged';
  }

  setLabel(label: string, on: boolean): string {
    return changeLabel(this.#work, label, on) ? label : on ? 'had it' : 'did not have it';
  }

  render(template: string): string {
    return template.replace(/\{\{\s*([^{}]{1,200}?)\s*\}\}/g, (_, name: string) => this.#place(name));
  }

  deliver(channel: string, message: { subject: string; body: string }): void {
    this.#tell(channel, message, false);
  }

  request(channel: string, body: string): string {
    return this.#tell(channel, { subject: '', body }, true);
  }

  /** Returns the id of what is told. */
  #tell(channel: string, message: { subject: string; body: string }, answers: boolean): string {
    const id = this.#idOf('deliver');
    this.#work.addEffect({
      kind: 'deliver',
      answers,
      id,
      runId: this.#run.id,
      node: this.#node.node.id,
      channel,
      held: this.held,
      at: this.at,
      payload: { ...this.#snapshot(), message },
    });
    return id;
  }

  askRoute(queue: string): string {
    const id = this.#idOf('ask');
    this.#work.subject.openLead = id;
    this.#work.addEffect({
      kind: 'ask',
      id,
      runId: this.#run.id,
      node: this.#node.node.id,
      what: 'route',
      queue,
      held: this.held,
      at: this.at,
      payload: { ...this.#snapshot(), why: this.#why() },
    });
    return id;
  }

  startAutomation(automation: string): string {
    this.#work.queue.push({
      kind: 'trigger',
      key: triggerKey('manual', automation),
      properties: this.#run.trigger.properties,
    });
    return automation;
  }

  fraction(): number {
    return derivedFraction(`split|${this.contactId}|${this.#automation.id}|${this.#node.node.id}`);
  }

  #model(id: string): CompiledModel {
    const model = this.#work.program.model.get(id);
    if (!model) throw new Error(`Node "${this.#node.node.id}" names the score model "${id}", which does not exist.`);
    return model;
  }

  #place(name: string): string {
    const { subject } = this.#work;
    if (name === 'stage') return subject.stage ?? '';
    if (name.startsWith('score:')) return String(this.score(name.slice('score:'.length), 'all'));
    if (name.startsWith('event.')) return plain(this.#run.trigger.properties[name.slice('event.'.length)]);
    return plain(this.field(name));
  }

  /** The contact as the outside is told of it. */
  #snapshot(): Properties {
    const { subject, program } = this.#work;
    return {
      contact: { id: subject.id, fields: subject.fields, labels: subject.labels, stage: subject.stage },
      scores: Object.fromEntries(
        program.models
          .filter((model) => this.#work.inAudience(model))
          .map((model) => [model.id, this.score(model.id, 'all')]),
      ),
      automation: { id: this.#automation.id, name: this.#automation.name, version: this.#automation.version },
      run: this.#run.id,
      at: new Date(this.at).toISOString(),
    };
  }

  /** The explanation of the score that drives the lifecycle, as of now. */
  #why(): Json {
    const { program, subject } = this.#work;
    const model = program.lifecycle ? program.model.get(program.lifecycle.model) : program.models[0];
    return model ? explain(program, subject, model.id, this.at).lines.map((line) => ({ ...line })) : [];
  }
}

const plain = (value: Json | undefined): string =>
  value === undefined || value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);
