import type { Properties } from '../../model/value.ts';
import type { EventInput } from '../result.ts';

/** The arrival by which a schedule of an automation, or *Run now*, lets a contact enter. */
export const scheduledEvent = 'ripen.scheduled' as const;

/** What a contact is told; `byHand`: somebody said *Run now*. */
interface Told {
  automation: string;
  round: string;
  byHand: boolean;
}

/** Whom a round is about was asked when it ran, so that replays need no schedule. */
export const scheduling = (told: Told): Properties => ({
  automation: told.automation,
  round: told.round,
  byHand: told.byHand,
});

/** How a contact is told: the id names round and contact, so that who is told twice enters once. */
export const scheduledArrival = (told: Told, contactId: string) => ({
  type: scheduledEvent,
  properties: scheduling(told),
  messageId: `scheduled:${told.round}:${contactId}`,
});

/** The same where no server runs rounds: the clock's own round of an automation at a moment, ms. */
export const clockArrival = (
  { automation, at }: { automation: string; at: number },
  contactId: string,
): Omit<EventInput, 'arrivedAt' | 'backfilled'> => ({
  kind: 'event',
  ...scheduledArrival({ automation, round: `${automation}:${at}`, byHand: false }, contactId),
  fields: null,
  occurredAt: at,
});

/** Whether an arrival is what the clock of an automation's schedule did; what people did is no clock's. */
export const isByClock = (
  { type, properties }: { type: string; properties: Properties },
  automation: string,
): boolean => type === scheduledEvent && properties['automation'] === automation && properties['byHand'] === false;
