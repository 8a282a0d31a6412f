import { toPoints, type Micro } from '../core/subject.ts';
import type { CompiledAccountModel } from './compile.ts';
import { mostNamed, viewOf, type Account, type PartTally } from './gathering.ts';

/** One signed part of an account's score. All of an explanation add up to it exactly. */
export interface AccountLine {
  kind: 'contact' | 'contacts' | 'rule' | 'cap' | 'clamp' | 'rounding';
  /** The contact that brings it, of kind `contact`. */
  contact: string | null;
  /** The contact model that it comes from; null for what is not from contacts. */
  model: string | null;
  /** `rule:<id>`, and the group of it. */
  cause: string | null;
  group: string | null;
  /** Empty for a contact, whose name is not known here. */
  label: string;
  points: number;
}

/** An account's score in one model, with what it is made of. */
export interface AccountScore {
  model: string;
  name: string;
  /** Points, as people see them. */
  score: number;
  /** False outside the model's audience: the score is not shown. */
  shown: boolean;
  band: { id: string; name: string } | null;
  lines: AccountLine[];
}

/** Scores of an account in every account model: what its contacts bring, its own rules, caps and the ends of the range. */
export const scoreAccount = (account: Account): AccountScore[] =>
  account.models.map(({ model, parts }) => scoreIn(account, model, parts));

/** Lines are kept in whole micropoints until they are shown, so that they add up exactly. */
type Line = Omit<AccountLine, 'points'> & { micro: Micro };

const plain = { contact: null, model: null, cause: null, group: null };

const scoreIn = (account: Account, model: CompiledAccountModel, parts: readonly PartTally[]): AccountScore => {
  const lines: Line[] = [...parts.flatMap(partLines), ...ruleLines(account, model)];
  const raw = lines.reduce((sum, { micro }) => sum + micro, 0);
  const clamped = Math.min(model.max, Math.max(model.min, raw));
  if (clamped !== raw) {
    const label = clamped < raw ? `Scores end at ${toPoints(model.max)}` : `Scores start at ${toPoints(model.min)}`;
    lines.push({ ...plain, kind: 'clamp', label, micro: clamped - raw });
  }
  const band = model.bands.find(({ from }) => clamped >= from);
  return {
    model: model.id,
    name: model.name,
    score: toPoints(clamped),
    shown: model.audience === null || model.audience.holds(viewOf(account)),
    band: band ? { id: band.id, name: band.name } : null,
    lines: lines.map(({ micro, ...line }) => ({ ...line, points: toPoints(micro) })),
  };
};

/** What contacts bring: the highest by name, the others together, what the cap takes off. */
const partLines = (tally: PartTally): Line[] => {
  const { part, top, count, value } = tally;
  const { together, cap } = part;
  const model = part.model.id;
  const counted = together.kind === 'maximum' ? 1 : together.kind === 'top' ? together.count : count;
  const share = (micro: Micro): Micro => (together.kind === 'average' ? Math.round(micro / count) + 0 : micro);
  const named: Line[] = top
    .slice(0, Math.min(counted, mostNamed))
    .map(({ contact, micro }) => ({ ...plain, kind: 'contact', contact, model, label: '', micro: share(micro) }));
  const lines = named.filter(({ micro }) => micro !== 0);
  const others = Math.min(counted, count) - named.length;
  const rest = value - lines.reduce((sum, { micro }) => sum + micro, 0);
  if (rest !== 0) {
    const isOthers = others > 0;
    const label = isOthers ? `${others} other contact${others === 1 ? '' : 's'}` : 'Rounding';
    lines.push({ ...plain, kind: isOthers ? 'contacts' : 'rounding', model, label, micro: rest });
  }
  if (value > cap) {
    lines.push({ ...plain, kind: 'cap', model, label: `Over the cap of ${part.model.name}`, micro: cap - value });
  }
  return lines;
};

const ruleLines = (account: Account, model: CompiledAccountModel): Line[] => {
  const view = viewOf(account);
  return model.groups.flatMap(({ id: group, name, cap, rules }) => {
    const lines: Line[] = rules
      .filter(({ when }) => when.holds(view))
      .map((rule) => ({
        ...plain,
        kind: 'rule',
        cause: `rule:${rule.id}`,
        group,
        label: rule.name,
        micro: rule.points,
      }));
    const over = lines.reduce((sum, { micro }) => sum + micro, 0) - cap;
    if (over > 0) lines.push({ ...plain, kind: 'cap', group, label: `Over the cap of ${name}`, micro: -over });
    return lines;
  });
};

const hourMs = 3_600_000;
const dayMs = 86_400_000;

/**
 * When to look at an account again though nothing arrives, ms: when a condition on its fields may flip, or when fading may
 * have taken a point off. Contacts whose own moments come tell of that themselves. Null: never.
 */
export const nextLookAt = (account: Account): number | null => {
  const view = viewOf(account);
  let next = Infinity;
  for (const { model, parts } of account.models) {
    const conditions = [model.audience, ...model.groups.flatMap(({ rules }) => rules.map(({ when }) => when))];
    for (const condition of conditions) next = Math.min(next, condition?.nextFlip(view) ?? Infinity);
    for (const { part, sum } of parts) {
      const { halfLifeMs } = part.model;
      if (halfLifeMs === null || sum === 0) continue;
      const points = toPoints(sum);
      const untilOneLess = points > 1 ? -Math.log2(1 - 1 / points) * halfLifeMs : halfLifeMs;
      next = Math.min(next, account.at + Math.round(Math.min(dayMs, Math.max(hourMs, untilOneLess))));
    }
  }
  return next === Infinity ? null : next;
};
