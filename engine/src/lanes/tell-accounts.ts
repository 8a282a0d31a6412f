import { internalEvents, tellingFacts, unheardFacts, type AccountFact, type Subject } from '@ripen/shared';
import { guardMessages, messageHash } from '../ingest/guard-messages.ts';
import { readFacts, writeFacts, type SaidOfAccount } from '../store/account-facts.ts';
import { markAccounts } from '../store/accounts.ts';
import { heldAmong } from '../store/contacts.ts';
import { inboxDepth } from '../store/inbox.ts';
import type { Queryable, Transaction } from '../store/store.ts';
import type { LaneDeps } from './deps.ts';
import { appendInternal } from './internal.ts';

/** More arrivals than these that wait are somebody else's, or a lane is behind: what is told now would only wait too. */
const mostWaiting = 20_000;
/** Contacts told in one transaction. */
const mostTold = 5_000;

/** Keeps what people or files say of accounts and has their contacts told, soon. No account and field may be given twice. */
export const sayOfAccounts = (deps: Pick<LaneDeps, 'store'>, said: readonly SaidOfAccount[]): Promise<void> =>
  deps.store.transaction(async (tx) => {
    await writeFacts(tx, said);
    await markAccounts(tx, [...new Set(said.map(({ accountId }) => accountId))].sort());
  });

interface Untold {
  contactId: string;
  accountId: string;
  facts: AccountFact[];
}

/** Finds out, contact by contact, who has yet to hear what was said of its account. */
export class Telling {
  readonly #said: ReadonlyMap<string, readonly AccountFact[]>;
  readonly #untold: Untold[] = [];
  /** Accounts that have more of them than are told at once. */
  readonly #unfinished = new Set<string>();

  private constructor(said: ReadonlyMap<string, readonly AccountFact[]>) {
    this.#said = said;
  }

  static async of(db: Queryable, accountIds: readonly string[]): Promise<Telling> {
    return new Telling(await readFacts(db, accountIds));
  }

  ask(accountId: string, subject: Subject): void {
    const said = this.#said.get(accountId);
    const facts = said ? unheardFacts(subject, said) : [];
    if (facts.length === 0) return;
    if (this.#untold.length < mostTold) this.#untold.push({ contactId: subject.id, accountId, facts });
    else this.#unfinished.add(accountId);
  }

  /**
   * Tells them, within the transaction that asked them: an arrival each, so that every replay tells them again. Contacts whose
   * history is being loaded hear of it when the load lets them go: the present would carry their clocks past the rest of it.
   * Returns the slots to wake, and whether there is more to tell later.
   */
  async tell(tx: Transaction, now: number): Promise<{ slots: number[]; later: boolean }> {
    if (this.#untold.length === 0) return { slots: [], later: false };
    if ((await inboxDepth(tx, mostWaiting)).waiting > mostWaiting) {
      await markAccounts(tx, [...new Set(this.#untold.map(({ accountId }) => accountId))]);
      return { slots: [], later: true };
    }
    const held = await heldAmong(
      tx,
      this.#untold.map(({ contactId }) => contactId),
    );
    const free = this.#untold.filter(({ contactId }) => !held.has(contactId));
    // Looked at again before their lane has come to it, they are not told again.
    const byHash = new Map(free.map((untold) => [messageHash(messageIdOf(untold)), untold]));
    const fresh = await guardMessages(tx, [...byHash.keys()]);
    const slots = await appendInternal(
      tx,
      [...byHash]
        .filter(([hash]) => fresh.has(hash))
        .map(([, untold]) => ({
          contactId: untold.contactId,
          type: internalEvents.accountFields,
          properties: tellingFacts(untold.accountId, untold.facts),
          messageId: messageIdOf(untold),
          now,
        })),
    );
    await markAccounts(tx, [...this.#unfinished]);
    return { slots, later: false };
  }
}

/** The same word, the same message. */
const messageIdOf = ({ contactId, accountId, facts }: Untold): string =>
  `account_fields:${accountId}:${contactId}:${messageHash(JSON.stringify(facts.map(({ field, value, at }) => [field, value, at])))}`;
