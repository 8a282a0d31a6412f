import {
  automationSchema,
  definitionsOf,
  runScenario,
  startNodeId,
  withDraft,
  type Automation,
  type Definition,
  type Definitions,
  type MadeUpContact,
  type Scenario,
  type Scripted,
  type Session,
} from '@ripen/shared';
import type { Passed } from '../../../canvas/flow-types.ts';
import { edgeId } from '../../../canvas/project.ts';

/** What is tried: a scenario that has no name yet. */
export type Setup = Omit<Scenario, 'id' | 'name' | 'expects'>;

export interface KnownContact {
  id: string;
  name: string;
  /** All that ever arrived for them, as the API lists it. */
  arrivals: readonly unknown[];
}

export type Trial =
  | {
      kind: 'lived';
      session: Session;
      definitions: Definitions;
      refused: ReadonlyMap<number, string>;
      /** The first and the last moment, ms; the last is earlier than asked for when something goes in a loop. */
      from: number;
      until: number;
      looped: boolean;
    }
  | { kind: 'impossible'; why: string };

/** Lives it through, whole: the slider only looks at what was kept. Never throws for what a person drew or typed. */
export const liveThrough = (
  documents: readonly Definition[],
  draft: Automation,
  setup: Setup,
  known: KnownContact | null,
): Trial => {
  const read = automationSchema.safeParse({ ...draft, scenarios: undefined });
  if (!read.success) return { kind: 'impossible', why: 'Some settings are not filled in yet.' };
  const definitions = withDraft(definitionsOf(documents), read.data);
  try {
    const { session, refused, until } = runScenario(
      definitions,
      setup,
      known
        ? { kind: 'known', contact: known.id, arrivals: known.arrivals, under: definitionsOf(documents) }
        : undefined,
    );
    const from = session.startedAt;
    const looped = until < from + setup.days * 86_400_000;
    return { kind: 'lived', session, definitions, refused, from, until, looped };
  } catch (error) {
    return { kind: 'impossible', why: error instanceof Error ? error.message : String(error) };
  }
};

export interface Path {
  trail: ReadonlyMap<string, Passed>;
  taken: ReadonlySet<string>;
}

const day = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });

/** The way through one automation up to a moment: where it went, and where it waits until when. */
export const pathAt = (session: Session, automation: string, at: number): Path => {
  const trail = new Map<string, Passed>();
  const taken = new Set<string>();
  const waits = new Map(
    (session.frameAt(at)?.subject.runs ?? [])
      .filter((run) => run.automation === automation)
      .map(({ node, waiting }) => [
        node,
        waiting.until !== null
          ? `waits until ${day.format(waiting.until)}`
          : waiting.for === 'answer'
            ? 'waits for an answer'
            : 'waits',
      ]),
  );
  for (const run of session.runs) {
    if (run.automation !== automation || run.startedAt > at) continue;
    trail.set(startNodeId, { turn: 0, failed: false, note: null });
    taken.add(edgeId({ from: startNodeId, port: 'next' }));
    for (const [index, { node, port, note, at: when }] of run.trail.entries()) {
      if (when > at) break;
      const before = trail.get(node);
      const failed = run.status === 'failed' && index === run.trail.length - 1;
      const waiting = waits.get(node);
      trail.set(node, {
        turn: before?.turn ?? trail.size,
        failed: failed || (before?.failed ?? false),
        note,
        ...(waiting === undefined ? {} : { waits: waiting }),
      });
      if (port !== null) taken.add(edgeId({ from: node, port }));
    }
  }
  return { trail, taken };
};

/** Says whether two paths look the same. */
export const pathKey = ({ trail, taken }: Path): string => JSON.stringify([[...trail], [...taken]]);

/** A score's course: where it is at even distances, and just before and after everything that happens. */
export const courseOf = (session: Session, model: string, until: number): { x: number; y: number }[] => {
  const from = session.startedAt;
  const moments = new Set(Array.from({ length: 121 }, (_, index) => from + ((until - from) * index) / 120));
  for (const { at } of session.frames.slice(0, 300)) {
    if (at > from) moments.add(at - 1);
    moments.add(at);
  }
  return [...moments]
    .sort((a, b) => a - b)
    .map((at) => ({ x: (at - from) / 86_400_000, y: session.scoreAt(model, at)?.score ?? 0 }));
};

export const nobody: MadeUpContact = { fields: { email: 'ann@example.com' }, labels: [], stage: null, points: {} };

/** Where a trial begins: what starts the automation happens an hour in. */
export const freshSetup = (draft: Automation, now: number): Setup => {
  const happens: Scripted[] = [];
  for (const trigger of draft.triggers.slice(0, 1)) {
    if (trigger.type === 'event' && trigger.event)
      happens.push({ kind: 'event', afterMinutes: 60, event: trigger.event, properties: {} });
    if (trigger.type === 'manual')
      happens.push({ kind: 'event', afterMinutes: 60, event: 'ripen.enrol', properties: { automation: draft.id } });
    if (trigger.type === 'lead')
      happens.push({ kind: 'event', afterMinutes: 60, event: `ripen.lead_${trigger.outcome}`, properties: {} });
  }
  return { startsAt: new Date(now - (now % 60_000)).toISOString(), days: 60, contact: nobody, happens };
};
