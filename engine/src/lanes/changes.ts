import type { Counted, Expiring, LedgerEntry, Program, RunChange, StageMove, StepResult, Subject } from '@ripen/shared';
import type { ContactRow } from '../store/contacts.ts';
import type { DeadLetter } from '../store/dead-letters.ts';
import type { EffectOf } from '../store/effects.ts';
import type { AppliedEvent } from '../store/events.ts';
import type { Of } from '../store/ledger.ts';

/** A run touched by a batch: what several steps did to it, as one. */
export interface FoldedRun {
  contact: ContactRow;
  change: RunChange;
}

/** A contact that was stepped: what it was before the batch, and the program that it was stepped with last. */
export interface Stepped {
  contact: ContactRow;
  before: Subject;
  program: Program;
}

/** What the steps of a batch lead to, gathered so that each table is written once. */
export class Changes {
  /** Contacts that were stepped; their `subject` is the new one. */
  readonly contacts = new Map<string, ContactRow>();
  readonly stepped = new Map<string, Stepped>();
  /** Contacts whose written due has come and was dealt with: it is written anew. */
  readonly looked = new Map<string, ContactRow>();
  /** Those of them whose dues could not be applied: they are tried again later. */
  readonly stuck = new Set<string>();
  /** Contacts that have to be looked at again at once. */
  readonly again = new Set<string>();
  readonly events: AppliedEvent[] = [];
  readonly entries: Of<LedgerEntry>[] = [];
  readonly moves: Of<StageMove>[] = [];
  readonly counted: Of<Counted>[] = [];
  readonly freed: Of<Counted>[] = [];
  readonly runs = new Map<string, FoldedRun>();
  readonly effects: EffectOf[] = [];
  /** Asks that were answered in the batch that asked. */
  readonly answered = new Set<string>();
  /** Those of them whose answer said that somebody will take the contact: the lead is to be made. */
  readonly routed = new Set<string>();
  readonly deadLetters: DeadLetter[] = [];
  readonly #expiring = new Map<string, Of<Expiring>>();
  readonly #expired: string[] = [];

  /** Takes in the result of a step with this program. The contact's subject is replaced. */
  add(contact: ContactRow, result: StepResult, program: Program): void {
    const { id: contactId } = contact;
    const { generation } = result.subject;
    const before = this.stepped.get(contactId)?.before ?? contact.subject;
    this.stepped.set(contactId, { contact, before, program });
    contact.subject = result.subject;
    this.contacts.set(contactId, contact);
    for (const row of result.entries) this.entries.push({ contactId, generation, row });
    for (const row of result.moves) this.moves.push({ contactId, generation, row });
    for (const row of result.counted) this.counted.push({ contactId, generation, row });
    for (const row of result.freed) this.freed.push({ contactId, generation, row });
    for (const row of result.expiring) this.#expiring.set(row.entryId, { contactId, generation, row });
    // What this batch wrote and saw expire never reaches its table.
    for (const id of result.expired) if (!this.#expiring.delete(id)) this.#expired.push(id);
    for (const effect of result.effects) this.effects.push({ contactId, effect });
    for (const change of result.runs) this.#addRun(contact, change);
  }

  get expiring(): Of<Expiring>[] {
    return [...this.#expiring.values()];
  }

  /** Entries written by earlier batches that are over. */
  get expired(): readonly string[] {
    return this.#expired;
  }

  #addRun(contact: ContactRow, change: RunChange): void {
    const earlier = this.runs.get(change.id)?.change;
    const folded: RunChange = earlier
      ? {
          ...change,
          started: earlier.started || change.started,
          moved: earlier.moved || change.moved,
          startedAt: earlier.startedAt,
          steps: [...earlier.steps, ...change.steps],
        }
      : change;
    this.runs.set(change.id, { contact, change: folded });
  }
}
