import { compileCondition, type CompiledCondition } from '../core/conditions/conditions.ts';
import type { CompiledModel, Program } from '../core/program.ts';
import { toMicro, type Micro } from '../core/subject.ts';
import type { AccountModel, Together } from '../model/account-model.ts';

/** What an account's contacts bring, ready to be asked. */
export interface CompiledPart {
  model: CompiledModel;
  part: 'all' | 'behaviour';
  together: Together;
  /** Micropoints; Infinity without a cap. */
  cap: Micro;
}

export interface CompiledAccountModel {
  id: string;
  name: string;
  audience: CompiledCondition | null;
  min: Micro;
  max: Micro;
  parts: readonly CompiledPart[];
  groups: readonly {
    id: string;
    name: string;
    cap: Micro;
    rules: readonly { id: string; name: string; points: Micro; when: CompiledCondition }[];
  }[];
  /** The highest first. */
  bands: readonly { id: string; name: string; from: Micro }[];
}

/** Account models ready to score, in id order. They must have passed `validate`; parts of models that are gone bring nothing. */
export const compileAccountModels = (models: readonly AccountModel[], program: Program): CompiledAccountModel[] =>
  models.map((model) => compileAccountModel(model, program)).sort((a, b) => (a.id < b.id ? -1 : 1));

const compileAccountModel = (model: AccountModel, program: Program): CompiledAccountModel => ({
  id: model.id,
  name: model.name,
  audience: model.audience ? compileCondition(model.audience, () => null) : null,
  min: toMicro(model.clamp.min),
  max: toMicro(model.clamp.max),
  parts: model.contacts.flatMap(({ model: id, part, together, cap }) => {
    const scored = program.model.get(id);
    return scored ? [{ model: scored, part, together, cap: cap === undefined ? Infinity : toMicro(cap) }] : [];
  }),
  groups: model.groups.map(({ id, name, cap }) => ({
    id,
    name,
    cap: cap === undefined ? Infinity : toMicro(cap),
    rules: model.rules
      .filter(({ group }) => group === id)
      .map((rule) => ({
        id: rule.id,
        name: rule.name,
        points: toMicro(rule.points),
        when: compileCondition(rule.when, () => null),
      })),
  })),
  bands: (model.bands ?? []).map((band) => ({ ...band, from: toMicro(band.from) })).sort((a, b) => b.from - a.from),
});
