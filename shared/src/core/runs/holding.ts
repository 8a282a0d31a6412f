import { resumeByAnswer, stays } from './runs.ts';
import { resumeTimedOut } from './waits.ts';
import type { Work } from '../work.ts';

export const holdRunsEvent = 'ripen.hold_runs';
export const releaseRunsEvent = 'ripen.release_runs';

/** Keeps the contact where it waits inside an automation: no time, event, condition or answer takes it on until it is released. */
export const holdRuns = (work: Work, automation: string): void => {
  const runs = work.subject.runs.filter((run) => run.automation === automation && !run.held);
  if (runs.length === 0) return work.note(`nothing waits in ${automation} that could be held`);
  for (const run of runs) {
    const held = { ...run, held: { since: work.at } };
    work.keepRun(held);
    stays(work, held, 'held');
  }
};

/**
 * Lets the contact go on. Deadlines stood meanwhile: a wait that would be over is over now, what was answered is answered
 * now. What happened while the run was held was not waited for, so no event of that time ends a wait.
 */
export const releaseRuns = (work: Work, automation: string): void => {
  const runs = work.subject.runs.filter((run) => run.automation === automation && run.held);
  if (runs.length === 0) return work.note(`nothing is held in ${automation}`);
  for (const { held: _, ...run } of runs) {
    work.keepRun(run);
    stays(work, run, 'released');
  }
  for (const { held } of runs) if (held?.answer) resumeByAnswer(work, held.answer);
  resumeTimedOut(work);
};
