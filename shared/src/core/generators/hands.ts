import * as fc from 'fast-check';
import { internalEvents } from '../internal-events.ts';
import type { EventInput } from '../result.ts';

const given = fc.oneof(
  fc.record({ points: fc.integer({ min: -40, max: 40 }) }),
  fc.record({ setTo: fc.integer({ min: -10, max: 120 }) }),
);

/** What a person adjusts and undoes in between: messages by their places, rules, stretches of time. */
const handsIn = (
  events: readonly EventInput[],
  models: readonly { id: string; rules: readonly { id: string }[] }[],
) => {
  const place = fc.integer({ min: 0, max: Math.max(0, events.length - 1) });
  const moment = place.map((at) => events[at]?.occurredAt ?? 0);
  const ids = models.map(({ id }) => id);
  const causes = models.flatMap(({ rules }) => rules.map(({ id }) => `rule:${id}`));
  const selection = fc.record(
    {
      messages: fc.array(
        place.map((at) => events[at]?.messageId ?? ''),
        { minLength: 1, maxLength: 4 },
      ),
      models: fc.subarray(ids, { minLength: Math.min(1, ids.length) }),
      causes: fc.subarray([...causes, 'person:Ada'], { minLength: 1 }),
      from: moment,
      to: moment,
    },
    { requiredKeys: [] },
  );
  const adjustment = fc
    .tuple(fc.constantFrom(...ids), given)
    .map(([model, change]) => ({ model, by: 'Ada', reason: 'met at a fair', ...change }));
  return fc.array(
    fc.oneof(
      fc.record({ after: place, type: fc.constant(internalEvents.adjust), properties: adjustment }),
      fc.record({ after: place, type: fc.constant(internalEvents.void), properties: selection }),
    ),
    { maxLength: 4 },
  );
};

/** A history in which people adjust scores and undo points. */
export const withHands = (
  events: readonly EventInput[],
  models: readonly { id: string; rules: readonly { id: string }[] }[],
): fc.Arbitrary<EventInput[]> =>
  models.length === 0
    ? fc.constant([...events])
    : handsIn(events, models).map((hands) =>
        events.flatMap((event, index) => [
          event,
          ...hands.flatMap(({ after, type, properties }, hand): EventInput[] =>
            after === index
              ? [
                  {
                    kind: 'event',
                    messageId: `hand${String(hand)}`,
                    type,
                    properties,
                    fields: null,
                    occurredAt: event.arrivedAt,
                    arrivedAt: event.arrivedAt,
                    backfilled: false,
                  },
                ]
              : [],
          ),
        ]),
      );
