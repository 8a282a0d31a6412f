import type { View } from '../core/conditions/conditions.ts';
import { scoreAt } from '../core/scores/explain.ts';
import type { Program } from '../core/program.ts';
import { toMicro, type Micro, type Subject } from '../core/subject.ts';
import type { FieldValue } from '../model/value.ts';
import type { CompiledAccountModel, CompiledPart } from './compile.ts';
import { AccountFields } from './identity.ts';

/** Contacts that an explanation names, at most; what the others bring is one line. */
export const mostNamed = 20;

/** One contact's score. */
export interface Contribution {
  contact: string;
  micro: Micro;
}

/** The scores of an account's contacts in one part of a model, gathered one by one: its size does not grow with the contacts. */
export class PartTally {
  readonly part: CompiledPart;
  /** The highest, the highest first. */
  readonly top: Contribution[] = [];
  sum: Micro = 0;
  count = 0;
  readonly #kept: number;

  constructor(part: CompiledPart) {
    this.part = part;
    this.#kept = Math.max(mostNamed, part.together.kind === 'top' ? part.together.count : 1);
  }

  add(contribution: Contribution): void {
    this.sum += contribution.micro;
    this.count++;
    const { top } = this;
    const last = top.at(-1);
    if (top.length === this.#kept && last && !goesBefore(contribution, last)) return;
    let at = top.length;
    while (at > 0 && goesBefore(contribution, top[at - 1] as Contribution)) at--; // within bounds
    top.splice(at, 0, contribution);
    if (top.length > this.#kept) top.pop();
  }

  /** What they bring before the cap, in micropoints. */
  get value(): Micro {
    const { together } = this.part;
    switch (together.kind) {
      case 'sum':
        return this.sum;
      case 'maximum':
        return this.top[0]?.micro ?? 0;
      case 'average':
        return this.count === 0 ? 0 : Math.round(this.sum / this.count) + 0;
      case 'top':
        return this.top.slice(0, together.count).reduce((sum, { micro }) => sum + micro, 0);
    }
  }
}

const goesBefore = (a: Contribution, b: Contribution): boolean =>
  a.micro > b.micro || (a.micro === b.micro && a.contact < b.contact);

/** An account at a moment: what its contacts say of it and bring to its scores. */
export interface Account {
  at: number;
  name: string;
  contacts: number;
  /** As conditions name them: `account.<name>`. */
  fields: Record<string, FieldValue>;
  models: readonly { model: CompiledAccountModel; parts: readonly PartTally[] }[];
}

/** Gathers the contacts of an account, in any order: the outcome is the same. */
export class AccountGathering {
  readonly #program: Program;
  readonly #at: number;
  readonly #fields = new AccountFields();
  readonly #models: Account['models'];
  #contacts = 0;

  /** `at`: the moment of the scores, ms. */
  constructor(program: Program, models: readonly CompiledAccountModel[], at: number) {
    this.#program = program;
    this.#at = at;
    this.#models = models.map((model) => ({ model, parts: model.parts.map((part) => new PartTally(part)) }));
  }

  add(subject: Subject): void {
    this.#contacts++;
    this.#fields.add(subject);
    for (const { parts } of this.#models) {
      for (const tally of parts) {
        const { model, part } = tally.part;
        const { score, behaviour, shown } = scoreAt(
          this.#program,
          subject,
          model.id,
          Math.max(this.#at, subject.clock),
        );
        if (shown) tally.add({ contact: subject.id, micro: toMicro(part === 'all' ? score : behaviour) });
      }
    }
  }

  account(): Account {
    return {
      at: this.#at,
      name: this.#fields.name(),
      contacts: this.#contacts,
      fields: this.#fields.fields(this.#contacts),
      models: this.#models,
    };
  }
}

/** How conditions see an account: by its fields. */
export const viewOf = ({ at, fields }: Pick<Account, 'at' | 'fields'>): View => ({
  at,
  fields,
  labels: [],
  stage: null,
  properties: {},
  events: () => [],
  score: () => 0,
  band: () => null,
});
