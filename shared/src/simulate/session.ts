import { contactIdOf } from '../contract/identity.ts';
import { scoreAt, type ScoreNow } from '../core/scores/explain.ts';
import type { Watch } from '../core/program.ts';
import { newGroup, newModelState } from '../core/scores/score.ts';
import { newSubject, toMicro, type ModelState, type Subject } from '../core/subject.ts';
import type { Definitions } from '../model/definitions.ts';
import type { MadeUpContact, Scripted } from '../model/scenario.ts';
import { automationsGroupId } from '../model/score-model.ts';
import { nodeTypeOf } from '../nodes/registry.ts';
import type { RunSummary, SimulationRecord } from './records.ts';
import { Simulator } from './simulator.ts';
import { whyOf, type Why } from './why.ts';

/** A question that an automation asked, at a trigger (`node` is null) or at a node. */
export interface Asked {
  automation: string;
  version: number;
  run: string | null;
  node: string | null;
  at: number;
  why: Why;
}

/** Something happened: an event came, or a moment fell due. */
export interface Frame {
  /** The contact's clock after it, ms. */
  at: number;
  /** The message that came; null when time did it. */
  messageId: string | null;
  subject: Subject;
  records: SimulationRecord[];
  asked: Asked[];
}

export type SessionContact =
  | { kind: 'made_up'; contact: MadeUpContact; userId: string }
  /** One who exists: all that ever arrived for them, as the API lists it, lived through under what is in force. */
  | { kind: 'known'; contact: string; arrivals: readonly unknown[]; under: Definitions };

export interface SessionOptions {
  definitions: Definitions;
  contact: SessionContact;
  /** When it begins, ms. */
  at: number;
}

/** More happenings than this are no trial any more but a loop. */
export const mostFrames = 2_000;

/**
 * One contact in the simulator, tried by hand: events are sent, time is moved on, and everything that follows is kept frame by
 * frame, so that any moment passed can be looked at again. Nothing leaves it.
 */
export class Session {
  readonly frames: Frame[] = [];
  /** What was sent, as the tracking API takes it: loaded as a history, it has the same ledger. */
  readonly calls: Record<string, unknown>[] = [];
  readonly startedAt: number;
  readonly #contact: SessionContact;
  readonly #contactId: string;
  readonly #simulator: Simulator;
  #records: SimulationRecord[] = [];
  #asked: Asked[] = [];
  #ended = new Map<string, RunSummary>();
  #now: number;
  readonly #scripted = new Map<string, Scripted>();
  #sent = 0;

