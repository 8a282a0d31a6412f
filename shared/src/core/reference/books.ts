import type { ScoreModel } from '../../model/score-model.ts';
import { automationsGroupId } from '../../model/score-model.ts';
import { daysMs } from '../../model/time.ts';
import type { LedgerEntry } from '../result.ts';

/**
 * The slow reference: scores from a whole ledger, straight from the formula in the design ("Score"). Every entry is kept,
 * nothing is incremental, and nothing is imported from the core but its types, so that both can only agree by being right.
 */

/** What the reference reads of a ledger entry; a ledger is one contact's entries in order of `seq`. */
export type Line = Pick<
  LedgerEntry,
  'seq' | 'model' | 'group' | 'kind' | 'points' | 'at' | 'earnedAt' | 'decays' | 'expiresAt' | 'factors'
> &
  Partial<Pick<LedgerEntry, 'id' | 'of'>>;

/** What a model's ledger says as of a moment. */
interface Page {
  model: ScoreModel;
  t: number;
  lines: Line[];
  steps: Line[];
  reset: Line | undefined;
}

const pageAt = (model: ScoreModel, ledger: readonly Line[], t: number): Page => {
  const said = ledger.filter((line) => line.model === model.id && line.at <= t);
  // What was undone is as if it had not been.
  const undone = new Set<string | null | undefined>(said.filter((line) => line.kind === 'void').map((line) => line.of));
  const lines = said.filter((line) => !undone.has(line.id));
  return {
    model,
    t,
    lines,
    steps: lines.filter((line) => line.kind === 'decay'),
    reset: lines.findLast((line) => line.kind === 'reset'),
  };
};

/** Earned in the present epoch: applied after the last reset and not older than it. */
const ofThisEpoch = (line: Line, reset: Line | undefined): boolean =>
  reset === undefined || (line.seq > reset.seq && line.earnedAt >= reset.at);

/** What is left of one behaviour entry, points, as if it could not expire. */
const left = ({ model, t, steps, reset }: Page, line: Line): number => {
  if (!ofThisEpoch(line, reset)) return 0;
  let value = line.points / 1_000_000;
  if (model.halfLifeDays !== undefined && line.decays)
    value *= 0.5 ** ((t - line.earnedAt) / daysMs(model.halfLifeDays));
  // Decay shrinks what was earned: a step of the very instant takes from what was written before it, not from what came after.
  for (const step of steps) {
    if (step.seq > line.seq || step.at > line.earnedAt) value *= step.factors?.[line.group ?? ''] ?? 1;
  }
  return value;
};

export const leftOf = (model: ScoreModel, ledger: readonly Line[], line: Line, t: number): number =>
  left(pageAt(model, ledger, t), line);

export interface GroupBook {
  id: string;
  kind: 'profile' | 'behaviour';
  cap: number;
}

/** A model's groups with the one that automations score into. */
export const groupsOf = (model: ScoreModel): GroupBook[] => {
  const groups = model.groups.map((group): GroupBook => ({
    id: group.id,
    kind: group.kind,
    cap: group.cap ?? Infinity,
  }));
  if (!groups.some((group) => group.id === automationsGroupId)) {
    groups.push({ id: automationsGroupId, kind: 'behaviour', cap: Infinity });
  }
  return groups;
};

const valueOn = (page: Page, group: GroupBook): number => {
  let value = 0;
  for (const line of page.lines) {
    if (line.group !== group.id) continue;
    if (group.kind === 'profile')
      value += line.kind === 'profile' || line.kind === 'reversal' ? line.points / 1_000_000 : 0;
    else if (line.kind === 'points' && (line.expiresAt === null || line.expiresAt > page.t)) value += left(page, line);
  }
  return value;
};

/** The value of one group's live entries at `t`, points, before its cap. */
export const groupValue = (model: ScoreModel, ledger: readonly Line[], group: GroupBook, t: number): number =>
  valueOn(pageAt(model, ledger, t), group);

const part = (page: Page, kind: GroupBook['kind']): number =>
  groupsOf(page.model)
    .filter((group) => group.kind === kind)
    .reduce((sum, group) => sum + Math.min(group.cap, valueOn(page, group)), 0);

/** The behaviour part at `t`: the sum of its capped groups, points. */
export const behaviourPart = (model: ScoreModel, ledger: readonly Line[], t: number): number =>
  part(pageAt(model, ledger, t), 'behaviour');

export const roundScore = (points: number): number => Math.round(points * 1_000_000) / 1_000_000;

/** The sum before clamp and rounding, points. */
export const rawScore = (model: ScoreModel, ledger: readonly Line[], t: number): number => {
  const page = pageAt(model, ledger, t);
  // A reset takes adjustments with it: the count starts again.
  const adjusted = page.lines
    .filter((line) => line.kind === 'adjustment' && line.seq > (page.reset?.seq ?? -1))
    .reduce((sum, line) => sum + line.points, 0);
  return part(page, 'profile') + part(page, 'behaviour') + adjusted / 1_000_000;
};

/** The score that people see at `t`: rounded, then clamped. */
export const referenceScore = (model: ScoreModel, ledger: readonly Line[], t: number): number =>
  Math.min(model.clamp.max, Math.max(model.clamp.min, roundScore(rawScore(model, ledger, t))));
