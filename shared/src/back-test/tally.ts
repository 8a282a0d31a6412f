import {
  differenceReasons,
  type BackTest,
  type BackTestSide,
  type DifferenceReason,
  type DifferingContact,
} from '../contract/api-back-test.ts';
import { internalEvents } from '../core/arrivals/internal-events.ts';
import { nodeCause, type Program } from '../core/program.ts';
import { toPoints, type Micro } from '../core/subject.ts';
import { differencesBetween, runsIn } from './compare.ts';
import type { Played, PlayedSide } from './play.ts';
import type { BackTestArrival } from './side.ts';

/** Contacts that are named, of those that differ. */
const mostDiffering = 200;

/** What sales said of a contact last in a stretch of time, and when. */
interface Said {
  outcome: 'won' | 'lost';
  at: number;
}

interface TallyOptions {
  automation: string;
  /** When the window begins, ms. */
  from: number;
  /** Whose stages count. */
  program: Program;
}

const side = (): BackTestSide => ({ entered: 0, runs: 0, points: [], stages: [], handoffs: 0, messages: 0 });

/** A result without anybody in it yet. */
export const emptyBackTest = (of: Pick<BackTest, 'automation' | 'version' | 'from' | 'at' | 'of'>): BackTest => ({
  ...of,
  looked: 0,
  arrivals: 0,
  live: side(),
  draft: side(),
  differ: { contacts: 0, reasons: [], most: [] },
});

const outcomes: Readonly<Record<string, Said['outcome']>> = {
  [internalEvents.leadWon]: 'won',
  [internalEvents.leadLost]: 'lost',
  [internalEvents.leadRejected]: 'lost',
};

const saidOf = (arrivals: readonly BackTestArrival[], from: number): Said | null => {
  for (let index = arrivals.length - 1; index >= 0; index--) {
    const { input } = arrivals[index] as BackTestArrival; // within bounds
    if (input.arrivedAt < from) return null;
    const outcome = outcomes[input.type];
    if (outcome) return { outcome, at: input.arrivedAt };
  }
  return null;
};

/** Adds a contact that was played to what is known. */
export const tallyContact = (
  into: BackTest,
  contact: { id: string; name: string; arrivals: readonly BackTestArrival[] },
  played: Played,
  options: TallyOptions,
): void => {
  const { automation, from } = options;
  const said = saidOf(contact.arrivals, from);
  into.looked++;
  into.arrivals += contact.arrivals.length;
  const points = {
    live: count(into.live, played.live, said, options),
    draft: count(into.draft, played.draft, said, options),
  };
  const reasons = differencesBetween(played, automation, from);
  if (reasons.length === 0) return;
  into.differ.contacts++;
  for (const reason of reasons) countReason(into.differ.reasons, reason);
  keep(into.differ.most, {
    contact: { id: contact.id, name: contact.name },
    reasons,
    points: { live: toPoints(points.live), draft: toPoints(points.draft) },
    stage: { live: played.live.subject.stage, draft: played.draft.subject.stage },
    runs: {
      live: runsIn(played.live, automation, from).length,
      draft: runsIn(played.draft, automation, from).length,
    },
    outcome: said?.outcome ?? null,
  });
};

/** Returns what the automation gave, in micropoints over all models. */
const count = (
  into: BackTestSide,
  played: PlayedSide,
  said: Said | null,
  { automation, from, program }: TallyOptions,
): Micro => {
  const runs = runsIn(played, automation, from);
  if (runs.length > 0) into.entered++;
  into.runs += runs.length;
  const own = nodeCause(automation, '');
  let given: Micro = 0;
  for (const { cause, model, points } of played.entries) {
    if (!cause.startsWith(own)) continue;
    given += points;
    const known = into.points.find((each) => each.model === model);
    if (known) known.points = sum(known.points, toPoints(points));
    else into.points.push({ model, points: toPoints(points) });
  }
  for (const [stage, at] of climbed(played, program)) {
    let known = into.stages.find((each) => each.stage === stage);
    if (!known) into.stages.push((known = { stage, contacts: 0, won: 0, lost: 0 }));
    known.contacts++;
    // What sales said before cannot be of it.
    if (said && said.at >= at) known[said.outcome]++;
  }
  for (const effect of played.effects) {
    if (effect.kind === 'deliver') into.messages++;
    else if (effect.what === 'route') into.handoffs++;
  }
  return given;
};

const sum = (a: number, b: number): number => Math.round((a + b) * 1e6) / 1e6;

/** Stages that a contact came up into or past, and when it did first. */
const climbed = ({ moves }: PlayedSide, { lifecycle }: Program): Map<string, number> => {
  const stages = new Map<string, number>();
  const rank = (stage: string | null): number => (stage === null ? -1 : (lifecycle?.index.get(stage) ?? -1));
  for (const { from, to, passed, at } of moves) {
    if (to === null || rank(to) <= rank(from)) continue;
    for (const stage of new Set([...passed, to])) if (!stages.has(stage)) stages.set(stage, at);
  }
  return stages;
};

const countReason = (reasons: BackTest['differ']['reasons'], reason: DifferenceReason): void => {
  const known = reasons.find((each) => each.reason === reason);
  if (known) {
    known.contacts++;
    return;
  }
  reasons.push({ reason, contacts: 1 });
  reasons.sort((a, b) => differenceReasons.indexOf(a.reason) - differenceReasons.indexOf(b.reason));
};

/** Another stage weighs more than any number of points; so does that sales knows how it ended. */
const weightOf = ({ points, stage, runs, outcome }: DifferingContact): number =>
  (stage.live === stage.draft ? 0 : 1e9) +
  (outcome === null ? 0 : 1e8) +
  Math.abs(points.live - points.draft) * 10 +
  Math.abs(runs.live - runs.draft);

const keep = (most: DifferingContact[], contact: DifferingContact): void => {
  const weight = weightOf(contact);
  const least = most.at(-1);
  if (most.length >= mostDiffering && least && weightOf(least) >= weight) return;
  let index = most.length;
  while (index > 0 && weightOf(most[index - 1] as DifferingContact) < weight) index--; // within bounds
  most.splice(index, 0, contact);
  if (most.length > mostDiffering) most.pop();
};
