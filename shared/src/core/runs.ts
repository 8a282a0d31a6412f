import type { Properties } from '../model/value.ts';
import type { Outcome } from '../nodes/node-type.ts';
import type { CompiledCondition } from './conditions.ts';
import { digest, idOf, numbered } from './ids.ts';
import { NodePass } from './pass.ts';
import { triggerKey, type CompiledAutomation, type CompiledNode, type CompiledTrigger } from './program.ts';
import type { RunChange, RunStatus } from './result.ts';
import { counts } from './rules.ts';
import { lookAtSegments } from './segments.ts';
import { toPoints, type RunState } from './subject.ts';
import type { Happening, Work } from './work.ts';

/** Nodes that may be passed, and runs started, at one moment before automations are cut off from each other. */
export const cascadeLimit = { nodes: 1_000, runs: 100 } as const;
/** Runs of one contact that may wait at once. */
export const mostWaitingRuns = 200;

/** Lets automations react to what happened, first in, first out, until nothing is left. */
export const react = (work: Work): void => {
  const { queue } = work;
  // What automations did may take the contact into segments and out of them.
  do {
    for (let next = 0; next < queue.length; next++) reactTo(work, queue[next] as Happening); // within bounds
    queue.length = 0;
  } while (lookAtSegments(work));
};

const reactTo = (work: Work, happening: Happening): void => {
  const triggers = triggered(work, happening);
  if (triggers.length === 0) return;
  const properties = happening.kind === 'trigger' ? happening.properties : propertiesOf(happening);
  const entered: CompiledAutomation[] = [];
  for (const { automation, trigger, where } of triggers) {
    if (entered.includes(automation)) continue;
    if (where && !withProperties(work, properties, () => asked(work, automation, trigger, where))) continue;
    entered.push(automation);
    enrol(work, automation, keyOf(happening), properties);
  }
};

const none: readonly CompiledTrigger[] = [];

const triggered = (work: Work, happening: Happening): readonly CompiledTrigger[] => {
  switch (happening.kind) {
    case 'trigger':
      return work.program.triggers.get(happening.key) ?? none;
    case 'score':
      return (work.program.scoreTriggers.get(happening.model) ?? []).filter(({ level, up }) =>
        up ? happening.from < level && happening.to >= level : happening.from >= level && happening.to < level,
      );
    case 'inactive':
      return work.program.inactive
        .filter(({ afterMs }) => work.subject.lastActivityAt === happening.at - afterMs)
        .map(({ trigger }) => trigger);
  }
};

const propertiesOf = (happening: Exclude<Happening, { kind: 'trigger' }>): Properties =>
  happening.kind === 'score'
    ? { model: happening.model, from: toPoints(happening.from), to: toPoints(happening.to) }
    : {};

const keyOf = (happening: Happening): string => {
  switch (happening.kind) {
    case 'trigger':
      return happening.key;
    case 'score':
      return `score_crosses:${happening.model}`;
    case 'inactive':
      return 'inactive';
  }
};

const asked = (
  work: Work,
  automation: CompiledAutomation,
  trigger: CompiledTrigger['trigger'],
  where: CompiledCondition,
): boolean => {
  work.program.watch?.({ automation, run: null, trigger }, work);
  return where.holds(work);
};

const withProperties = <T>(work: Work, properties: Properties, act: () => T): T => {
  const before = work.properties;
  work.properties = properties;
  try {
    return act();
  } finally {
    work.properties = before;
  }
};

