import { eventTypeOf } from '../model/condition.ts';
import { isInternalEventType } from '../model/event-type.ts';
import type { FieldValue, Json, Properties } from '../model/value.ts';
import { futureToleranceMs } from '../core/result.ts';
import type { IdentityKeys } from './identity.ts';
import { checkJson, jsonFaults } from './tracking-json.ts';
import { earliestMoment, parseMoment } from './tracking-moment.ts';
import { fieldsOf } from './traits.ts';

/** A call of the tracking API as the core and the stores want it. */
export interface Arrival {
  /** Null when the sender gave none: whoever takes it in makes one. */
  messageId: string | null;
  type: string;
  identity: IdentityKeys;
  properties: Properties;
  fields: Record<string, FieldValue> | null;
  occurredAt: number;
  receivedAt: number;
}

export const callTypes = ['identify', 'track', 'page', 'screen', 'group', 'alias'] as const;
export type CallType = (typeof callTypes)[number];

export type CallErrorCode =
  | 'not_an_object'
  | 'unknown_type'
  | 'invalid_event_name'
  | 'reserved_type'
  | 'no_identity'
  | 'invalid_identity'
  | 'invalid_message_id'
  | 'invalid_timestamp'
  | 'invalid_properties'
  | 'invalid_traits'
  | 'too_large';

/** Why a call was refused; the rest of its batch is not affected. */
export interface CallError {
  code: CallErrorCode;
  message: string;
}

export type CallResult = { ok: true; arrival: Arrival } | { ok: false; messageId: string | null; error: CallError };

export interface CallContext {
  /** When it was received, ms. */
  receivedAt: number;
  /** What the sender's clock said when it sent, ms: Segment's rule then takes the clocks' difference off the timestamp. */
  sentAt: number | null;
  /** Set by paths that name the type (`/v1/track`). */
  type?: CallType;
  /** A historical load: lines say themselves when they were received, or else it was when they occurred. */
  historical?: boolean;
}

const maxIdLength = 500;
const maxMessageIdLength = 200;
const maxEventNameLength = 500;

/**
 * Reads one call of Segment's tracking API. Never throws on what a sender wrote. Text in `raw` may be repaired in place, so
 * `raw` must be freshly parsed and not used afterwards.
 */
export const readCall = (raw: unknown, context: CallContext): CallResult => {
  let messageId: string | null = null;
  try {
    if (!isObject(raw)) return refused(null, 'not_an_object', 'An event must be a JSON object.');
    messageId = messageIdOf(raw.messageId);
    return { ok: true, arrival: arrivalOf(raw, messageId, context) };
  } catch (error) {
    if (error instanceof Refusal) return refused(messageId, error.code, error.message);
    throw error;
  }
};

