import { describe, expect, test } from 'vitest';
import { readCall, type Arrival, type CallContext } from './tracking.ts';
import { parseMoment } from './tracking-moment.ts';

const now = Date.UTC(2026, 0, 15, 12);
const live: CallContext = { receivedAt: now, sentAt: null };

const read = (raw: unknown, context: CallContext = live): Arrival => {
  const result = readCall(typeof raw === 'string' ? JSON.parse(raw) : structuredClone(raw), context);
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`);
  return result.arrival;
};
const codeOf = (raw: unknown, context: CallContext = live): string => {
  const result = readCall(typeof raw === 'string' ? JSON.parse(raw) : raw, context);
  return result.ok ? 'accepted' : result.error.code;
};
const track = (more: object = {}): object => ({ type: 'track', event: 'Email Clicked', userId: 'u', ...more });

describe('calls become arrivals', () => {
  test('track: the type is normalised, the name is kept', () => {
    expect(read(track({ messageId: 'm', properties: { asset: 'a' } }))).toEqual({
      messageId: 'm',
      type: 'email_clicked',
      identity: { user: 'u', email: null, anonymous: null },
      properties: { asset: 'a', name: 'Email Clicked' },
      fields: null,
      occurredAt: now,
      receivedAt: now,
    });
    expect(read(track({ event: 'email_clicked' })).properties).toEqual({});
    expect(read(track({ properties: { name: 'Mine' } })).properties).toEqual({ name: 'Mine' });
  });

  test('identify: traits become fields, the address identifies', () => {
    const arrival = read({
      type: 'identify',
      userId: 7,
      anonymousId: 'a',
      traits: {
        email: ' Jo@Example.COM ',
        age: 30,
        tags: ['x', 2],
        address: { country: 'US' },
        odd: [{ a: 1 }],
        none: null,
      },
    });
    expect(arrival.identity).toEqual({ user: '7', email: 'jo@example.com', anonymous: 'a' });
    expect(arrival.fields).toEqual({
      email: 'jo@example.com',
      age: 30,
      tags: ['x', '2'],
      'address.country': 'US',
      none: null,
    });
    expect(arrival.properties).toEqual({ ignoredTraits: ['odd'] });
  });

  test('an implausible address is a field, not an identity', () => {
    const arrival = read({ type: 'identify', userId: 'u', traits: { email: 'nobody' } });
    expect(arrival.identity.email).toBeNull();
    expect(arrival.fields).toEqual({ email: 'nobody' });
  });

  test('group sets fields of the account', () => {
    expect(read({ type: 'group', userId: 'u', groupId: 'g', traits: { size: 12, name: 'Acme' } }).fields).toEqual({
      'account.id': 'g',
      'account.size': 12,
      'account.name': 'Acme',
    });
  });

  test('page and screen keep their name', () => {
    const page = read({ type: 'page', anonymousId: 'a', name: 'Pricing', properties: { url: '/pricing' } });
    expect([page.type, page.properties]).toEqual(['page', { url: '/pricing', name: 'Pricing' }]);
    expect(read({ anonymousId: 'a', name: 'Home' }, { ...live, type: 'screen' }).type).toBe('screen');
  });

  test('alias joins the previous id to the user', () => {
    expect(read({ type: 'alias', userId: 'u', previousId: 'a' }).identity).toEqual({
      user: 'u',
      email: null,
      anonymous: 'a',
    });
  });

  test('an address in the context identifies on any call', () => {
    const arrival = read({ type: 'track', event: 'x', context: { traits: { email: 'E@x.io' } } });
    expect([arrival.identity.email, arrival.fields]).toEqual(['e@x.io', { email: 'e@x.io' }]);
  });
});

describe('moments', () => {
  test.each([
    ['2024-05-01T10:00:00.000Z', Date.UTC(2024, 4, 1, 10)],
    ['2024-05-01', Date.UTC(2024, 4, 1)],
    ['2024-05-01 10:00', Date.UTC(2024, 4, 1, 10)],
    ['2024-05-01T10:00:00', Date.UTC(2024, 4, 1, 10)],
    ['2024-05-01T10:00:00.123456789+02:00', Date.UTC(2024, 4, 1, 8, 0, 0, 123)],
    ['2024-05-01T10:00:00-0330', Date.UTC(2024, 4, 1, 13, 30)],
    [1714557600000.7, 1714557600000],
    ['1', null],
    ['May 2024', null],
    ['2024-13-45', null],
    [Number.NaN, null],
    [Infinity, null],
    [{}, null],
  ])('%s', (value, moment) => {
    expect(parseMoment(value)).toBe(moment);
  });

  test("the difference of the clocks is taken off, by Segment's rule", () => {
    const timestamp = new Date(now - 3_600_000 - 10_000).toISOString();
    expect(read(track({ timestamp }), { receivedAt: now, sentAt: now - 3_600_000 }).occurredAt).toBe(now - 10_000);
  });

  test('a date ahead is taken as received now beyond five minutes', () => {
    expect(read(track({ timestamp: now + 300_000 })).occurredAt).toBe(now + 300_000);
    expect(read(track({ timestamp: now + 300_001 })).occurredAt).toBe(now);
  });

  test('a historical load says itself when it was received', () => {
    const historical: CallContext = { ...live, historical: true };
    expect(read(track({ timestamp: '2020-01-01' }), historical)).toMatchObject({
      occurredAt: Date.UTC(2020, 0, 1),
      receivedAt: Date.UTC(2020, 0, 1),
    });
    expect(read(track({ timestamp: '2020-01-01', receivedAt: '2020-01-02' }), historical)).toMatchObject({
      occurredAt: Date.UTC(2020, 0, 1),
      receivedAt: Date.UTC(2020, 0, 2),
    });
    expect(read(track({ receivedAt: '2099-01-01' }), historical)).toMatchObject({ occurredAt: now, receivedAt: now });
  });
});

describe('bad input is refused with a reason', () => {
  const deep = JSON.parse('{"a":'.repeat(20) + '1' + '}'.repeat(20)) as object;
  test.each<[string, unknown, string]>([
    ['no object', 'null', 'not_an_object'],
    ['a list', '[]', 'not_an_object'],
    ['no type', { userId: 'u' }, 'unknown_type'],
    ['another type', { type: 'constructor', userId: 'u' }, 'unknown_type'],
    ['no event name', track({ event: 5 }), 'invalid_event_name'],
    ['an empty name', track({ event: '--' }), 'invalid_event_name'],
    ['a reserved name', track({ event: 'Ripen.answer' }), 'reserved_type'],
    ['nobody', { type: 'track', event: 'x' }, 'no_identity'],
    ['an object as user', track({ userId: {} }), 'invalid_identity'],
    ['a NUL in the user', track({ userId: 'a\u0000' }), 'invalid_identity'],
    ['a long user', track({ userId: 'a'.repeat(501) }), 'invalid_identity'],
    ['a long message id', track({ messageId: 'a'.repeat(201) }), 'invalid_message_id'],
    ['the year 1900', track({ timestamp: '1900-01-01' }), 'invalid_timestamp'],
    ['zero', track({ timestamp: 0 }), 'invalid_timestamp'],
    ['no date', track({ timestamp: 'yesterday' }), 'invalid_timestamp'],
    ['properties that are a list', track({ properties: [] }), 'invalid_properties'],
    ['a NUL in a property', track({ properties: { a: ['x\u0000'] } }), 'invalid_properties'],
    ['a NUL in a key', track({ properties: { 'x\u0000': 1 } }), 'invalid_properties'],
    ['NaN', track({ properties: { a: Number.NaN } }), 'invalid_properties'],
    [
      'an infinite number',
      '{"type":"track","event":"x","userId":"u","properties":{"a":{"b":1e999}}}',
      'invalid_properties',
    ],
    [
      'a polluting key',
      '{"type":"track","event":"x","userId":"u","properties":{"__proto__":{"x":1}}}',
      'invalid_properties',
    ],
    [
      'a polluting key below',
      '{"type":"track","event":"x","userId":"u","properties":{"a":{"constructor":1}}}',
      'invalid_properties',
    ],
    ['a polluting trait', '{"type":"identify","userId":"u","traits":{"__proto__":1}}', 'invalid_traits'],
    ['depth', track({ properties: deep }), 'invalid_properties'],
    ['size', track({ properties: { a: 'é'.repeat(20_000) } }), 'too_large'],
  ])('%s', (_name, raw, code) => {
    expect(codeOf(raw)).toBe(code);
  });

  test('the message points at what is wrong', () => {
    const result = readCall(track({ properties: { cart: { items: [{ price: Infinity }] } } }), live);
    expect(result).toMatchObject({
      ok: false,
      error: { message: '"properties.cart.items.0.price" contains a number that is not finite.' },
    });
  });

  test('half a surrogate pair is repaired, not refused', () => {
    expect(read(track({ properties: { a: 'cut \ud83d' } })).properties.a).toBe('cut \ufffd');
  });

  test('properties just below the limit pass', () => {
    expect(codeOf(track({ properties: { a: 'x'.repeat(32_700) } }))).toBe('accepted');
  });
});
