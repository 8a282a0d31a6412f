import { derivedId } from '../core/ids.ts';

export type IdentityKind = 'user' | 'email' | 'anonymous';

/** What an event says about whose it is; at least one is set. E-mail addresses are trimmed and in lower case. */
export interface IdentityKeys {
  user: string | null;
  email: string | null;
  anonymous: string | null;
}

export interface KnownContact {
  id: string;
  userId: string | null;
  /** The address learnt last; earlier ones still lead here. */
  email: string | null;
}

export interface Identity {
  kind: IdentityKind;
  value: string;
  contactId: string;
}

export interface Merge {
  absorbed: string;
  survivor: string;
}

export interface Resolution {
  contactId: string;
  /** Contacts that this event showed to be the same person. They are absorbed before the event is applied. */
  merges: Merge[];
}

/** What a driver has to write down after resolving; each contact and identity is listed once, as it is at the end. */
export interface IdentityChanges {
  created: KnownContact[];
  updated: KnownContact[];
  identities: Identity[];
  merges: Merge[];
}

/** The id of a contact is derived from the first identity seen, so that live, loaded and simulated contacts are the same. */
export const contactIdOf = (keys: IdentityKeys): string => {
  if (keys.user !== null) return derivedId(`contact:user:${keys.user}`);
  if (keys.email !== null) return derivedId(`contact:email:${keys.email}`);
  if (keys.anonymous !== null) return derivedId(`contact:anonymous:${keys.anonymous}`);
  throw new Error('An event without any identity has no contact.');
};

/**
 * Decides whose an event is: `userId` before `email` before `anonymousId`.
 *
 * - An unknown user takes over the contact known by the e-mail address or the anonymous id, if that one has no user.
 * - A known user absorbs them instead. Contacts with different users are never merged.
 * - An anonymous id stays with the contact that had it first; on a shared device it does not move to the next user.
 * - A contact with another e-mail address is not taken for the same person on the strength of an anonymous id.
 *
 * Pure, in memory. The simulator keeps one for a whole file; ingest fills one per batch from what Postgres knows.
 */
export class IdentityResolver {
  readonly #identities: Record<IdentityKind, Map<string, string>> = {
    user: new Map(),
    email: new Map(),
    anonymous: new Map(),
  };
  readonly #contacts = new Map<string, KnownContact>();
  readonly #mergedInto = new Map<string, string>();
  readonly #created = new Set<string>();
  readonly #updated = new Set<string>();
  #newIdentities: Identity[] = [];
  #merges: Merge[] = [];

  /** Tells the resolver what is already written down. */
  know(kind: IdentityKind, value: string, contact: KnownContact): void {
    this.#identities[kind].set(value, contact.id);
    if (!this.#contacts.has(contact.id)) this.#contacts.set(contact.id, { ...contact });
  }

  resolve(keys: IdentityKeys): Resolution {
    const byEmail = this.#find('email', keys.email);
    const byAnonymous = this.#find('anonymous', keys.anonymous);
    const contact = this.#target(keys, byEmail, byAnonymous) ?? this.#create(keys);
    const merges: Merge[] = [];
    if (keys.user !== null && contact.userId === null) {
      contact.userId = keys.user;
      this.#updated.add(contact.id);
    }
    if (byEmail && this.#canAbsorb(contact, byEmail)) merges.push(this.#absorb(contact, byEmail));
    if (keys.email !== null && !byEmail && contact.email !== keys.email) {
      contact.email = keys.email;
      this.#updated.add(contact.id);
    }
    const anonymous = byAnonymous && this.#current(byAnonymous.id);
    if (anonymous && this.#canAbsorb(contact, anonymous) && sameAddress(contact, anonymous)) {
      merges.push(this.#absorb(contact, anonymous));
    }
    this.#link('user', keys.user, contact);
    this.#link('email', keys.email, contact);
    this.#link('anonymous', keys.anonymous, contact);
    return { contactId: contact.id, merges };
  }

  /** What there is to write down since the last call. */
  takeChanges(): IdentityChanges {
    const contacts = (ids: Iterable<string>): KnownContact[] =>
      [...ids].map((id) => ({ ...(this.#contacts.get(id) as KnownContact) }));
    const changes: IdentityChanges = {
      created: contacts(this.#created),
      updated: contacts([...this.#updated].filter((id) => !this.#created.has(id))),
      identities: this.#newIdentities.map((identity) => ({
        ...identity,
        contactId: this.#survivor(identity.contactId),
      })),
      merges: this.#merges.map((merge) => ({ absorbed: merge.absorbed, survivor: this.#survivor(merge.survivor) })),
    };
    this.#created.clear();
    this.#updated.clear();
    this.#newIdentities = [];
    this.#merges = [];
    return changes;
  }

  #target(keys: IdentityKeys, byEmail?: KnownContact, byAnonymous?: KnownContact): KnownContact | undefined {
    if (keys.user !== null) {
      const byUser = this.#find('user', keys.user);
      if (byUser) return byUser;
      if (byEmail && byEmail.userId === null) return byEmail;
      const fits = byAnonymous && byAnonymous.userId === null && agrees(byAnonymous.email, keys.email);
      return fits ? byAnonymous : undefined;
    }
    if (keys.email !== null) return byEmail ?? (byAnonymous?.email === null ? byAnonymous : undefined);
    return byAnonymous;
  }

  #create(keys: IdentityKeys): KnownContact {
    // The address is set by `resolve`, unless it belongs to somebody else.
    const contact: KnownContact = { id: contactIdOf(keys), userId: keys.user, email: null };
    this.#contacts.set(contact.id, contact);
    this.#created.add(contact.id);
    return contact;
  }

  #canAbsorb(contact: KnownContact, other: KnownContact): boolean {
    return contact.id !== other.id && other.userId === null;
  }

  #absorb(contact: KnownContact, other: KnownContact): Merge {
    this.#mergedInto.set(other.id, contact.id);
    if (contact.email === null && other.email !== null) {
      contact.email = other.email;
      this.#updated.add(contact.id);
    }
    const merge = { absorbed: other.id, survivor: contact.id };
    this.#merges.push(merge);
    return merge;
  }

  #link(kind: IdentityKind, value: string | null, contact: KnownContact): void {
    if (value === null || this.#identities[kind].has(value)) return;
    this.#identities[kind].set(value, contact.id);
    this.#newIdentities.push({ kind, value, contactId: contact.id });
  }

  #find(kind: IdentityKind, value: string | null): KnownContact | undefined {
    if (value === null) return undefined;
    const id = this.#identities[kind].get(value);
    return id === undefined ? undefined : this.#current(id);
  }

  #current(id: string): KnownContact | undefined {
    return this.#contacts.get(this.#survivor(id));
  }

  #survivor(id: string): string {
    let current = id;
    for (let next = this.#mergedInto.get(current); next !== undefined; next = this.#mergedInto.get(current))
      current = next;
    return current;
  }
}

const agrees = (a: string | null, b: string | null): boolean => a === null || b === null || a === b;
const sameAddress = (a: KnownContact, b: KnownContact): boolean => agrees(a.email, b.email);