const enrol = (work: Work, automation: CompiledAutomation, type: string, properties: Properties): void => {
  const { runs } = work.subject;
  const inside = runs.length === 0 ? runs : runs.filter((run) => run.automation === automation.id);
  const { whileInside, reentry } = automation.graph;
  if (inside.length > 0 && whileInside === 'skip') {
    work.note(`${automation.id}: already inside`);
    return;
  }
  const count = withProperties(work, properties, () => counts(work, reentry, automation.enter));
  if (!count.ok) {
    work.note(`${automation.id}: ${count.why}`);
    return;
  }
  count.record?.();
  if (whileInside === 'restart') for (const run of inside) cancel(work, run, 'restarted');
  // A message starts the same runs whoever its contact turns out to be.
  const contact = work.messageId === null ? work.subject.id : '';
  const run: RunState = {
    id: idOf(numbered(work.started++, digest(work.root, digest(contact, automation.runDigest)))),
    automation: automation.id,
    version: automation.version,
    node: '',
    steps: 0,
    backfilled: work.backfilled,
    waiting: { for: 'time', since: work.at, until: work.at },
    trigger: { type, messageId: work.messageId, at: work.at, properties },
  };
  const change = changeOf(work, run);
  change.started = true;
  if (work.started > cascadeLimit.runs) {
    work.queue.length = 0;
    finish(
      work,
      run,
      'failed',
      `Cascade limit: more than ${cascadeLimit.runs} runs were started at one moment by automations that start each other.`,
    );
    return;
  }
  walk(work, automation, run, automation.first);
};

/** The change of a run in this step; the first touch opens it. */
const changeOf = (work: Work, run: RunState): RunChange => {
  for (const present of work.runs) if (present.id === run.id) return present;
  const change: RunChange = {
    id: run.id,
    automation: run.automation,
    version: run.version,
    status: 'waiting',
    started: false,
    startedAt: run.trigger.at,
    at: work.at,
    node: null,
    until: null,
    waiting: null,
    messageId: run.trigger.messageId,
    steps: [],
    error: null,
    backfilled: run.backfilled,
  };
  work.runs.push(change);
  return change;
};

const finish = (work: Work, run: RunState, status: RunStatus, error: string | null = null): void => {
  work.removeRun(run.id);
  const change = changeOf(work, run);
  change.status = status;
  change.error = error;
  change.at = work.at;
  change.node = run.node || null;
  change.until = null;
  change.waiting = null;
};

const cancel = (work: Work, run: RunState, why: string): void => {
  changeOf(work, run).steps.push({ node: run.node, at: work.at, port: null, note: why });
  finish(work, run, 'cancelled');
  if (run.waiting.for === 'answer' && work.subject.openLead === run.waiting.ask) work.subject.openLead = null;
};

/** Takes a run from node to node until it waits or ends. */
const walk = (work: Work, automation: CompiledAutomation, run: RunState, first: string | null): void => {
  const change = changeOf(work, run);
  let current = first;
  while (current !== null) {
    const node = automation.nodes.get(current);
    if (!node) return finish(work, run, 'failed', `The node "${current}" does not exist.`);
    run.node = current;
    if (++work.passed > cascadeLimit.nodes) {
      work.queue.length = 0;
      return finish(
        work,
        run,
        'failed',
        `Cascade limit: more than ${cascadeLimit.nodes} nodes were passed at one moment.`,
      );
    }
    const outcome = passNode(work, automation, node, run);
    run.steps++;
    const step = {
      node: current,
      at: work.at,
      port: outcome.kind === 'go' ? outcome.port : null,
      note: outcome.note ?? null,
    };
    change.steps.push(step);
    switch (outcome.kind) {
      case 'go':
        current = node.to.get(outcome.port) ?? null;
        break;
      case 'jump':
        current = outcome.to;
        break;
      case 'end':
        current = null;
        break;
      case 'wait':
        return wait(work, run, { for: outcome.for, since: work.at, until: outcome.until });
      case 'answer':
        return wait(work, run, { for: 'answer', since: work.at, until: null, ask: outcome.ask });
    }
  }
  finish(work, run, 'completed');
};

