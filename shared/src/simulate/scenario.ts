import type { Definitions } from '../model/definitions.ts';
import type { Outcome, Scenario, Scripted } from '../model/scenario.ts';
import { dayMs } from '../model/time.ts';
import { Session } from './session.ts';

const minuteMs = 60_000;

/** What is scripted, as a call of the tracking API. */
export const callOf = (scripted: Scripted): Record<string, unknown> =>
  scripted.kind === 'event'
    ? { type: 'track', event: scripted.event, properties: scripted.properties }
    : { type: 'identify', traits: scripted.fields };

/** Lives a scenario through, to its end. What cannot be used is said by its place in the script. */
export const runScenario = (
  definitions: Definitions,
  scenario: Omit<Scenario, 'id' | 'name' | 'expects'>,
  contact: ConstructorParameters<typeof Session>[0]['contact'] = {
    kind: 'made_up',
    contact: scenario.contact,
    userId: madeUpUser,
  },
): { session: Session; refused: Map<number, string>; until: number } => {
  const at = Date.parse(scenario.startsAt);
  const end = at + scenario.days * dayMs;
  const session = new Session({ definitions, contact, at });
  const refused = new Map<number, string>();
  const inOrder = [...scenario.happens.entries()].sort(([, a], [, b]) => a.afterMinutes - b.afterMinutes);
  for (const [index, scripted] of inOrder) {
    const moment = at + Math.round(scripted.afterMinutes * minuteMs);
    if (moment > end) {
      refused.set(index, `happens after the ${scenario.days} days that are tried`);
      continue;
    }
    const why = session.send(callOf(scripted), moment, scripted);
    if (why !== null) refused.set(index, why);
  }
  return { session, refused, until: session.advance(end) };
};

const madeUpUser = 'made-up';

/** What a lived-through scenario led to, for one automation. */
export const outcomeOf = (session: Session, automation: string, models: readonly string[], at: number): Outcome => {
  const records = session.frames.filter((frame) => frame.at <= at).flatMap((frame) => frame.records);
  return {
    stage: session.frameAt(at)?.subject.stage ?? null,
    scores: Object.fromEntries(models.map((model) => [model, session.scoreAt(model, at)?.score ?? 0])),
    path: session.runs
      .filter((run) => run.automation === automation)
      .flatMap((run) => run.trail.filter((step) => step.at <= at))
      .map(({ node, port }) => (port === null ? node : `${node} ${port}`)),
    notifications: records.filter(({ kind }) => kind === 'delivery').length,
    leads: records.filter(({ kind }) => kind === 'lead').length,
  };
};

export type OutcomeDifference =
  | { what: 'stage'; wanted: string | null; got: string | null }
  | { what: 'score'; model: string; wanted: number; got: number | null }
  | { what: 'path'; wanted: string[]; got: string[] }
  | { what: 'notifications' | 'leads'; wanted: number; got: number };

/** In what an outcome is not as expected; empty when it is. */
export const differencesOf = (expected: Outcome, got: Outcome): OutcomeDifference[] => {
  const found: OutcomeDifference[] = [];
  if (expected.stage !== got.stage) found.push({ what: 'stage', wanted: expected.stage, got: got.stage });
  for (const [model, wanted] of Object.entries(expected.scores)) {
    const score = got.scores[model] ?? null;
    if (score === null || Math.abs(score - wanted) > 1e-6) found.push({ what: 'score', model, wanted, got: score });
  }
  if (expected.path.join('\n') !== got.path.join('\n'))
    found.push({ what: 'path', wanted: expected.path, got: got.path });
  for (const what of ['notifications', 'leads'] as const)
    if (expected[what] !== got[what]) found.push({ what, wanted: expected[what], got: got[what] });
  return found;
};
