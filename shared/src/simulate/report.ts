import { scoreAt } from '../core/scores/explain.ts';
import type { Program } from '../core/program.ts';
import type { Effect, Input, StepResult } from '../core/result.ts';
import type { Subject } from '../core/subject.ts';
import type { RunSummary, SimulationRecord } from './records.ts';
import type { RoutingDecision } from './routing.ts';

type Emit = (record: SimulationRecord) => void;

/** What one step led to; `ended` are the runs that it ended. A silent one (a ledger is rebuilt) sends nothing. */
export const reportStep = (
  emit: Emit,
  input: Input,
  result: StepResult,
  ended: readonly RunSummary[],
  silent: boolean,
): void => {
  const { id: contact, generation, clock: at } = result.subject;
  for (const entry of result.entries) emit({ kind: 'entry', contact, generation, entry });
  for (const move of result.moves) emit({ kind: 'move', contact, generation, move });
  if (!silent)
    for (const effect of result.effects) if (effect.kind === 'deliver') emit(deliveryRecord(contact, effect));
  for (const run of ended) reportRun(emit, result.subject, run);
  const messageId = input.kind === 'event' ? input.messageId : null;
  for (const note of result.notes) emit({ kind: 'note', contact, at, messageId, note });
};

/** A run that ended, or that still waits at the end. */
export const reportRun = (emit: Emit, { id: contact, generation }: Subject, run: RunSummary): void =>
  emit({ kind: 'run', contact, generation, run });

/** A lead, and whose it is. */
export const reportLead = (
  emit: Emit,
  contact: string,
  { id: ask, runId: run, queue, at, held }: Extract<Effect, { kind: 'ask' }>,
  decision: RoutingDecision,
): void =>
  emit({
    kind: 'lead',
    contact,
    ask,
    run,
    queue,
    rep: held ? null : decision.chosen,
    held: held !== null,
    at,
    decision,
  });

/** A contact's scores at a moment, model after model. */
export const reportScores = (emit: Emit, program: Program, subject: Subject, at: number): void => {
  const { id: contact, generation, stage } = subject;
  for (const { id: model } of program.models) {
    const { score, behaviour, shown } = scoreAt(program, subject, model, at);
    emit({ kind: 'score', contact, generation, model, at, score, behaviour, shown, stage });
  }
};

const deliveryRecord = (
  contact: string,
  { id, runId: run, node, channel, at, payload, held }: Extract<Effect, { kind: 'deliver' }>,
): SimulationRecord => ({
  kind: 'delivery',
  contact,
  id,
  run,
  node,
  channel,
  status: held ? 'held' : 'sent',
  at,
  payload,
});
