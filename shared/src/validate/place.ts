import type { Definition, Definitions } from '../model/definitions.ts';
import type { Condition } from '../model/condition.ts';
import { automationsGroupId, type ScoreModel } from '../model/score-model.ts';
import type { Segment } from '../model/segment.ts';
import type { Problem, ProblemCode } from './problem.ts';
import { highestScore } from './reach.ts';
import { kindsIn } from './segments.ts';

/** One document, or one node of it, under validation: collects problems that point there. */
export class Place {
  readonly #definitions: Definitions;
  readonly #problems: Problem[];
  readonly #document: Problem['document'];
  readonly #node: string | undefined;

  constructor(
    definitions: Definitions,
    problems: Problem[],
    document: { kind: Definition['kind']; id: string },
    node?: string,
  ) {
    this.#definitions = definitions;
    this.#problems = problems;
    this.#document = document;
    this.#node = node;
  }

  at(node: string): Place {
    return new Place(this.#definitions, this.#problems, this.#document, node);
  }

  error(code: ProblemCode, path: string, message: string): void {
    this.#add('error', code, path, message);
  }

  warning(code: ProblemCode, path: string, message: string): void {
    this.#add('warning', code, path, message);
  }

  model(id: string, path: string): ScoreModel | undefined {
    const model = this.#definitions.models.find((candidate) => candidate.id === id);
    if (!model) this.error('unknown_model', path, `There is no score model "${id}".`);
    return model;
  }

  /** The most that a model can give with what is in force around it. */
  highestScore(model: ScoreModel): number {
    return highestScore(model, this.#definitions);
  }

  group(modelId: string, groupId: string, path: string): void {
    const model = this.#definitions.models.find((candidate) => candidate.id === modelId);
    if (!model) return;
    const group = model.groups.find((candidate) => candidate.id === groupId);
    if (!group && groupId !== automationsGroupId)
      this.error('unknown_group', path, `The model "${model.name}" has no group "${groupId}".`);
    if (group?.kind === 'profile')
      this.error(
        'wrong_group_kind',
        path,
        `Automations score into behaviour groups; "${group.name}" is a profile group.`,
      );
  }

  /** A band of a model. `path` is the condition's. */
  band(modelId: string, id: string, path: string): void {
    const model = this.model(modelId, `${path}.model`);
    if (model && !model.bands?.some((band) => band.id === id))
      this.error('unknown_band', `${path}.in`, `The model "${model.name}" has no band "${id}".`);
  }

  stage(id: string, path: string): void {
    if (!this.#definitions.lifecycle?.stages.some((stage) => stage.id === id))
      this.error('unknown_stage', path, `The lifecycle has no stage "${id}".`);
  }

  queue(id: string, path: string): void {
    if (!this.#definitions.queues.some((queue) => queue.id === id))
      this.error('unknown_queue', path, `There is no sales queue "${id}".`);
  }

  channel(id: string, path: string): void {
    if (!this.#definitions.channels.some((channel) => channel.id === id))
      this.error('unknown_channel', path, `There is no channel "${id}".`);
  }

  /** A channel that is asked: only webhooks answer. One that is not there is another problem. */
  webhook(id: string, path: string): void {
    const channel = this.#definitions.channels.find((candidate) => candidate.id === id);
    if (channel && channel.type !== 'webhook')
      this.error('wrong_channel_type', path, `"${channel.name}" cannot be asked; choose a webhook.`);
  }

  automation(id: string, path: string): void {
    if (!this.#definitions.automations.some(({ graph }) => graph.id === id))
      this.error('unknown_automation', path, `There is no automation "${id}".`);
  }

  segment(id: string, path: string): Segment | undefined {
    const segment = this.#definitions.segments.find((candidate) => candidate.id === id);
    if (!segment) this.error('unknown_segment', path, `There is no segment "${id}".`);
    return segment;
  }

  /** All that membership in a segment depends on. */
  kindsOf(segment: Segment): Condition['kind'][] {
    return [...kindsIn(segment, this.#definitions.segments)];
  }

  #add(severity: Problem['severity'], code: ProblemCode, path: string, message: string): void {
    const node = this.#node === undefined ? {} : { node: this.#node };
    this.#problems.push({ severity, code, document: this.#document, ...node, path, message });
  }
}
