import { ActivityFailure, CancellationScope, proxyActivities, upsertSearchAttributes } from '@temporalio/workflow';
import { defineSearchAttributeKey } from '@temporalio/common';
import { searchAttributes, taskQueues, type RunArgs, type RunLook } from '@ripen/shared/contract';
import type { DeliveryActivities } from '../activities/deliveries.ts';
import type { RunActivities } from '../activities/runs.ts';
import type { Bell } from './bell.ts';
import { Errands } from './errands.ts';
import { deliveryOptions, shortOptions } from './options.ts';

const { lookAgain, ask, cancelRun, giveUpDelivery } = proxyActivities<RunActivities>(shortOptions);
const { deliver } = proxyActivities<DeliveryActivities>({ ...deliveryOptions, taskQueue: taskQueues.deliveries });

const statusKey = defineSearchAttributeKey(searchAttributes.status, 'KEYWORD');

/** A wait that is over but not resolved yet (its contact is held, or has input before it) is looked at this often. */
const overduePauseMs = 60_000;

/** What a run's workflow does, pass by pass. */
export class RunLife {
  readonly #args: RunArgs;
  readonly #bell: Bell;
  readonly #errands = new Errands();
  #look: RunLook;
  #lookedAt = -Infinity;
  #longestWaitMs = Infinity;

  constructor(args: RunArgs, bell: Bell) {
    this.#args = args;
    this.#bell = bell;
    const { until, deliveries, asks } = args;
    this.#look = { status: args.waiting ? 'waiting' : 'completed', until, deliveries, asks };
  }

  /** Says what is to be said, waits, looks again. True when the run has ended and everything is said. */
  async pass(): Promise<boolean> {
    this.#startErrands();
    if (this.#look.status === 'waiting') await this.#wait();
    else await this.#errands.done();
    await this.#lookNow();
    return this.#finish();
  }

  /** In-flight errands would be lost; a pass without any comes, because errands are given up after a day. */
  get canContinueAsNew(): boolean {
    return this.#errands.idle;
  }

  /** Arguments with which another workflow goes on from here. */
  args(): RunArgs {
    const { status, until, deliveries, asks } = this.#look;
    return { ...this.#args, waiting: status === 'waiting', until, deliveries, asks };
  }

  /** Ends the run as cancelled, through the contact's lane, and waits until that is recorded. */
  async cancel(): Promise<void> {
    await cancelRun({ runId: this.#args.runId, now: Date.now() });
    this.#longestWaitMs = overduePauseMs;
    await this.#lookNow();
    let over = this.#finish();
    while (!over) over = await this.pass();
  }

  async #wait(): Promise<void> {
    const { until } = this.#look;
    const earliest = this.#lookedAt + overduePauseMs;
    const at = Math.min(until === null ? Infinity : Math.max(until, earliest), Date.now() + this.#longestWaitMs);
    await this.#bell.waitUntil(at === Infinity ? null : at);
  }

  /** Cancelling interrupts waits, never a look: what it finds decides how the run ends. */
  async #lookNow(): Promise<void> {
    this.#bell.answer();
    const now = Date.now();
    const { runId } = this.#args;
    this.#look = await CancellationScope.nonCancellable(() => lookAgain({ runId, now }));
    this.#lookedAt = now;
  }

  #finish(): boolean {
    const { status, deliveries, asks } = this.#look;
    if (status === 'waiting' || deliveries.length > 0 || asks.length > 0 || !this.#errands.idle) return false;
    upsertSearchAttributes([{ key: statusKey, value: status }]);
    return true;
  }

  #startErrands(): void {
    const { deliveries, asks } = this.#look;
    for (const id of deliveries) this.#startErrand(id, () => deliverOrGiveUp(id));
    for (const id of asks) this.#startErrand(id, () => ask({ askId: id, now: Date.now() }));
  }

  /** Outside the cancellable scope: cancelling a run takes back nothing that it has said already. */
  #startErrand(id: string, work: () => Promise<void>): void {
    this.#errands.start(id, () => CancellationScope.nonCancellable(work));
  }
}

const deliverOrGiveUp = async (deliveryId: string): Promise<void> => {
  try {
    await deliver({ deliveryId });
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
    await giveUpDelivery({ deliveryId, error: error.cause?.message ?? error.message });
  }
};
