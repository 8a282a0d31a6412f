import type { Asking } from '../core/runs/asking.ts';
import { internalEvents } from '../core/arrivals/internal-events.ts';
import type { Program } from '../core/program.ts';
import type { EventInput, Input, StepResult } from '../core/result.ts';
import { goesDown } from '../core/scores/undo.ts';
import type { Json } from '../model/value.ts';

/** A request of an automation to a system outside. */
export type Request = Extract<Asking, { kind: 'deliver' }>;

/** What is taken to happen outside, where the simulator itself answers. */
export interface Outside {
  /** What comes of a request; without it, that it was taken and nothing was said. */
  respond?: (request: Request) => { port: 'response' | 'failed'; detail: Json };
  /** Leads that nobody accepted are withdrawn where undoing points costs the stage, as the product does with those of sales. */
  withdraws?: boolean;
}

/** The arrival by which an open lead is withdrawn after what was done, if it is. */
export const withdrawal = (
  program: Program,
  { type, messageId }: Extract<Input, { kind: 'event' }>,
  { moves, subject }: StepResult,
): EventInput | null => {
  const lead = subject.openLead;
  if (lead === null || type !== internalEvents.void) return null;
  if (!moves.some((move) => move.messageId === messageId && goesDown(program, move))) return null;
  return {
    kind: 'event',
    messageId: `lead:${lead}:withdrawn`,
    type: internalEvents.leadWithdrawn,
    properties: { lead, reason: 'points were undone', value: null },
    fields: null,
    occurredAt: subject.clock,
    arrivedAt: subject.clock,
    backfilled: false,
  };
};
