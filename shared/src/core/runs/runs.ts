import type { Json, Properties } from '../../model/value.ts';
import { goalPort, type Outcome } from '../../nodes/node-type.ts';
import { digest, idOf, numbered } from '../ids.ts';
import { NodePass } from './pass.ts';
import { triggerKey, type CompiledAutomation, type CompiledNode } from '../program.ts';
import type { RunChange, RunStatus } from '../result.ts';
import { counts, remember } from '../scores/rules.ts';
import type { Answer, RunState } from '../subject.ts';
import type { Work } from '../work.ts';

/** Nodes that may be passed, and runs started, at one moment before automations are cut off from each other. */
export const cascadeLimit = { nodes: 1_000, runs: 100 } as const;
/** Runs of one contact that may wait at once. */
export const mostWaitingRuns = 200;

/** Acts with other properties at hand than the event's. */
export const withProperties = <T>(work: Work, properties: Properties, act: () => T): T => {
  const before = work.properties;
  work.properties = properties;
  try {
    return act();
  } finally {
    work.properties = before;
  }
};

/** A contact enters an automation, if it may. */
export const enrol = (work: Work, automation: CompiledAutomation, type: string, properties: Properties): void => {
  const { runs } = work.subject;
  const inside = runs.length === 0 ? runs : runs.filter((run) => run.automation === automation.id);
  const { whileInside, reentry } = automation.graph;
  if (inside.length > 0 && whileInside === 'skip') {
    work.note(`${automation.id}: already inside`);
    return;
  }
  const count = withProperties(work, properties, () => counts(work, reentry, automation.enter));
  if (typeof count === 'string') {
    work.note(`${automation.id}: ${count}`);
    return;
  }
  remember(work, count);
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
export const changeOf = (work: Work, run: RunState): RunChange => {
  for (const present of work.runs) if (present.id === run.id) return present;
  const change: RunChange = {
    id: run.id,
    automation: run.automation,
    version: run.version,
    moved: false,
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
  work.addRun(change);
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
  // What was answered meanwhile is answered: sales keeps whom it has.
  if (run.waiting.for === 'answer' && !run.held?.answer && work.subject.openLead === run.waiting.ask)
    work.subject.openLead = null;
};

/** Takes a run from node to node until it waits or ends. */
export const walk = (work: Work, automation: CompiledAutomation, run: RunState, first: string | null): void => {
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
        noteGoal(node, run, outcome.port);
        current = node.to.get(outcome.port) ?? null;
        break;
      case 'jump':
        current = outcome.to;
        break;
      case 'end':
        current = null;
        break;
      case 'wait':
        return wait(work, run, waitingOf(outcome, work.at));
      case 'answer':
        return wait(work, run, { for: 'answer', since: work.at, until: null, ask: outcome.ask });
    }
  }
  finish(work, run, 'completed');
};

/** Where a run is. */
export interface Place {
  automation: CompiledAutomation;
  node: CompiledNode;
}

/** The node of a version of an automation that a run is at; undefined where either is not known any more. */
export const placeOf = ({ program }: Work, { automation: id, version, node: at }: RunState): Place | undefined => {
  const automation = program.automations.get(id)?.get(version);
  const node = automation?.nodes.get(at);
  return automation && node && { automation, node };
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

const waitingOf = (outcome: Extract<Outcome, { kind: 'wait' }>, since: number): RunState['waiting'] =>
  outcome.for === 'condition'
    ? { for: 'condition', since, until: outcome.until }
    : { for: outcome.for, since, until: outcome.until };

export const wait = (work: Work, run: RunState, waiting: RunState['waiting']): void => {
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
export const resume = (work: Work, waiting: RunState, port: string, note: string | null): void => {
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
  const node = automation.nodes.get(run.node);
  if (node) noteGoal(node, run, port);
  walk(work, automation, run, node?.to.get(port) ?? null);
};

/** Remembers a goal that was reached, so that it pulls the run no more. */
const noteGoal = ({ node, type }: CompiledNode, run: RunState, port: string): void => {
  if (type.pulls && port === goalPort && !run.reached?.includes(node.id))
    run.reached = [...(run.reached ?? []), node.id];
};

/** Takes the run that asked on with its answer. */
export const resumeByAnswer = (work: Work, { ask, port, note, detail }: Answer): void => {
  if (port === 'no_one' && work.subject.openLead === ask) work.subject.openLead = null;
  const run = work.subject.runs.find(({ waiting }) => waiting.for === 'answer' && waiting.ask === ask);
  if (run?.held) return work.keepRun({ ...run, held: { ...run.held, answer: { ask, port, note, detail } } });
  if (run) {
    const place = placeOf(work, run);
    const ports = place?.node.type.ports(place.node.node.settings) ?? [];
    // That nobody will answer is said in one way to all who ask: it came to nothing.
    const taken = ports.includes(port) ? port : (ports.at(-1) ?? port);
    if (place?.node.type.answered) {
      const { type, node } = place.node;
      withProperties(work, run.trigger.properties, () =>
        type.answered?.(node.settings, new NodePass(work, place.automation, place.node, run), detail),
      );
    }
    resume(work, run, taken, note);
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

export const moveRunEvent = 'ripen.move_run';

/** Why a run that waits at a node cannot wait there in another version; null when it can. */
const whyStays = (
  from: CompiledAutomation | undefined,
  to: CompiledAutomation | undefined,
  at: string,
): string | null => {
  if (!to) return 'that version is not known';
  const [was, is] = [from?.nodes.get(at)?.node.type, to.nodes.get(at)?.node.type];
  if (is === undefined) return `its step "${at}" is not there any more`;
  return was === undefined || was === is ? null : `its step "${at}" is another kind of step now`;
};

/**
 * Takes a waiting run over to another version of its automation, by the id of the node that it waits at. What it waits for
 * stands as it began, its deadline too; where it goes from there is the new version's. One that cannot be mapped stays.
 */
export const moveRun = (work: Work, runId: string, version: Json | undefined): void => {
  const run = work.subject.runs.find(({ id }) => id === runId);
  if (!run) return work.note(`run ${runId} is not waiting`);
  if (typeof version !== 'number' || run.version === version) return;
  const versions = work.program.automations.get(run.automation);
  const why = whyStays(versions?.get(run.version), versions?.get(version), run.node);
  if (why !== null) return work.note(`run ${runId} stays on version ${run.version}: ${why}`);
  const moved = { ...run, version };
  work.keepRun(moved);
  const change = stays(work, moved, `moved from version ${run.version}`);
  change.version = version;
  change.moved = true;
};

/** Writes down what was done to a run that waits on where it is. */
export const stays = (work: Work, run: RunState, note: string): RunChange => {
  const change = changeOf(work, run);
  change.at = work.at;
  change.node = run.node;
  change.until = run.held ? null : run.waiting.until;
  change.waiting = run.held ? { ...run.waiting, held: run.held.since } : run.waiting;
  change.steps.push({ node: run.node, at: work.at, port: null, note });
  return change;
};

export const startBySchedule = (work: Work, automation: string, properties: Properties): void => {
  work.queue.push({ kind: 'trigger', key: triggerKey('schedule', automation), properties });
};

export const startByHand = (work: Work, automation: string, properties: Properties): void => {
  work.queue.push({ kind: 'trigger', key: triggerKey('manual', automation), properties });
};