/** As `withProperties`; every node of every run comes through here, so it makes no closure. */
const passNode = (work: Work, automation: CompiledAutomation, node: CompiledNode, run: RunState): Outcome => {
  const before = work.properties;
  work.properties = run.trigger.properties;
  try {
    work.program.watch?.({ automation, run: run.id, node: node.node }, work);
    return node.type.run(node.node.settings, new NodePass(work, automation, node, run));
  } finally {
    work.properties = before;
  }
};

const wait = (work: Work, run: RunState, waiting: RunState['waiting']): void => {
  if (work.subject.runs.filter(({ id }) => id !== run.id).length >= mostWaitingRuns) {
    return finish(work, run, 'failed', `The contact waits in ${mostWaitingRuns} runs already.`);
  }
  work.keepRun({ ...run, waiting });
  const change = changeOf(work, run);
  change.status = 'waiting';
  change.at = work.at;
  change.node = run.node;
  change.until = waiting.until;
  change.waiting = waiting;
};

/** Takes a waiting run on by one of its node's outputs. */
const resume = (work: Work, waiting: RunState, port: string, note: string | null): void => {
  const automation = work.program.automations.get(waiting.automation)?.get(waiting.version);
  const run = { ...waiting };
  if (!automation)
    return finish(
      work,
      run,
      'failed',
      `Version ${run.version} of the automation "${run.automation}" is not known any more.`,
    );
  work.removeRun(run.id);
  changeOf(work, run).steps.push({ node: run.node, at: work.at, port, note });
  walk(work, automation, run, automation.nodes.get(run.node)?.to.get(port) ?? null);
};

/** Waits whose time is over, the earliest deadline first. */
export const resumeTimedOut = (work: Work): void => {
  const over = work.subject.runs
    .filter((run) => run.waiting.until !== null && run.waiting.until <= work.at)
    .sort((a, b) => (a.waiting.until ?? 0) - (b.waiting.until ?? 0));
  for (const run of over)
    if (isInside(work, run)) resume(work, run, run.waiting.for === 'event' ? 'timed_out' : 'next', null);
};

const isInside = (work: Work, run: RunState): boolean => work.subject.runs.some(({ id }) => id === run.id);

/** Waits that the event at hand ends: it must have happened in `[since, until)`. */
export const resumeByEvent = (work: Work, type: string): void => {
  const { earnedAt } = work;
  for (const run of work.subject.runs) {
    if (
      run.waiting.for !== 'event' ||
      earnedAt < run.waiting.since ||
      earnedAt >= run.waiting.until ||
      !isInside(work, run)
    )
      continue;
    const automation = work.program.automations.get(run.automation)?.get(run.version);
    const node = automation?.nodes.get(run.node)?.node;
    if (node?.type !== 'wait_event' || node.settings.event !== type) continue;
    if (automation) work.program.watch?.({ automation, run: run.id, node }, work);
    const where = automation?.waitWhere.get(run.node);
    if (!where || where.holds(work)) resume(work, run, 'happened', null);
  }
};

/** Takes the run that asked on with its answer. */
export const resumeByAnswer = (work: Work, ask: string, port: string, note: string | null): void => {
  if (port === 'no_one' && work.subject.openLead === ask) work.subject.openLead = null;
  const run = work.subject.runs.find(({ waiting }) => waiting.for === 'answer' && waiting.ask === ask);
  if (run) {
    resume(work, run, port, note);
    return;
  }
  // The run was cancelled meanwhile, but the handoff was made: sales has the contact all the same.
  if (port === 'routed') work.subject.openLead ??= ask;
  work.note(`no run waits for the answer to ${ask}`);
};

export const cancelRun = (work: Work, runId: string): void => {
  const run = work.subject.runs.find(({ id }) => id === runId);
  if (run) cancel(work, run, 'cancelled by hand');
  else work.note(`run ${runId} is not waiting`);
};

export const startByHand = (work: Work, automation: string, properties: Properties): void => {
  work.queue.push({ kind: 'trigger', key: triggerKey('manual', automation), properties });
};
