import {
  FactBook,
  needs,
  reach,
  reachNeeds,
  scoreAt,
  step,
  toPoints,
  type forecastSchema,
  type Program,
  type Subject,
} from '@ripen/shared';
import type { z } from 'zod';
import { loadFacts } from '../store/facts.ts';
import type { Queryable } from '../store/store.ts';
import { iso } from './moments.ts';
import type { Workspace } from './workspace.ts';

type Forecast = z.output<typeof forecastSchema>;

const dayMs = 86_400_000;
/** Longest chain of dues that is followed: automations that wait in circles go on for ever. */
const mostDues = 500;
/** A fading score is drawn by so many straight lines, at most two a day. */
const mostSamples = 120;

/** Follows a contact's dues in memory, as its lane would, and takes its score down on the way. */
class Curve {
  readonly points: Forecast['points'] = [];
  readonly #program: Program;
  readonly #model: string;
  readonly #everyMs: number;

  constructor(program: Program, model: string, spanMs: number) {
    this.#program = program;
    this.#model = model;
    const fades = (program.model.get(model)?.halfLifeMs ?? null) !== null;
    this.#everyMs = fades ? Math.max(dayMs / 2, spanMs / mostSamples) : Infinity;
  }

  /** One point of a subject that nothing happens to until `at`. */
  point(subject: Subject, at: number): void {
    const score = this.#scoreAt(subject, at);
    const moment = iso(at);
    const last = this.points.at(-1);
    if (last?.at !== moment || last.score !== score) this.points.push({ at: moment, score });
  }

  /** The stretch in which nothing happens, from the last point to just before `to`. */
  stretch(subject: Subject, from: number, to: number): void {
    if (to <= from) return;
    for (let at = from + this.#everyMs; at < to; at += this.#everyMs) this.point(subject, Math.round(at));
    this.points.push({ at: iso(to), score: this.#scoreAt(subject, Math.max(from, to - 1)) });
  }

  #scoreAt(subject: Subject, at: number): number {
    return scoreAt(this.#program, subject, this.#model, Math.max(at, subject.clock)).score;
  }
}

export interface ForecastRequest {
  subject: Subject;
  model: string;
  /** The present, ms. */
  at: number;
  days: number;
}

/** What happens to a contact if nothing more arrives: how its score goes, and which moves time alone brings. */
export const readForecast = async (
  db: Queryable,
  { program, names }: Workspace,
  { subject: given, model, at: now, days }: ForecastRequest,
): Promise<Forecast> => {
  const at = Math.max(now, given.clock);
  const until = at + days * dayMs;
  const book = new FactBook();
  const tick = (to: number) => ({ kind: 'tick' as const, to, now: to });
  const asked = needs(program, given, [tick(until)]);
  const drives = program.lifecycle?.model === model;
  if (drives) asked.counted.push(...reachNeeds(program, given, given.clock));
  await loadFacts(db, [{ contactId: given.id, generation: given.generation, needs: asked, book }]);
  book.commit();
  // What has fallen due and waits for the lane belongs to the present.
  let { subject } = step(program, given, tick(at), book);
  const { score, shown } = scoreAt(program, subject, model, Math.max(at, subject.clock));
  const { stage } = subject;
  const next = drives ? reach(program, subject, book, Math.max(at, subject.clock)) : null;
  const curve = new Curve(program, model, until - at);
  curve.point(subject, at);
  const moves: Forecast['moves'] = [];
  let from = at;
  let count = 0;
  for (let due = subject.nextDueAt; due !== null && due <= until && count < mostDues; due = subject.nextDueAt) {
    curve.stretch(subject, from, due);
    const result = step(program, subject, tick(due), book);
    subject = result.subject;
    curve.point(subject, due);
    for (const move of result.moves) {
      const { from: left, to } = move;
      moves.push({
        at: iso(move.at),
        from: left,
        fromName: names.stageOrNull(left),
        to,
        toName: names.stageOrNull(to),
      });
    }
    from = due;
    count++;
  }
  const cut = count === mostDues;
  if (!cut) curve.stretch(subject, from, until);
  const stages = drives ? (program.lifecycle?.stages ?? []) : [];
  return {
    model,
    name: names.model(model),
    at: iso(at),
    until: iso(until),
    score,
    shown,
    stage,
    moves,
    points: curve.points,
    thresholds: stages
      .filter(({ up }) => Number.isFinite(up))
      .map(({ id, name, up }) => ({ stage: id, name, threshold: toPoints(up) })),
    cut,
    next: next && {
      ...next,
      name: names.stage(next.stage),
      rules: next.rules.map((rule) => ({ ...rule, stageName: names.stage(rule.stage) })),
    },
  };
};
