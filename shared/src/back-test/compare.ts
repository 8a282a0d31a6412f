import type { DifferenceReason } from '../contract/api-back-test.ts';
import type { LedgerEntry, StageMove } from '../core/result.ts';
import type { PlayedSide, Played } from './play.ts';
import type { SideRun } from './side.ts';

/** Something that happened, as far as it matters to the contact: ids and causes follow from how the graph is drawn. */
export const entryKey = ({ at, model, group, kind, points }: LedgerEntry): string =>
  `${at}|${model}|${group ?? ''}|${kind}|${points}`;
export const moveKey = ({ at, from, to }: StageMove): string => `${at}|${from ?? ''}|${to ?? ''}`;
/** A run is the same on both sides when the same thing started it: ids count what a moment started before it. */
export const runKey = ({ messageId, startedAt }: SideRun): string => `${startedAt}|${messageId ?? ''}`;

/** Runs of the automation that began in the window, in order. */
export const runsIn = ({ runs }: PlayedSide, automation: string, from: number): SideRun[] =>
  [...runs.values()].filter((run) => run.automation === automation && run.startedAt >= from);

const wayOf = ({ status, steps }: SideRun): string =>
  [...steps.map(({ node, port, at }) => `${node}:${port ?? ''}@${at}`), status].join(' ');

const told = ({ effects }: PlayedSide, kind: 'ask' | 'deliver'): string[] =>
  effects.flatMap((effect) => {
    if (effect.kind !== kind) return [];
    return [effect.kind === 'ask' ? `${effect.at}|${effect.what}|${effect.queue}` : `${effect.at}|${effect.channel}`];
  });

const data = ({ subject }: PlayedSide): string => JSON.stringify([subject.fields, subject.labels]);

const sameList = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((item, index) => item === b[index]);

/** In what the two sides of a contact differ; nothing when the draft changes nothing for it. */
export const differencesBetween = ({ live, draft }: Played, automation: string, from: number): DifferenceReason[] => {
  const reasons: DifferenceReason[] = [];
  const one = new Map(runsIn(live, automation, from).map((run) => [runKey(run), run]));
  const other = new Map(runsIn(draft, automation, from).map((run) => [runKey(run), run]));
  if ([...one.keys()].some((key) => !other.has(key))) reasons.push('entered_only_live');
  if ([...other.keys()].some((key) => !one.has(key))) reasons.push('entered_only_draft');
  const isElsewhere = ([key, run]: [string, SideRun]): boolean => {
    const there = other.get(key);
    return there !== undefined && wayOf(run) !== wayOf(there);
  };
  if ([...one].some(isElsewhere)) reasons.push('other_way');
  if (!sameList(live.entries.map(entryKey), draft.entries.map(entryKey))) reasons.push('points');
  if (live.subject.stage !== draft.subject.stage || !sameList(live.moves.map(moveKey), draft.moves.map(moveKey)))
    reasons.push('stage');
  if (!sameList(told(live, 'ask'), told(draft, 'ask'))) reasons.push('handoff');
  if (!sameList(told(live, 'deliver'), told(draft, 'deliver'))) reasons.push('messages');
  if (data(live) !== data(draft)) reasons.push('data');
  return reasons;
};
