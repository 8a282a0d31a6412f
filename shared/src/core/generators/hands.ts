import * as fc from 'fast-check';
import { schedulesOf } from '../../automation/schedules.ts';
import type { Definitions } from '../../model/definitions.ts';
import type { MaintenanceAction } from '../../model/maintenance.ts';
import { tellingFacts } from '../arrivals/account-facts.ts';
import { internalEvents } from '../arrivals/internal-events.ts';
import { maintaining } from '../arrivals/maintenance.ts';
import type { EventInput } from '../result.ts';
import { scheduledEvent, scheduling } from '../runs/schedules.ts';
import { countries, labels } from './vocabulary.ts';

const given = fc.oneof(
  fc.record({ points: fc.integer({ min: -40, max: 40 }) }),
  fc.record({ setTo: fc.integer({ min: -10, max: 120 }) }),
);

const actionsOn = (models: readonly string[]): fc.Arbitrary<MaintenanceAction[]> =>
  fc.array(
    fc.oneof(
      fc.record({
        type: fc.constant('set_field' as const),
        // One that rules look at, and one that only conditions do.
        field: fc.constantFrom('country', 'employees'),
        to: fc.oneof(
          fc.record({
            kind: fc.constant('score' as const),
            model: fc.constantFrom(...models, 'gone'),
            part: fc.constantFrom('all' as const, 'behaviour' as const),
          }),
          fc.record({ kind: fc.constant('value' as const), value: fc.constantFrom(...countries, null) }),
        ),
      }),
      fc.record({
        type: fc.constantFrom('add_label' as const, 'remove_label' as const),
        label: fc.constantFrom(...labels),
      }),
    ),
    { minLength: 1, maxLength: 3 },
  );

/** What those inside automations are told: to stay where they are, and to go on. */
const holdsIn = (automations: readonly string[], place: fc.Arbitrary<number>) =>
  automations.length === 0
    ? []
    : [
        fc.record({
          after: place,
          type: fc.constantFrom(internalEvents.holdRuns, internalEvents.holdRuns, internalEvents.releaseRuns),
          properties: fc.constantFrom(...automations).map((automation) => ({ automation })),
        }),
      ];

type Hands = Pick<Definitions, 'models' | 'automations'>;

/**
 * What people adjust and undo in between (messages by their places, rules, stretches of time), and maintenance and schedules do.
 */
const handsIn = (events: readonly EventInput[], { models, automations }: Hands) => {
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
  const clocked = automations.flatMap(({ live, graph }) => (live && schedulesOf(graph).length > 0 ? [graph.id] : []));
  const rounds = fc
    // One that no clock starts is told in vain.
    .tuple(fc.constantFrom(...clocked, 'no-clock'), fc.constantFrom('monday', 'tuesday'), fc.boolean())
    .map(([automation, round, byHand]) => scheduling({ automation, round, byHand }));
  return fc.array(
    fc.oneof(
      {
        weight: clocked.length > 0 ? 5 : 1,
        arbitrary: fc.record({ after: place, type: fc.constant(scheduledEvent), properties: rounds }),
      },
      fc.record({ after: place, type: fc.constant(internalEvents.adjust), properties: adjustment }),
      fc.record({ after: place, type: fc.constant(internalEvents.void), properties: selection }),
      fc.record({
        after: place,
        type: fc.constant(internalEvents.maintain),
        properties: actionsOn(ids).map((actions) => maintaining({ program: 'nightly', run: 'run', actions })),
      }),
      ...holdsIn([...new Set(automations.map(({ graph }) => graph.id))], place),
      fc.record({
        after: place,
        type: fc.constant(internalEvents.accountFields),
        properties: fc
          .record({
            // Rules look at it whichever way it came.
            field: fc.constantFrom('country', 'account.industry'),
            value: fc.constantFrom(...countries, null),
            at: moment,
          })
          .map((fact) => tellingFacts('account', [{ ...fact, by: 'Ada', reason: 'asked them' }])),
      }),
    ),
    { maxLength: 5 },
  );
};

/**
 * A history in which people adjust scores, undo points, pause and resume automations, and maintenance programs and schedules run.
 */
export const withHands = (events: readonly EventInput[], definitions: Hands): fc.Arbitrary<EventInput[]> =>
  definitions.models.length === 0
    ? fc.constant([...events])
    : handsIn(events, definitions).map((hands) =>
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
