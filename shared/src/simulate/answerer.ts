import type { Asking } from '../core/runs/asking.ts';
import type { Queue } from '../model/handoff.ts';
import type { Json } from '../model/value.ts';
import type { Outside, Request } from './outside.ts';
import { decideRoundRobin, type RoutingDecision } from './routing.ts';

/** What is said to a run that asked: the port it goes on by, and what the step knows of it. */
export interface Answer {
  port: string;
  detail: Json;
}

/** Answers in place of those whom runs ask: queues by whose turn it is, systems outside as `outside` says. */
export class Answerer {
  readonly #outside: Outside;
  /** By queue, the rep who had a turn last. */
  readonly #turns = new Map<string, string>();
  #queues: ReadonlyMap<string, Queue>;

  constructor(queues: readonly Queue[], outside: Outside) {
    this.#queues = byId(queues);
    this.#outside = outside;
  }

  /** Turns go on where they were. */
  publish(queues: readonly Queue[]): void {
    this.#queues = byId(queues);
  }

  /** What a system outside says to a request. */
  respond(request: Request): Answer {
    const { respond } = this.#outside;
    const { held } = request;
    return respond && !held ? respond(request) : { port: 'response', detail: { held } };
  }

  /** Who gets a lead. Nobody gets a held one before it is released, so it takes nobody's turn. */
  route({ queue, held }: Extract<Asking, { kind: 'ask' }>): Answer & { decision: RoutingDecision } {
    const known = this.#queues.get(queue) ?? { strategy: 'round_robin', reps: [] };
    const decision = decideRoundRobin(known, held ? null : (this.#turns.get(queue) ?? null));
    if (decision.chosen !== null && !held) this.#turns.set(queue, decision.chosen);
    const port = decision.chosen === null ? 'no_one' : 'routed';
    return { port, detail: held ? { held } : { rep: decision.chosen }, decision };
  }
}

const byId = (queues: readonly Queue[]): Map<string, Queue> => new Map(queues.map((queue) => [queue.id, queue]));
