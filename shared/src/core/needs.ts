import { ownValue, readPath, type Properties } from '../model/value.ts';
import type { Counting } from '../model/counting.ts';
import { isInternalEventType } from '../model/event-type.ts';
import { daysMs } from '../model/time.ts';
import type { FieldGate, PastNeed } from './conditions/conditions.ts';
import { added } from './lists.ts';
import { eventOf, triggerKey, type Asks, type CompiledAutomation, type Program } from './program.ts';
import type { EventInput, Input } from './result.ts';
import { voidEvent } from './scores/undo.ts';
import { moveRunEvent } from './runs/runs.ts';
import { counterOf, countedValue, type CounterScope } from './scores/rules.ts';
import { earnedAtOf, momentOf } from './step.ts';
import type { Subject } from './subject.ts';

/** What a driver loads into the FactBook before it steps these inputs for this contact. */
export interface Needs {
  /** Past events of a type with `occurred_at > after` (null: all); only the latest so many (null: all of them). */
  events: { type: string; after: number | null; latest: number | null }[];
  /** Times at which a counter counted for a value (null: for each value), `at > after`. */
  counted: { counter: string; value: string | null; after: number }[];
  /** Expiring entries up to this moment, and the first one after it; null: none. */
  expiringUntil: number | null;
  /** Decay steps after this moment; null: none. */
  stepsAfter: number | null;
  /** The whole ledger of the generation, and what the messages behind it said: something is undone. */
  ledger: boolean;
}

/** Names the past that these inputs may ask about: never too little, sometimes more than they will. */
export const needs = (program: Program, subject: Subject, inputs: readonly Input[]): Needs => {
  const collector = new Collector(program, subject, inputs);
  for (const input of inputs) collector.add(input);
  return collector.needs;
};

class Collector {
  readonly needs: Needs = { events: [], counted: [], expiringUntil: null, stepsAfter: null, ledger: false };
  readonly #program: Program;
  readonly #subject: Subject;
  readonly #inputs: readonly Input[];
  #clock: number;

  constructor(program: Program, subject: Subject, inputs: readonly Input[]) {
    this.#program = program;
    this.#subject = subject;
    this.#inputs = inputs;
    this.#clock = subject.clock;
    // What a late event resumes or sets off counts from the event's own date.
    let earliest = subject.clock;
    for (const input of inputs) if (input.kind === 'event') earliest = Math.min(earliest, earnedAtOf(input));
    for (const run of subject.runs) {
      const automation = program.automations.get(run.automation)?.get(run.version);
      if (automation) this.#automation(automation, run.trigger.properties, earliest);
    }
    // Dues, and cascades from what they or the inputs change, can start any automation that something inside starts.
    this.#asks(program.asksWithin, null, earliest);
  }

