import { IdentityResolver, type IdentityKeys, type Resolution } from '../contract/identity.ts';
import { SimulatedContact } from './contact.ts';

/** Everybody in a simulation: whose a message is, and who became whom. */
export class SimulatedContacts {
  readonly #generation: number;
  readonly #resolver = new IdentityResolver();
  readonly #byId = new Map<string, SimulatedContact>();
  readonly #mergedInto = new Map<string, string>();

  /** `generation`: of the ledgers of those who come. */
  constructor(generation: number) {
    this.#generation = generation;
  }

  /** Calls by this user id are this contact's. */
  know(contactId: string, userId: string): void {
    this.#resolver.know('user', userId, { id: contactId, userId, email: null });
  }

  /** Whose a message is, and who turned out to be the same by it. */
  resolve(keys: IdentityKeys): Resolution {
    return this.#resolver.resolve(keys);
  }

  /** The contact, who comes now if nobody has this id. */
  of(contactId: string): SimulatedContact {
    let contact = this.#byId.get(contactId);
    if (!contact) this.#byId.set(contactId, (contact = new SimulatedContact(contactId, this.#generation)));
    return contact;
  }

  /** The contact, or whom it was merged into; undefined when nothing happened to it. */
  find(contactId: string): SimulatedContact | undefined {
    return this.#byId.get(this.current(contactId));
  }

  /** Who has this id now: itself, or whom it was merged into. */
  current(contactId: string): string {
    let id = contactId;
    for (let next = this.#mergedInto.get(id); next !== undefined; next = this.#mergedInto.get(id)) id = next;
    return id;
  }

  /** From now on one contact is another. Returns it as it was; undefined when nothing had happened to it. */
  absorb(absorbedId: string, survivorId: string): SimulatedContact | undefined {
    const absorbed = this.#byId.get(absorbedId);
    this.#mergedInto.set(absorbedId, survivorId);
    this.#byId.delete(absorbedId);
    return absorbed;
  }

  /** Begins a contact anew, with another generation of its ledger. */
  renew(contactId: string, generation: number): SimulatedContact {
    const contact = new SimulatedContact(contactId, generation);
    this.#byId.set(contactId, contact);
    return contact;
  }

  /** All of them, in order of their ids. */
  inOrder(): SimulatedContact[] {
    return [...this.#byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  }
}
