import { compile, nodeTypeOf, type Definitions, type Program } from '@ripen/shared';
import { definitionsAt } from '../store/definitions.ts';
import type { Queryable } from '../store/store.ts';

/** The definitions of a revision, and what the core makes of them. */
export interface Compiled {
  definitions: Definitions;
  program: Program;
  /** Whether some automation asks the outside: only then it matters that answers find their own moment. */
  asks: boolean;
}

/** Compiled definitions by revision. A revision never changes, so nothing here can be stale. */
export interface Programs {
  /** Throws what `compile` throws. */
  at(db: Queryable, revision: number): Promise<Compiled>;
}

/** How many revisions are kept: arrivals under older ones are rare, and a program of a large workspace is megabytes. */
const defaultSize = 8;

/** A cache of one process; compiles a revision once, on first use. */
export const createPrograms = (size = defaultSize): Programs => {
  const programs = new Map<number, Promise<Compiled>>();

  const load = async (db: Queryable, revision: number): Promise<Compiled> => {
    const definitions = await definitionsAt(db, revision);
    const asks = definitions.automations.some(({ graph }) =>
      graph.nodes.some((node) => nodeTypeOf(node).kind === 'answering'),
    );
    return { definitions, program: compile(definitions), asks };
  };

  return {
    at: (db, revision) => {
      const cached = programs.get(revision);
      if (cached) {
        // Moved to the end: the first key is the one used longest ago.
        programs.delete(revision);
        programs.set(revision, cached);
        return cached;
      }
      const compiled = load(db, revision);
      programs.set(revision, compiled);
      compiled.catch(() => programs.delete(revision));
      for (const oldest of programs.keys()) {
        if (programs.size <= size) break;
        programs.delete(oldest);
      }
      return compiled;
    },
  };
};
