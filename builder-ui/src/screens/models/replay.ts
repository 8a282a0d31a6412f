import {
  compile,
  definitionsOf,
  explain,
  FactBook,
  newSubject,
  step,
  type Definition,
  type EventInput,
  type Explanation,
  type ScoreModel,
  type Subject,
} from '@ripen/shared';

/** What became of a contact in memory. */
export interface Replay {
  explanation: Explanation;
  stage: string | null;
}

/**
 * Plays a contact's events, oldest first, through definitions, from nothing to `now` (ms): rules, automations, decay and
 * stages as the lanes would have done, without anybody being told. What people set by hand and what sales answered is only
 * seen as far as it is among the events.
 */
export const replay = (
  documents: readonly Definition[],
  model: string,
  events: readonly EventInput[],
  now: number,
): Replay => {
  const program = compile(definitionsOf(documents));
  const facts = new FactBook();
  let subject: Subject = newSubject('replayed');
  for (const event of events) {
    const arrivedAt = Math.max(event.arrivedAt, subject.clock);
    subject = step(program, subject, { ...event, arrivedAt }, facts).subject;
  }
  const to = Math.max(now, subject.clock);
  subject = step(program, subject, { kind: 'tick', to, now: to }, facts).subject;
  return { explanation: explain(program, subject, model, to), stage: subject.stage };
};

/** What is in force, with this model in it instead of its version. */
export const withModel = (inForce: readonly Definition[], model: ScoreModel): Definition[] => [
  ...inForce.filter((document) => !(document.kind === 'model' && document.id === model.id)),
  model,
];
