import { sooner } from '../conditions/conditions.ts';
import { NodePass } from './pass.ts';
import type { CompiledAutomation, CompiledNode } from '../program.ts';
import { changeOf, placeOf, resume, wait, walk, withProperties, type Place } from './runs.ts';
import type { RunState } from '../subject.ts';
import type { Work } from '../work.ts';

/** The output by which a run leaves a wait when a goal pulls it forward: of no node, so that no edge starts there. */
export const pulledPort = 'goal';

/** Waits whose time is over, the earliest deadline first. */
export const resumeTimedOut = (work: Work): void => {
  const over = work.subject.runs
    .filter((run) => !run.held && run.waiting.until !== null && run.waiting.until <= work.at)
    .sort((a, b) => (a.waiting.until ?? 0) - (b.waiting.until ?? 0));
  for (const run of over)
    if (isInside(work, run)) resume(work, run, run.waiting.for === 'time' ? 'next' : 'timed_out', null);
};

const isInside = (work: Work, run: RunState): boolean => work.subject.runs.some(({ id }) => id === run.id);

/** Waits that the event at hand ends: it must have happened in `[since, until)`. */
export const resumeByEvent = (work: Work, type: string): void => {
  const { earnedAt } = work;
  for (const run of work.subject.runs) {
    if (
      run.waiting.for !== 'event' ||
      run.held ||
      earnedAt < run.waiting.since ||
      earnedAt >= run.waiting.until ||
      !isInside(work, run)
    )
      continue;
    const place = placeOf(work, run);
    if (!place) continue;
    const { automation } = place;
    const { node } = place.node;
    if (node.type !== 'wait_event' || node.settings.event !== type) continue;
    work.program.watch?.({ automation, run: run.id, node }, work);
    const where = automation.waitWhere.get(run.node);
    if (!where || where.holds(work)) resume(work, run, 'happened', null);
  }
};

/**
 * Takes on the runs whose wait the contact's present state ends, and pulls forward those that a goal has. Returns whether there
 * were any.
 */
export const lookAtWaits = (work: Work): boolean => {
  if (!work.program.heedsWaits) return false;
  let moved = false;
  for (const run of work.subject.runs) {
    if (run.waiting.for === 'answer' || run.held) continue;
    const place = placeOf(work, run);
    if (place && (goesOn(work, run, place) || isPulled(work, run, place))) moved = true;
  }
  return moved;
};

const goesOn = (work: Work, run: RunState, { automation, node }: Place): boolean => {
  const { type } = node;
  if (!type.whileWaiting) return false;
  const outcome = asRun(work, run, () =>
    type.whileWaiting?.(node.node.settings, new NodePass(work, automation, node, run)),
  );
  if (outcome?.kind === 'wait' && outcome.for === 'time' && outcome.until !== run.waiting.until)
    wait(work, { ...run }, { for: 'time', since: run.waiting.since, until: outcome.until });
  if (outcome?.kind !== 'go') return false;
  resume(work, run, outcome.port, outcome.note ?? null);
  return true;
};

const isPulled = (work: Work, run: RunState, { automation, node }: Place): boolean => {
  const goal = automation
    .goalsAhead(node.node.id)
    .find(
      (ahead) =>
        !run.reached?.includes(ahead.node.id) &&
        asRun(work, run, () => ahead.type.pulls?.(ahead.node.settings, new NodePass(work, automation, ahead, run))) ===
          true,
    );
  if (!goal) return false;
  pull(work, run, automation, goal);
  return true;
};

/** A run sees the event that started it. */
const asRun = <T>(work: Work, run: RunState, act: () => T): T => withProperties(work, run.trigger.properties, act);

const pull = (work: Work, waiting: RunState, automation: CompiledAutomation, goal: CompiledNode): void => {
  const run = { ...waiting };
  work.removeRun(run.id);
  changeOf(work, run).steps.push({ node: run.node, at: work.at, port: pulledPort, note: null });
  walk(work, automation, run, goal.node.id);
};

/** The next moment at which a run's wait may be over though nothing happens; null: never. */
export const nextWaitOver = (work: Work): number | null => {
  let due: number | null = null;
  for (const run of work.subject.runs) {
    if (run.held) continue;
    due = sooner(due, run.waiting.until);
    if (!work.program.heedsWaits || run.waiting.for === 'answer') continue;
    const place = placeOf(work, run);
    if (place) due = sooner(due, nextFlip(work, run, place));
  }
  return due;
};

const nextFlip = (work: Work, run: RunState, { automation, node }: Place): number | null => {
  const goals = automation.goalsAhead(node.node.id).filter((goal) => !run.reached?.includes(goal.node.id));
  const awaited = [...(node.type.whileWaiting ? node.conditions : []), ...goals.flatMap((goal) => goal.conditions)];
  if (awaited.length === 0) return null;
  return asRun(work, run, () =>
    awaited.reduce<number | null>((first, condition) => sooner(first, condition.nextFlip(work)), null),
  );
};