/** Local to this file: thrown by the readers below, caught by `readCall`. */
class Refusal extends Error {
  readonly code: CallErrorCode;
  constructor(code: CallErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

const refused = (messageId: string | null, code: CallErrorCode, message: string): CallResult => ({
  ok: false,
  messageId,
  error: { code, message },
});

const arrivalOf = (raw: Record<string, Json>, messageId: string | null, context: CallContext): Arrival => {
  const call = callTypeOf(context.type ?? raw.type);
  const { occurredAt, receivedAt } = momentsOf(raw, context);
  const anonymous = idOf(
    call === 'alias' ? (raw.previousId ?? raw.anonymousId) : raw.anonymousId,
    call === 'alias' ? 'previousId' : 'anonymousId',
  );
  const user = idOf(raw.userId, 'userId');
  const arrival: Arrival = {
    messageId,
    type: call,
    identity: { user, email: null, anonymous },
    properties: {},
    fields: null,
    occurredAt,
    receivedAt,
  };
  fill[call](arrival, raw);
  const { identity } = arrival;
  if (!identity.user && !identity.anonymous && !identity.email) {
    throw new Refusal('no_identity', 'An event needs a userId, an anonymousId or a valid e-mail address.');
  }
  return arrival;
};

const fill: Record<CallType, (arrival: Arrival, raw: Record<string, Json>) => void> = {
  track: (arrival, raw) => {
    const name = raw.event;
    if (typeof name !== 'string' || name.length > maxEventNameLength) {
      throw new Refusal(
        'invalid_event_name',
        `A track call needs "event", text of at most ${maxEventNameLength} characters.`,
      );
    }
    const type = typeOf(name);
    if (type === '') throw new Refusal('invalid_event_name', 'The name of the event has no letters a-z or digits.');
    if (isInternalEventType(type))
      throw new Refusal('reserved_type', 'Events whose name starts with "ripen." are the product\'s own.');
    arrival.type = type;
    arrival.properties = propertiesOf(raw);
    if (type !== name && !Object.hasOwn(arrival.properties, 'name')) {
      if (name.includes('\u0000'))
        throw new Refusal('invalid_event_name', 'The name of the event contains a NUL character.');
      arrival.properties.name = name.toWellFormed();
    }
    contextEmail(arrival, raw);
  },
  page: (arrival, raw) => viewed(arrival, raw),
  screen: (arrival, raw) => viewed(arrival, raw),
  identify: (arrival, raw) => {
    const traits = traitsOf(raw);
    const { fields, ignored } = fieldsOf(traits);
    arrival.fields = fields;
    if (ignored.length > 0) arrival.properties = { ignoredTraits: ignored.slice(0, 50) };
    const email = emailOf(traits.email);
    arrival.identity.email = email;
    if (email) fields.email = email;
    else contextEmail(arrival, raw);
  },
  group: (arrival, raw) => {
    const { fields, ignored } = fieldsOf(traitsOf(raw), 'account.');
    const group = idOf(raw.groupId, 'groupId');
    if (group) fields['account.id'] = group;
    arrival.fields = fields;
    if (ignored.length > 0) arrival.properties = { ignoredTraits: ignored.slice(0, 50) };
    contextEmail(arrival, raw);
  },
  alias: () => undefined,
};

const viewed = (arrival: Arrival, raw: Record<string, Json>): void => {
  const properties = propertiesOf(raw);
  for (const key of ['name', 'category'] as const) {
    const text = raw[key];
    if (typeof text !== 'string' || text === '' || Object.hasOwn(properties, key)) continue;
    if (text.length > maxEventNameLength || text.includes('\u0000'))
      throw new Refusal('invalid_properties', `"${key}" is too long or contains a NUL character.`);
    properties[key] = text.toWellFormed();
  }
  arrival.properties = properties;
  contextEmail(arrival, raw);
};

/** `context.traits.email` identifies on any call, and is then a field too. */
const contextEmail = (arrival: Arrival, raw: Record<string, Json>): void => {
  const traits = isObject(raw.context) && isObject(raw.context.traits) ? raw.context.traits : undefined;
  const email = traits && Object.hasOwn(traits, 'email') ? emailOf(traits.email) : null;
  if (!email) return;
  arrival.identity.email = email;
  arrival.fields = { ...arrival.fields, email };
};

const callTypeOf = (type: unknown): CallType => {
  switch (type) {
    case 'identify':
    case 'track':
    case 'page':
    case 'screen':
    case 'group':
    case 'alias':
      return type;
    default:
      throw new Refusal('unknown_type', `"type" must be one of ${callTypes.join(', ')}.`);
  }
};

const momentsOf = (raw: Record<string, Json>, context: CallContext): { occurredAt: number; receivedAt: number } => {
  const given = raw.timestamp ?? raw.originalTimestamp;
  const timestamp = given === undefined || given === null ? null : momentOf(given, 'timestamp');
  if (context.historical) {
    const said =
      raw.receivedAt === undefined || raw.receivedAt === null ? null : momentOf(raw.receivedAt, 'receivedAt');
    const receivedAt = Math.min(said ?? timestamp ?? context.receivedAt, context.receivedAt);
    return { occurredAt: present(timestamp ?? receivedAt, receivedAt), receivedAt };
  }
  const { receivedAt } = context;
  if (timestamp === null) return { occurredAt: receivedAt, receivedAt };
  const corrected = context.sentAt === null ? timestamp : receivedAt - (context.sentAt - timestamp);
  return { occurredAt: present(corrected, receivedAt), receivedAt };
};

/** A date too far ahead is taken as received now. */
const present = (occurredAt: number, receivedAt: number): number => {
  if (occurredAt < earliestMoment) throw new Refusal('invalid_timestamp', 'The timestamp lies before 1990.');
  return occurredAt > receivedAt + futureToleranceMs ? receivedAt : occurredAt;
};

const momentOf = (value: Json, name: string): number => {
  const moment = parseMoment(value);
  if (moment === null)
    throw new Refusal('invalid_timestamp', `"${name}" must be an ISO 8601 date or whole milliseconds.`);
  if (moment < earliestMoment) throw new Refusal('invalid_timestamp', `"${name}" lies before 1990.`);
  return moment;
};

const idOf = (value: Json | undefined, name: string): string | null => {
  if (value === undefined || value === null || value === '') return null;
  const text = typeof value === 'number' && Number.isFinite(value) ? String(value) : value;
  if (typeof text !== 'string') throw new Refusal('invalid_identity', `"${name}" must be text.`);
  const id = text.trim();
  if (id === '') return null;
  if (id.length > maxIdLength)
    throw new Refusal('invalid_identity', `"${name}" is longer than ${maxIdLength} characters.`);
  if (id.includes('\u0000') || !id.isWellFormed())
    throw new Refusal('invalid_identity', `"${name}" contains a NUL or broken character.`);
  return id;
};

const messageIdOf = (value: Json | undefined): string | null => {
  if (value === undefined || value === null || value === '') return null;
  const id = typeof value === 'number' ? String(value) : value;
  if (typeof id !== 'string' || id.length > maxMessageIdLength || id.includes('\u0000') || !id.isWellFormed()) {
    throw new Refusal('invalid_message_id', `"messageId" must be text of at most ${maxMessageIdLength} characters.`);
  }
  return id;
};

/** Trimmed, in lower case; null when it is no address. */
export const emailOf = (value: unknown): string | null => {
  if (typeof value !== 'string' || value.length > 320) return null;
  const email = value.trim().toLowerCase();
  return /^[^\s@]+@[^\s@]+$/.test(email) && !email.includes('\u0000') && email.isWellFormed() ? email : null;
};

const propertiesOf = (raw: Record<string, Json>): Properties =>
  checked(raw.properties, 'properties', 'invalid_properties');
const traitsOf = (raw: Record<string, Json>): Properties => checked(raw.traits, 'traits', 'invalid_traits');

const checked = (value: Json | undefined, name: string, code: CallErrorCode): Properties => {
  if (value === undefined || value === null) return {};
  if (!isObject(value)) throw new Refusal(code, `"${name}" must be a JSON object.`);
  const finding = checkJson(value);
  if (!finding) return value;
  const where = finding.path === '' ? `"${name}"` : `"${name}.${finding.path}"`;
  throw new Refusal(finding.fault === 'too_large' ? 'too_large' : code, `${where} ${jsonFaults[finding.fault]}.`);
};

// Senders use few names; the cache is dropped when somebody does not.
const types = new Map<string, string>();
const typeOf = (name: string): string => {
  const known = types.get(name);
  if (known !== undefined) return known;
  if (types.size >= 10_000) types.clear();
  const type = eventTypeOf(name);
  types.set(name, type);
  return type;
};

const isObject = (value: unknown): value is Record<string, Json> =>
  value !== null && typeof value === 'object' && !Array.isArray(value);