  add(input: Input): void {
    const moment = input.kind === 'tick' ? input.to : momentOf(input, { clock: this.#clock });
    if (this.#subject.expiring > 0) this.needs.expiringUntil = Math.max(this.needs.expiringUntil ?? 0, moment);
    if (input.kind === 'event') this.#event(input.type, input.properties, earnedAtOf(input));
    this.#clock = Math.max(this.#clock, moment);
  }

  #event(type: string, properties: Properties, earnedAt: number): void {
    const event = eventOf(this.#program, type);
    if (earnedAt < this.#clock) this.needs.stepsAfter = Math.min(this.needs.stepsAfter ?? earnedAt, earnedAt);
    for (const { rules } of event.rules) {
      for (const rule of rules) this.#counting(rule.counts, rule.scope, properties, earnedAt);
    }
    if (event.internal) {
      if (type === voidEvent) this.#undo();
      if (type === moveRunEvent) this.#moved(properties, earnedAt);
      this.#triggered(triggerKey('manual', automationOf(properties)), properties, earnedAt);
      this.#triggered(triggerKey('schedule', automationOf(properties)), properties, earnedAt);
      this.#triggered(triggerKey('lead', type.slice('ripen.lead_'.length)), properties, earnedAt);
      return;
    }
    if (event.scanner)
      for (const { type: past, withinMs } of event.scanner.past) this.#past(past, earnedAt - withinMs, null);
    if (event.key !== null) this.#triggered(event.key, properties, earnedAt);
  }

  /** What is undone may be any entry, and the next to expire after it any other. */
  #undo(): void {
    this.needs.ledger = true;
    if (this.#subject.expiring > 0) this.needs.expiringUntil = Number.MAX_SAFE_INTEGER;
  }

  /** What a later input of the batch takes on goes on by the other version. */
  #moved(properties: Properties, earnedAt: number): void {
    const { version } = properties;
    const versions = this.#program.automations.get(automationOf(properties));
    const to = typeof version === 'number' ? versions?.get(version) : undefined;
    if (to) this.#automation(to, null, Math.min(earnedAt, this.#subject.clock));
  }

  #triggered(key: string, properties: Properties, earnedAt: number): void {
    const triggers = this.#program.triggers.get(key);
    if (triggers) for (const { automation } of triggers) this.#automation(automation, properties, earnedAt);
  }

  #automation(automation: CompiledAutomation, properties: Properties | null, earnedAt: number): void {
    const asks = this.#program.asks.get(automation);
    if (asks) this.#asks(asks, properties, earnedAt);
  }

  #asks({ countings, past }: Asks, properties: Properties | null, earnedAt: number): void {
    for (const { counting, scope } of countings) this.#counting(counting, scope, properties, earnedAt);
    for (const need of past) this.#pastOf(need);
  }

  /** `properties` null: what will start it is not known yet, so every value counts. */
  #counting(counting: Counting, scope: CounterScope, properties: Properties | null, earnedAt: number): void {
    if (counting.kind === 'once' || counting.kind === 'every_time') return;
    const epoch = scope.model === null ? 0 : (this.#subject.models[scope.model]?.epoch ?? 0);
    const value =
      counting.kind === 'at_most' ? '' : properties && countedValue(readPath(properties, counting.property));
    if (value === null && properties !== null) return;
    const after = counting.kind === 'at_most' ? Math.min(earnedAt, this.#subject.clock) - daysMs(counting.perDays) : -1;
    const counter = counterOf(scope, epoch);
    const present = this.needs.counted.find((need) => need.counter === counter && need.value === value);
    if (present) present.after = Math.min(present.after, after);
    else this.needs.counted = added(this.needs.counted, { counter, value, after });
  }

  #pastOf({ type, withinMs, latest, gates }: PastNeed): void {
    if (gates && !gates.every((gate) => this.#mayHold(gate))) return;
    // Conditions are asked at the clock or later, so nothing older than the window before it matters.
    this.#past(type, withinMs === null ? null : this.#subject.clock - withinMs, latest);
  }

  /** Whether it holds, or may hold when something of the batch, or an automation, has written the field. */
  #mayHold(gate: FieldGate): boolean {
    const { field } = gate;
    return (
      gate.holds(ownValue(this.#subject.fields, field)) ||
      this.#program.written.has(field) ||
      this.#inputs.some((input) => input.kind === 'event' && mayWrite(input, field))
    );
  }

  /** One need per type, so that no event is loaded twice: the widest of what is asked. */
  #past(type: string, after: number | null, latest: number | null): void {
    // Nothing of the contact's past lies after its clock.
    if (after !== null && after >= this.#subject.clock) return;
    const present = this.needs.events.find((need) => need.type === type);
    if (!present) {
      this.needs.events = added(this.needs.events, { type, after, latest });
      return;
    }
    present.after = present.after === null || after === null ? null : Math.min(present.after, after);
    present.latest = present.latest === null || latest === null ? null : Math.max(present.latest, latest);
  }
}

/** The product's own events may write any field. */
const mayWrite = ({ type, fields }: EventInput, field: string): boolean =>
  isInternalEventType(type) || (fields !== null && Object.hasOwn(fields, field));

const automationOf = ({ automation }: Properties): string => (typeof automation === 'string' ? automation : '');
