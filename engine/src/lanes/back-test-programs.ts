import {
  compile,
  Schedules,
  schedulesOf,
  type Automation,
  type AutomationVersion,
  type Definitions,
  type ProgramsThen,
} from '@ripen/shared';
import { definitionHistory } from '../store/definitions.ts';
import type { Queryable } from '../store/store.ts';
import type { Compiled, Programs } from './programs.ts';

/** The version that a draft is put beside: the live one, or the last that was. */
export const versionBeside = async (
  db: Queryable,
  automation: string,
): Promise<{ graph: Automation; version: number } | null> => {
  const [last] = await definitionHistory(db, 'automation', automation);
  return last?.document.kind === 'automation' ? { graph: last.document, version: last.version } : null;
};

/** Definitions of a time as if this version had been the live one of its automation, and no other; null: none. */
const withLive = (then: Definitions, automation: string, live: Omit<AutomationVersion, 'live'> | null): Definitions => {
  const others = then.automations.flatMap((each): AutomationVersion[] => {
    if (each.graph.id !== automation) return [each];
    return each.version === live?.version ? [] : [{ ...each, live: false }];
  });
  return { ...then, automations: live ? [...others, { ...live, live: true }] : others };
};

/** What is played where a draft is put beside a version. */
export interface Contest {
  automation: string;
  live: Omit<AutomationVersion, 'live'> | null;
  draft: Omit<AutomationVersion, 'live'>;
}

/** The programs of one revision, for both sides, with the definitions of the time. */
interface ContestThen extends ProgramsThen {
  definitions: Definitions;
}

/** Programs of a contest by revision, each compiled once: a workspace has few revisions beside its arrivals. */
export const contestPrograms = (programs: Programs, { automation, live, draft }: Contest) => {
  const known = new Map<string, ContestThen>();
  const load = ({ definitions, program }: Compiled): ContestThen => {
    const present = definitions.automations.find((each) => each.live && each.graph.id === automation);
    const asItWas = present?.version === live?.version;
    return {
      definitions,
      then: program,
      live: asItWas ? program : compile(withLive(definitions, automation, live)),
      draft: compile(withLive(definitions, automation, draft)),
    };
  };
  const keyOf = (revision: number, modelsFrom: number): string =>
    `${revision}/${modelsFrom > revision ? modelsFrom : 0}`;
  const remembered = new Set<string>();
  return {
    /** Loads what these arrivals count under; `at` throws for others. */
    prepare: async (db: Queryable, revisions: Iterable<number>, modelsFrom: number): Promise<void> => {
      for (const revision of revisions) {
        const key = keyOf(revision, modelsFrom);
        if (known.has(key)) continue;
        const loaded = load(await programs.at(db, revision, modelsFrom));
        known.set(key, loaded);
        for (const { events } of [loaded.then, loaded.live, loaded.draft])
          for (const [type, event] of events) if (event.remembered) remembered.add(type);
        for (const side of [loaded.live, loaded.draft])
          for (const type of new Schedules(side, [automation]).pastTypes) remembered.add(type);
      }
    },
    at: (revision: number, modelsFrom: number): ContestThen => {
      const found = known.get(keyOf(revision, modelsFrom));
      if (!found) throw new Error(`Revision ${revision} was not loaded.`);
      return found;
    },
    /** The automation, where either version of it has schedules. */
    scheduled: [live, draft].some((version) => version !== null && schedulesOf(version.graph).length > 0)
      ? automation
      : null,
    /** Event types whose past some program asks for. */
    remembered: remembered as ReadonlySet<string>,
  };
};
