import { startNodeId, type RunStatus, type TrailStep } from '@ripen/shared';
import type { ContactRow } from '../store/contacts.ts';
import {
  addCounts,
  stepPorts,
  type CountedRun,
  type DayChange,
  type StepChange,
  type TotalsChange,
} from '../store/run-counts.ts';
import { ofRun, stretches, stretchOf, type TimeChange } from '../store/step-times.ts';
import type { Queryable } from '../store/store.ts';
import type { FoldedRun } from './changes.ts';

const dayMs = 86_400_000;
/** Every lane's range of slots is made of whole ones of these, so lanes never share a counter's row. */
const slotsPerShard = 32;
export const shardOf = ({ slot }: Pick<ContactRow, 'slot'>): number => Math.floor(slot / slotsPerShard);

type Passing = 'automation' | 'version' | 'status' | 'node';

/** What happened in the shortest stretch; the longer ones are made of these. */
const [shortest] = stretches;

const ended = ['completed', 'failed', 'cancelled'] as const;

/** Adds up what happens to runs, so that each counter is written once. */
export class RunCounts {
  readonly #totals = new Map<string, TotalsChange>();
  readonly #days = new Map<string, DayChange>();
  readonly #steps = new Map<string, StepChange>();
  readonly #times = new Map<string, TimeChange>();
  readonly #shard: number;
  /** What happened before is in no period that anybody asks for. */
  readonly #keptFrom: number;
  readonly #now: number;

  constructor(shard: number, now: number) {
    this.#shard = shard;
    this.#keptFrom = now - Math.max(...stretches.map(({ keptMs }) => keptMs));
    this.#now = now;
  }

  /** What a batch did to a run. One that was there already waited until now. */
  change({ change }: FoldedRun): void {
    const { automation, version, startedAt, started, status, steps, at } = change;
    if (started) this.#enter(automation, version, startedAt, 1);
    if (status !== 'waiting') this.#end(automation, version, startedAt, at, status, 1);
    this.#pass(change, steps, at, started, 1);
  }

  /** A whole run, once more or (`by` -1) once less. */
  whole(run: CountedRun, by: 1 | -1): void {
    const { automation, version, startedAt, updatedAt, status, trail } = run;
    this.#enter(automation, version, startedAt, by);
    if (status !== 'waiting') this.#end(automation, version, startedAt, updatedAt, status, by);
    this.#pass(run, trail, updatedAt, true, by);
  }

  async write(tx: Queryable): Promise<void> {
    const inOrder = <Row>(rows: Map<string, Row>): Row[] =>
      [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
    await addCounts(tx, {
      totals: inOrder(this.#totals),
      days: inOrder(this.#days).filter((row) => row.entered !== 0),
      steps: inOrder(this.#steps).filter((row) => row.passed !== 0),
      times: this.#byStretch(),
    });
  }

  #total(automation: string, version: number, startedAt: number): TotalsChange {
    const key = `${automation}\n${version}`;
    const present = this.#totals.get(key);
    if (present) {
      present.firstAt = Math.min(present.firstAt, startedAt);
      present.lastAt = Math.max(present.lastAt, startedAt);
      return present;
    }
    const none = { entered: 0, completed: 0, failed: 0, cancelled: 0, firstAt: startedAt, lastAt: startedAt };
    const total = { automation, version, shard: this.#shard, ...none };
    this.#totals.set(key, total);
    return total;
  }

  #enter(automation: string, version: number, startedAt: number, by: number): void {
    this.#total(automation, version, startedAt).entered += by;
    const day = Math.floor(startedAt / dayMs);
    const key = `${day}\n${automation}`;
    const present = this.#days.get(key);
    if (present) present.entered += by;
    else this.#days.set(key, { day, automation, shard: this.#shard, entered: by });
    this.#time(automation, version, startNodeId, 'next', startedAt, by);
  }

  #end(automation: string, version: number, startedAt: number, endedAt: number, status: RunStatus, by: number): void {
    this.#time(automation, version, ofRun, status, endedAt, by);
    const total = this.#total(automation, version, startedAt);
    for (const end of ended) if (end === status) total[end] += by;
  }

  /**
   * A wait is two steps, coming and leaving: the second is no coming. `fromStart`: whether these are a run's first steps; else
   * the first one leaves the node that it waited at.
   */
  #pass(
    run: Pick<CountedRun, Passing>,
    steps: readonly TrailStep[],
    endedAt: number,
    fromStart: boolean,
    by: number,
  ): void {
    const { automation, version, status } = run;
    let waitingAt = fromStart ? null : (steps[0]?.node ?? null);
    for (const { node, port, at } of steps) {
      // What ends a run from outside its graph is at no node.
      if (node === '') continue;
      if (node !== waitingAt) this.#step(automation, version, node, stepPorts.came, at, by);
      if (port !== null) this.#step(automation, version, node, port, at, by);
      waitingAt = port === null ? node : null;
    }
    if (status !== 'waiting' && waitingAt !== null)
      this.#step(automation, version, waitingAt, stepPorts.ended, endedAt, by);
    if (status === 'failed' && run.node !== null)
      this.#step(automation, version, run.node, stepPorts.failed, endedAt, by);
  }

  #step(automation: string, version: number, node: string, port: string, at: number, by: number): void {
    this.#time(automation, version, node, port, at, by);
    const key = `${automation}\n${version}\n${node}\n${port}`;
    const present = this.#steps.get(key);
    if (present) present.passed += by;
    else this.#steps.set(key, { automation, version, node, port, shard: this.#shard, passed: by });
  }

  #time(automation: string, version: number, node: string, port: string, at: number, by: number): void {
    if (at < this.#keptFrom) return;
    const { minutes } = shortest;
    const stretch = stretchOf(at, minutes);
    const key = `${automation}\n${version}\n${node}\n${port}\n${stretch}`;
    const present = this.#times.get(key);
    if (present) present.passed += by;
    else this.#times.set(key, { automation, minutes, stretch, version, node, port, shard: this.#shard, passed: by });
  }

  /** Each stretch adds up those of the shortest within it, as far back as it is kept. */
  #byStretch(): TimeChange[] {
    const rows = new Map<string, TimeChange>();
    for (const short of this.#times.values()) {
      const at = short.stretch * shortest.minutes;
      for (const { minutes, keptMs } of stretches) {
        const stretch = Math.floor(at / minutes);
        if (stretch < stretchOf(this.#now - keptMs, minutes)) continue;
        const { automation, version, node, port, passed } = short;
        const key = `${automation}\n${minutes}\n${stretch}\n${version}\n${node}\n${port}`;
        const present = rows.get(key);
        if (present) present.passed += passed;
        else rows.set(key, { ...short, minutes, stretch });
      }
    }
    return [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([, row]) => (row.passed === 0 ? [] : [row]));
  }
}