  constructor({ definitions, contact, at }: SessionOptions) {
    this.#contact = contact;
    this.startedAt = this.#now = at;
    const known = contact.kind === 'known';
    this.#contactId = known ? contact.contact : contactIdOf({ user: contact.userId, email: null, anonymous: null });
    this.#simulator = new Simulator({
      definitions: known ? contact.under : definitions,
      answers: known ? 'recorded' : 'assumed',
      schedules: known ? 'recorded' : 'assumed',
      emit: (record) => this.#records.push(record),
      watch: this.#watch,
    });
    if (known) {
      this.#simulator.know(contact.contact, this.contact.userId);
      for (const arrival of contact.arrivals) this.#simulator.take(arrival);
      this.#simulator.advance(at);
      this.#simulator.publish(
        { ...definitions, revision: contact.under.revision + 1 },
        { answers: 'assumed', schedules: 'assumed' },
      );
      this.#forget();
    } else {
      const { contact: how, userId } = contact;
      if (how.labels.length > 0 || how.stage !== null || Object.keys(how.points).length > 0) {
        this.#simulator.know(this.#contactId, userId);
        this.#simulator.begin(subjectOf(this.#contactId, definitions, how, at));
      }
      this.send({ type: 'identify', traits: how.fields }, at);
    }
  }

  /**
   * Something arrives at a moment not before the last one: a call of the tracking API, without its identity. Returns why it cannot
   * be used, or null.
   */
  send(call: Record<string, unknown>, at: number, scripted?: Scripted): string | null {
    this.advance(at);
    const messageId = `try:${(this.#sent += 1)}`;
    if (scripted) this.#scripted.set(messageId, scripted);
    const whole = { messageId, ...this.contact, ...call, timestamp: new Date(this.#now).toISOString() };
    this.calls.push(whole);
    // Reading may repair text in place; a call is JSON.
    const copy: unknown = JSON.parse(JSON.stringify(whole));
    this.#frame(messageId, () => this.#simulator.take(copy, { receivedAt: this.#now }));
    const refused = this.frames.at(-1)?.records.find((record) => record.kind === 'dead_letter');
    return refused?.kind === 'dead_letter' ? refused.reason : null;
  }

  /** What of a script a message was; null for what the session itself sent. */
  sentOf(messageId: string): Scripted | null {
    return this.#scripted.get(messageId) ?? null;
  }

  /** Time goes on; everything that falls due until then happens. Says how far it came: less than asked only in a loop. */
  advance(to: number): number {
    for (let due = this.next; due !== null && due <= to; due = this.next) {
      if (this.frames.length >= mostFrames) return this.#now;
      const at = Math.max(due, this.#now);
      this.#frame(null, () => this.#simulator.advance(at));
      this.#now = at;
    }
    this.#now = Math.max(this.#now, to);
    return this.#now;
  }

  /** The next moment at which something happens by itself, ms. */
  get next(): number | null {
    const due = this.#simulator.subject(this.#contactId)?.nextDueAt ?? null;
    const round = this.#simulator.nextRound;
    return due !== null && round !== null ? Math.min(due, round) : (due ?? round);
  }

  /** Who it is about, as a call of the tracking API names them. */
  get contact(): { userId: string } {
    return { userId: this.#contact.kind === 'known' ? this.#contactId : this.#contact.userId };
  }

  /** The last frame at a moment; undefined before the first. */
  frameAt(at: number): Frame | undefined {
    return this.frames.findLast((frame) => frame.at <= at);
  }

  /** A score at a moment, as it fades between frames. */
  scoreAt(model: string, at: number): ScoreNow | null {
    const frame = this.frameAt(at);
    const { program } = this.#simulator;
    return frame && program.model.has(model)
      ? scoreAt(program, frame.subject, model, Math.max(at, frame.subject.clock))
      : null;
  }

  /** All runs, in the order in which they started: those that ended, and those that wait at the end. */
  get runs(): RunSummary[] {
    const all = new Map(this.#ended);
    for (const run of this.#simulator.waiting(this.#contactId)) all.set(run.id, run);
    return [...all.values()].sort((a, b) => a.startedAt - b.startedAt);
  }

  #frame(messageId: string | null, act: () => void): void {
    this.#forget();
    act();
    const subject = this.#simulator.subject(this.#contactId) ?? newSubject(this.#contactId);
    for (const record of this.#records) if (record.kind === 'run') this.#ended.set(record.run.id, record.run);
    this.frames.push({
      at: Math.max(subject.clock, this.#now),
      messageId,
      subject,
      records: this.#records,
      asked: this.#asked,
    });
  }

  #forget(): void {
    this.#records = [];
    this.#asked = [];
  }

  readonly #watch: Watch = (asked, view) => {
    const { automation, run } = asked;
    const conditions =
      'node' in asked
        ? (nodeTypeOf(asked.node).references(asked.node.settings).conditions ?? []).map(({ condition }) => condition)
        : asked.trigger.type === 'event' && asked.trigger.where
          ? [asked.trigger.where]
          : [];
    for (const condition of conditions) {
      const why = whyOf(condition, view, this.#simulator.program.segmentOf);
      const node = 'node' in asked ? asked.node.id : null;
      this.#asked.push({ automation: automation.id, version: automation.version, run, node, at: view.at, why });
      // Of several branches the first that holds is taken: the others are not asked.
      if (why.holds) break;
    }
  };
}

/** A contact as if they had been there before: nothing is set off by how they begin. */
const subjectOf = (id: string, definitions: Definitions, how: MadeUpContact, at: number): Subject => ({
  ...newSubject(id),
  clock: at,
  lastActivityAt: Object.keys(how.points).length > 0 ? at : null,
  labels: [...how.labels],
  stage: how.stage,
  stageSince: how.stage === null ? null : at,
  models: Object.fromEntries(
    definitions.models.flatMap(({ id: model, groups, halfLifeDays }) => {
      const points = how.points[model];
      if (points === undefined || points === 0) return [];
      const group = groups.find(({ kind }) => kind === 'behaviour')?.id ?? automationsGroupId;
      return [[model, earnedBefore(group, points, at, halfLifeDays !== undefined)]];
    }),
  ),
});

const earnedBefore = (group: string, points: number, at: number, fades: boolean): ModelState => {
  const micro = toMicro(points);
  const worth = fades ? { fading: micro } : { lasting: micro };
  return {
    ...newModelState(),
    firstPointAt: at,
    groups: { [group]: { ...newGroup(), at, ...worth, live: 1 } },
    causes: [`${group}:before`],
    totals: [micro],
  };
};
