import type { CompiledModel, Program } from '../program.ts';
import { bandOf, behaviourPart, clampScore, groupValue, heldIn, rawScore, readState, scoreOf } from './score.ts';
import { toPoints, type Micro, type ModelState, type Subject } from '../subject.ts';

/** One signed part of a score. All parts of an explanation add up to the score exactly. */
export interface ExplanationLine {
  kind: 'rule' | 'automation' | 'decay' | 'cap' | 'adjustment' | 'clamp' | 'rounding';
  /** `rule:<id>`, `node:<automation>/<node>`; null for what is not earned. */
  cause: string | null;
  group: string | null;
  label: string;
  points: number;
}

export interface Explanation {
  model: string;
  at: number;
  /** The score as people see it, in points. */
  score: number;
  /** False outside the model's audience: the score is not shown. */
  shown: boolean;
  lines: ExplanationLine[];
}

/** Why a score is what it is at `at` (ms, not before the subject's clock): signed lines that add up. */
export const explain = (program: Program, subject: Subject, modelId: string, at: number): Explanation => {
  const model = program.model.get(modelId);
  if (!model) throw new Error(`There is no score model "${modelId}".`);
  const state = subject.models[modelId];
  const shown = model.audience === null || model.audience.holds(asView(subject, at));
  if (!state) return { model: modelId, at, score: toPoints(clampScore(model, 0)), shown, lines: clampLines(model, 0) };
  const lines: Line[] = [...profileLines(model, state), ...behaviourLines(model, state, at)];
  if (state.adjustment !== 0)
    lines.push(line('adjustment', null, null, 'Set by hand or by an automation', state.adjustment));
  const raw = rawScore(model, readState(model, state), at);
  const exact = lines.reduce((sum, { micro }) => sum + micro, 0);
  if (raw !== exact) lines.push(line('rounding', null, null, 'Rounding', raw - exact));
  return {
    model: modelId,
    at,
    score: toPoints(clampScore(model, raw)),
    shown,
    lines: [...lines.map(inPoints), ...clampLines(model, raw)],
  };
};

export interface ScoreNow {
  /** Points, as people see them. */
  score: number;
  /** The behaviour part under its caps, in points. */
  behaviour: number;
  /** False outside the model's audience. */
  shown: boolean;
  /** The band that the score lies in. */
  band: { id: string; name: string } | null;
}

/** A score at a moment not before the subject's clock, ms, if nothing arrives and nothing falls due until then. */
export const scoreAt = (program: Program, subject: Subject, modelId: string, at: number): ScoreNow => {
  const model = program.model.get(modelId);
  if (!model) throw new Error(`There is no score model "${modelId}".`);
  const reading = readState(model, subject.models[modelId]);
  const score = scoreOf(model, reading, at);
  const band = bandOf(model, score);
  return {
    score: toPoints(score),
    behaviour: toPoints(Math.round(behaviourPart(model, reading, at)) + 0),
    shown: model.audience === null || model.audience.holds(asView(subject, at)),
    band: band && { id: band.id, name: band.name },
  };
};

/** Lines are kept in whole micropoints until they are shown, so that they add up exactly. */
type Line = Omit<ExplanationLine, 'points'> & { micro: Micro };

const line = (kind: Line['kind'], cause: string | null, group: string | null, label: string, micro: Micro): Line => ({
  kind,
  cause,
  group,
  label,
  micro,
});

const inPoints = ({ micro, ...rest }: Line): ExplanationLine => ({ ...rest, points: toPoints(micro) });

const causeLine = (model: CompiledModel, cause: string, group: string, micro: Micro): Line =>
  line(
    cause.startsWith('rule:') ? 'rule' : 'automation',
    cause,
    group,
    model.names.get(cause) ?? cause.slice(cause.indexOf(':') + 1),
    micro,
  );

const groupName = (model: CompiledModel, id: string): string => model.names.get(`group:${id}`) ?? id;

const profileLines = (model: CompiledModel, state: ModelState): Line[] => {
  const lines: Line[] = [];
  for (const group of model.groups) {
    if (group.kind !== 'profile') continue;
    for (const ruleId of Object.keys(state.held).sort()) {
      const held = state.held[ruleId];
      if (held?.group === group.id) lines.push(causeLine(model, `rule:${ruleId}`, group.id, held.points));
    }
    const over = heldIn(state, group.id) - group.cap;
    if (over > 0) lines.push(line('cap', null, group.id, `Over the cap of ${groupName(model, group.id)}`, -over));
  }
  return lines;
};

const behaviourLines = (model: CompiledModel, state: ModelState, at: number): Line[] => {
  const lines: Line[] = [];
  const causes = state.causes.map((cause, index) => ({ cause, micro: state.totals[index] ?? 0 }));
  causes.sort((a, b) => (a.cause < b.cause ? -1 : 1));
  for (const group of model.groups) {
    if (group.kind !== 'behaviour') continue;
    let nominal = 0;
    for (const { cause, micro } of causes) {
      if (!cause.startsWith(`${group.id}:`)) continue;
      nominal += micro;
      lines.push(causeLine(model, cause.slice(group.id.length + 1), group.id, micro));
    }
    const value = Math.round(groupValue(state.groups[group.id], model.halfLifeMs, at)) + 0;
    if (value !== nominal)
      lines.push(line('decay', null, group.id, `Decay of ${groupName(model, group.id)}`, value - nominal));
    if (value > group.cap)
      lines.push(line('cap', null, group.id, `Over the cap of ${groupName(model, group.id)}`, group.cap - value));
  }
  return lines;
};

const clampLines = (model: CompiledModel, raw: Micro): ExplanationLine[] => {
  const clamped = clampScore(model, raw);
  if (clamped === raw) return [];
  const label = clamped < raw ? `Scores end at ${toPoints(model.max)}` : `Scores start at ${toPoints(model.min)}`;
  return [inPoints(line('clamp', null, null, label, clamped - raw))];
};

/** What audiences and the extra conditions of stages look at: fields, labels and stage only. */
export const asView = (subject: Subject, at: number) => ({
  at,
  fields: subject.fields,
  labels: subject.labels,
  stage: subject.stage,
  properties: {},
  events: () => [],
  score: () => 0,
  band: () => null,
});
