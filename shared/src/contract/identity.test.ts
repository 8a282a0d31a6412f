import { describe, expect, test } from 'vitest';
import { contactIdOf, IdentityResolver, type IdentityKeys } from './identity.ts';

const keys = (user: string | null, email: string | null, anonymous: string | null): IdentityKeys => ({
  user,
  email,
  anonymous,
});
const idOf = (user: string | null, email: string | null, anonymous: string | null): string =>
  contactIdOf(keys(user, email, anonymous));

describe('whose an event is', () => {
  test('the id comes from the strongest identity of the first event', () => {
    const resolver = new IdentityResolver();
    expect(resolver.resolve(keys('u', 'e@x', 'a')).contactId).toBe(idOf('u', null, null));
    expect(resolver.resolve(keys(null, 'e@x', null)).contactId).toBe(idOf('u', null, null));
    expect(resolver.resolve(keys(null, null, 'a')).contactId).toBe(idOf('u', null, null));
  });

  test('an anonymous contact becomes the unknown user', () => {
    const resolver = new IdentityResolver();
    const { contactId } = resolver.resolve(keys(null, null, 'a'));
    expect(resolver.resolve(keys('u', null, 'a'))).toEqual({ contactId, merges: [] });
    expect(resolver.resolve(keys('u', null, null)).contactId).toBe(contactId);
    expect(resolver.takeChanges()).toEqual({
      created: [{ id: contactId, userId: 'u', email: null }],
      updated: [],
      identities: [
        { kind: 'anonymous', value: 'a', contactId },
        { kind: 'user', value: 'u', contactId },
      ],
      merges: [],
    });
  });

  test('a known user absorbs the anonymous contact', () => {
    const resolver = new IdentityResolver();
    const user = resolver.resolve(keys('u', null, null)).contactId;
    const anonymous = resolver.resolve(keys(null, null, 'a')).contactId;
    const merge = { absorbed: anonymous, survivor: user };
    expect(resolver.resolve(keys('u', null, 'a'))).toEqual({ contactId: user, merges: [merge] });
    expect(resolver.resolve(keys(null, null, 'a'))).toEqual({ contactId: user, merges: [] });
    expect(resolver.takeChanges().merges).toEqual([merge]);
  });

  test('a known user absorbs both the contact of the address and the anonymous one', () => {
    const resolver = new IdentityResolver();
    const user = resolver.resolve(keys('u', null, null)).contactId;
    const email = resolver.resolve(keys(null, 'e@x', null)).contactId;
    const anonymous = resolver.resolve(keys(null, null, 'a')).contactId;
    expect(resolver.resolve(keys('u', 'e@x', 'a')).merges).toEqual([
      { absorbed: email, survivor: user },
      { absorbed: anonymous, survivor: user },
    ]);
  });

  test('contacts with different users are never merged', () => {
    const resolver = new IdentityResolver();
    const one = resolver.resolve(keys('u1', 'e@x', 'a')).contactId;
    expect(resolver.resolve(keys('u2', 'e@x', 'a'))).toEqual({ contactId: idOf('u2', null, null), merges: [] });
    expect(resolver.resolve(keys(null, 'e@x', null)).contactId).toBe(one);
    expect(resolver.resolve(keys(null, null, 'a')).contactId).toBe(one);
  });

  test('an anonymous id does not join two addresses', () => {
    const resolver = new IdentityResolver();
    const one = resolver.resolve(keys(null, 'one@x', 'a')).contactId;
    const two = resolver.resolve(keys(null, 'two@x', 'a'));
    expect(two).toEqual({ contactId: idOf(null, 'two@x', null), merges: [] });
    expect(two.contactId).not.toBe(one);
    expect(resolver.resolve(keys('u', 'three@x', 'a'))).toEqual({ contactId: idOf('u', null, null), merges: [] });
  });

  test('a user who changes the address keeps the contact; both addresses lead to it', () => {
    const resolver = new IdentityResolver();
    const { contactId } = resolver.resolve(keys('u', 'old@x', null));
    resolver.resolve(keys('u', 'new@x', null));
    expect(resolver.resolve(keys(null, 'old@x', null)).contactId).toBe(contactId);
    expect(resolver.resolve(keys(null, 'new@x', null)).contactId).toBe(contactId);
    expect(resolver.takeChanges().created).toEqual([{ id: contactId, userId: 'u', email: 'new@x' }]);
  });

  test('what is already known is not written again', () => {
    const resolver = new IdentityResolver();
    resolver.know('user', 'u', { id: 'c', userId: 'u', email: null });
    expect(resolver.resolve(keys('u', null, null)).contactId).toBe('c');
    expect(resolver.takeChanges()).toEqual({ created: [], updated: [], identities: [], merges: [] });
    resolver.resolve(keys('u', 'e@x', null));
    expect(resolver.takeChanges()).toEqual({
      created: [],
      updated: [{ id: 'c', userId: 'u', email: 'e@x' }],
      identities: [{ kind: 'email', value: 'e@x', contactId: 'c' }],
      merges: [],
    });
  });

  test('a contact absorbed twice over ends with the last survivor', () => {
    const resolver = new IdentityResolver();
    const anonymous = resolver.resolve(keys(null, null, 'a')).contactId;
    const email = resolver.resolve(keys(null, 'e@x', null)).contactId;
    const user = resolver.resolve(keys('u', null, null)).contactId;
    resolver.resolve(keys(null, 'e@x', 'a'));
    resolver.resolve(keys('u', 'e@x', null));
    expect(resolver.resolve(keys(null, null, 'a')).contactId).toBe(user);
    expect(resolver.takeChanges().merges).toEqual([
      { absorbed: anonymous, survivor: user },
      { absorbed: email, survivor: user },
    ]);
  });
});
