import type { CompiledAccountModel, Definitions, Program } from '@ripen/shared';
import type { LaneDeps } from '../lanes/deps.ts';
import { headRevision } from '../store/definitions.ts';
import { namesOf, type Names } from './names.ts';

/** The definitions in force now: what the core makes of them, and what everything in them is called. */
export interface Workspace {
  definitions: Definitions;
  program: Program;
  /** In id order. */
  accountModels: readonly CompiledAccountModel[];
  names: Names;
}

export const workspaceNow = async ({ store, programs }: Pick<LaneDeps, 'store' | 'programs'>): Promise<Workspace> => {
  const { definitions, program, accountModels } = await programs.at(store.pool, await headRevision(store.pool));
  return { definitions, program, accountModels, names: namesOf(definitions) };
};
