import type { Properties } from '../model/value.ts';

/** The arrival by which a schedule of an automation, or *Run now*, lets a contact enter. */
export const scheduledEvent = 'ripen.scheduled';

/** What a contact is told; `byHand`: somebody said *Run now*. Whom a round is about was asked when it ran, so that replays need no schedule. */
export const scheduling = (told: { automation: string; round: string; byHand: boolean }): Properties => ({
  automation: told.automation,
  round: told.round,
  byHand: told.byHand,
});

/** Whether an arrival is what the clock of an automation's schedule did; what people did is no clock's. */
export const isByClock = (
  { type, properties }: { type: string; properties: Properties },
  automation: string,
): boolean => type === scheduledEvent && properties['automation'] === automation && properties['byHand'] === false;
