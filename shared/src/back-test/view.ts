import type { BackTestContactView, SideOfContact } from '../contract/api-back-test.ts';
import { scoreAt } from '../core/scores/explain.ts';
import type { Program } from '../core/program.ts';
import { toPoints, type Subject } from '../core/subject.ts';
import { differencesBetween, entryKey, moveKey, runKey, runsIn } from './compare.ts';
import type { Played, PlayedSide } from './play.ts';
import type { SideRun } from './side.ts';

const iso = (at: number): string => new Date(at).toISOString();

/** A contact's time in the window as people look at it: both sides, and where they part. */
export const viewOfPlayed = (
  contact: { id: string; name: string },
  played: Played,
  { automation, from, until, program }: { automation: string; from: number; until: number; program: Program },
): BackTestContactView => {
  const { before, live, draft } = played;
  return {
    contact: { id: contact.id, name: contact.name },
    reasons: differencesBetween(played, automation, from),
    before: { stage: before.stage, scores: scoresOf(program, before, from) },
    parts: partingOf(runsIn(live, automation, from), runsIn(draft, automation, from)),
    live: sideOf(live, draft, { automation, from, until, program }),
    draft: sideOf(draft, live, { automation, from, until, program }),
  };
};

const scoresOf = (program: Program, subject: Subject, at: number) =>
  program.models.map(({ id }) => ({
    model: id,
    score: Math.round(scoreAt(program, subject, id, Math.max(at, subject.clock)).score * 10) / 10,
  }));

/** Takes each as often as it is there. */
const bag = (keys: readonly string[]): ((key: string) => boolean) => {
  const left = new Map<string, number>();
  for (const key of keys) left.set(key, (left.get(key) ?? 0) + 1);
  return (key) => {
    const count = left.get(key) ?? 0;
    left.set(key, count - 1);
    return count > 0;
  };
};

const sideOf = (
  side: PlayedSide,
  other: PlayedSide,
  { automation, from, until, program }: { automation: string; from: number; until: number; program: Program },
): SideOfContact => {
  const entryThere = bag(other.entries.map(entryKey));
  const moveThere = bag(other.moves.map(moveKey));
  return {
    runs: runsIn(side, automation, from).map(({ startedAt, status, error, steps }) => ({
      startedAt: iso(startedAt),
      status,
      error,
      trail: steps.map(({ node, at, port, note }) => ({ node, at: iso(at), port, note })),
    })),
    entries: side.entries.map((entry) => ({
      at: iso(entry.at),
      model: entry.model,
      kind: entry.kind,
      points: toPoints(entry.points),
      cause: entry.cause,
      both: entryThere(entryKey(entry)),
    })),
    moves: side.moves.map((move) => ({
      at: iso(move.at),
      from: move.from,
      to: move.to,
      both: moveThere(moveKey(move)),
    })),
    notes: side.notes
      .filter(({ note }) => note.startsWith(`${automation}: `))
      .map(({ at, note }) => ({ at: iso(at), note: note.slice(automation.length + 2) })),
    scores: scoresOf(program, side.subject, until),
    stage: side.subject.stage,
  };
};

/** The first run that one side does not have, or the first step that it does not share. */
const partingOf = (live: readonly SideRun[], draft: readonly SideRun[]): BackTestContactView['parts'] => {
  const partings: NonNullable<BackTestContactView['parts']>[] = [];
  const there = new Map(draft.map((run) => [runKey(run), run]));
  const here = new Set(live.map(runKey));
  for (const run of live) {
    const twin = there.get(runKey(run));
    if (!twin) partings.push(entering(run, 'live'));
    else {
      const index = run.steps.findIndex((step, at) => !sameStep(step, twin.steps[at]));
      const at = index < 0 && twin.steps.length > run.steps.length ? run.steps.length : index;
      if (at < 0) continue;
      const one = run.steps[at];
      const other = twin.steps[at];
      partings.push({
        at: iso(Math.min(one?.at ?? Infinity, other?.at ?? Infinity)),
        what: 'way',
        node: one?.node ?? other?.node ?? null,
        live: wordsOf(one),
        draft: wordsOf(other),
      });
    }
  }
  for (const run of draft) if (!here.has(runKey(run))) partings.push(entering(run, 'draft'));
  return partings.sort((a, b) => (a.at < b.at ? -1 : 1))[0] ?? null;
};

const entering = (run: SideRun, by: 'live' | 'draft'): NonNullable<BackTestContactView['parts']> => ({
  at: iso(run.startedAt),
  what: 'entered',
  node: null,
  live: by === 'live' ? 'entered' : null,
  draft: by === 'draft' ? 'entered' : null,
});

type Step = SideRun['steps'][number];

const sameStep = (one: Step, other: Step | undefined): boolean =>
  other !== undefined &&
  one.node === other.node &&
  one.port === other.port &&
  one.at === other.at &&
  one.note === other.note;

const wordsOf = (step: Step | undefined): string | null =>
  step
    ? [step.node, step.port === 'next' ? null : step.port, step.note].filter((word) => word !== null).join(' · ')
    : null;
