import type { z } from 'zod';
import type { Condition } from '../model/condition.ts';
import type { Counting } from '../model/counting.ts';
import type { FieldValue, Json } from '../model/value.ts';

/** What a node leads to. */
export type Outcome =
  | { kind: 'go'; port: string; note?: string | undefined }
  | { kind: 'jump'; to: string; note?: string | undefined }
  | { kind: 'wait'; for: 'time' | 'event'; until: number; note?: string | undefined }
  /** Wait for what `whileWaiting` sees, for ever where there is no deadline. */
  | { kind: 'wait'; for: 'condition'; until: number | null; note?: string | undefined }
  /** Wait for the answer to an ask that the node has made. */
  | { kind: 'answer'; ask: string; note?: string | undefined }
  | { kind: 'end'; note?: string | undefined };

export type Amount = { kind: 'points'; points: number } | { kind: 'percent'; percent: number };

/** What a node may see and do while a run passes it. Implemented by the core; every method is pure data in the end. */
export interface Pass {
  /** The contact's clock, ms. */
  readonly at: number;
  readonly contactId: string;
  /** Null when someone may be paged. */
  readonly held: 'backfill' | null;
  readonly openLead: string | null;
  /** A field of the contact. */
  field(name: string): FieldValue | undefined;
  holds(condition: Condition): boolean;
  /** Whether the node counts this time; else why not. Remembered by the points that follow, if they are worth anything. */
  counts(counting: Counting): { ok: true } | { ok: false; why: string };
  addPoints(
    model: string,
    group: string,
    points: number,
    options: { decays: boolean; expiresAfterMs: number | null },
  ): string;
  /** A decay step that stops at the floor; says what it took. */
  takePoints(model: string, by: Amount, floor: number): string;
  setScore(model: string, score: number): string;
  resetScore(model: string): string;
  score(model: string, part: 'all' | 'behaviour'): number;
  moveTo(stage: string): string;
  setField(field: string, value: FieldValue): string;
  setLabel(label: string, on: boolean): string;
  /** Text with `{{field}}` places filled from the contact. */
  render(template: string): string;
  deliver(channel: string, message: { subject: string; body: string }): void;
  /** Asks a webhook channel; returns the id that its answer will name. */
  request(channel: string, body: string): string;
  askRoute(queue: string): string;
  startAutomation(automation: string): string;
  /** A number in [0, 1) that is always the same for this contact and node. */
  fraction(): number;
}

/** Definitions that a node's settings name: checked by validation, followed by "used by". */
export interface References {
  models?: string[];
  groups?: { model: string; group: string }[];
  stages?: string[];
  queues?: string[];
  channels?: string[];
  /** Channels that must be webhooks. */
  webhooks?: string[];
  automations?: string[];
  nodes?: string[];
  conditions?: { path: string; condition: Condition }[];
}

/** A node type: the one place that knows its settings, outputs and behaviour. */
export interface NodeType<Type extends string, Settings> {
  readonly type: Type;
  readonly title: string;
  readonly kind: 'instant' | 'wait' | 'outward' | 'answering' | 'end';
  readonly settings: z.ZodType<Settings>;
  /** Outputs that edges can leave from, in the order in which they are drawn. */
  ports(settings: Settings): string[];
  references(settings: Settings): References;
  /** Problems that the schema cannot see. */
  check?(settings: Settings): string[];
  counting?(settings: Settings): Counting;
  /** Fields of the contact that it may write. */
  writes?(settings: Settings): string[];
  run(settings: Settings, pass: Pass): Outcome;
  /**
   * Asked whenever something changed while a run waits here, and at the moments at which time alone changes an answer of the
   * conditions that the node names: goes on, waits until another moment, or (null) waits as before.
   */
  whileWaiting?(settings: Settings, pass: Pass): Outcome | null;
  /** Takes in what came with the answer that a run waited for here, before it goes on. */
  answered?(settings: Settings, pass: Pass, detail: Json): void;
  /** Whether runs that wait in steps before it are pulled here now. They then pass `run` by `goalPort`. */
  pulls?(settings: Settings, pass: Pass): boolean;
  /** Outputs of a wait that a run may take in the very moment in which it comes: a circle through them would not wait. */
  atOnce?(settings: Settings): string[];
}

/** The output of a goal that was reached. */
export const goalPort = 'reached';

/** Keeps literal types while checking the shape. */
export const nodeType = <const Type extends string, Settings>(
  definition: NodeType<Type, Settings>,
): NodeType<Type, Settings> => definition;

export const next = (note?: string): Outcome => ({ kind: 'go', port: 'next', note });
