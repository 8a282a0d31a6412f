import {
  compile,
  compileAccountModels,
  nodeTypeOf,
  type CompiledAccountModel,
  type Definitions,
  type Program,
} from '@ripen/shared';
import { definitionsAt } from '../store/definitions.ts';
import type { Queryable } from '../store/store.ts';

/** The definitions of a revision, and what the core makes of them. */
export interface Compiled {
  definitions: Definitions;
  program: Program;
  /** In id order. */
  accountModels: readonly CompiledAccountModel[];
  /** Whether some automation asks the outside: only then it matters that answers find their own moment. */
  asks: boolean;
}

/** Compiled definitions by revision. A revision never changes, so nothing here can be stale. */
export interface Programs {
  /**
   * Throws what `compile` throws. Before `modelsFrom`, the models and stages of that revision take the place of those of
   * the time; all else is as it was.
   */
  at(db: Queryable, revision: number, modelsFrom?: number): Promise<Compiled>;
}

/** How many revisions are kept: arrivals under older ones are rare, and a program of a large workspace is megabytes. */
const defaultSize = 8;

/** Definitions of a time as if these models and stages had been there already. A model that ended meanwhile stays. */
export const withModelsOf = (then: Definitions, later: Pick<Definitions, 'models' | 'lifecycle'>): Definitions => ({
  ...then,
  models: [...later.models, ...then.models.filter(({ id }) => !later.models.some((model) => model.id === id))],
  lifecycle: later.lifecycle ?? then.lifecycle,
});

/** A cache of one process; compiles a revision once, on first use. */
export const createPrograms = (size = defaultSize): Programs => {
  const programs = new Map<string, Promise<Compiled>>();

  const load = async (db: Queryable, revision: number, modelsFrom: number): Promise<Compiled> => {
    const then = await definitionsAt(db, revision);
    const definitions = modelsFrom === 0 ? then : withModelsOf(then, await definitionsAt(db, modelsFrom));
    const asks = definitions.automations.some(({ graph }) =>
      graph.nodes.some((node) => nodeTypeOf(node).kind === 'answering'),
    );
    const program = compile(definitions);
    return { definitions, program, accountModels: compileAccountModels(definitions.accountModels, program), asks };
  };

  return {
    at: (db, revision, modelsFrom = 0) => {
      const later = modelsFrom > revision ? modelsFrom : 0;
      const key = `${revision}/${later}`;
      const cached = programs.get(key);
      if (cached) {
        // Moved to the end: the first key is the one used longest ago.
        programs.delete(key);
        programs.set(key, cached);
        return cached;
      }
      const compiled = load(db, revision, later);
      programs.set(key, compiled);
      compiled.catch(() => programs.delete(key));
      for (const oldest of programs.keys()) {
        if (programs.size <= size) break;
        programs.delete(oldest);
      }
      return compiled;
    },
  };
};
