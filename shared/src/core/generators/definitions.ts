import * as fc from 'fast-check';
import { definitionsOf, type Definition, type Definitions } from '../../model/definitions.ts';
import { eventTypeSchema } from '../../model/event-type.ts';
import { automations } from './automations.ts';
import type { Condition } from '../../model/condition.ts';
import type { Segment } from '../../model/segment.ts';
import { fieldCondition, memberCondition, profileCondition } from './conditions.ts';
import { lifecycle, scoreModel } from './models.ts';
import { channelId, maybe, mostly, queueId, segmentIds } from './vocabulary.ts';

/** One model and perhaps stages: what the reference can live again by itself. No clocks in conditions, no automations. */
export const plainDefinitions: fc.Arbitrary<Definitions> = fc
  .tuple(scoreModel({ id: 'main', audience: true }), mostly(lifecycle('main')))
  .map((documents) => definitionsOf(documents.filter((document) => document !== undefined)));

const sales: Definition[] = [
  {
    kind: 'queue',
    id: queueId,
    name: 'Inside sales',
    strategy: 'round_robin',
    reps: [{ id: 'ada', name: 'Ada', available: true }],
  },
  { kind: 'channel', id: channelId, name: 'Sales hook', type: 'webhook', url: 'https://hooks.example.com/sales' },
];

const segment = (id: string, when: Condition): Segment => ({ kind: 'segment', id, name: `Segment ${id}`, when });

/** One of fields alone, which profile rules may ask for; one of anything; and one made of both. */
const segments = (models: readonly string[], rich: boolean): fc.Arbitrary<Segment[]> => {
  const [fits, warm, both] = segmentIds;
  const plain = fieldCondition.map((when) => segment(fits, when));
  if (!rich) return plain.map((only) => [only]);
  const made = fc
    .tuple(memberCondition(models), memberCondition(models), fc.constantFrom('all' as const, 'any' as const))
    .map(([one, other, kind]) => segment(warm, { kind, of: [one, other] }));
  const nested = fc.boolean().map((not): Condition => {
    const inner: Condition = { kind: 'segment', segment: warm };
    return { kind: 'all', of: [{ kind: 'segment', segment: fits }, not ? { kind: 'not', of: inner } : inner] };
  });
  return fc.tuple(plain, made, nested).map(([first, second, when]) => [first, second, segment(both, when)]);
};

/** Opens of scanners are told by all signs there are. */
const watchedOpens: Definition = eventTypeSchema.parse({
  kind: 'event_type',
  id: 'email_opened',
  name: 'E-mail opened',
  scanners: {
    sent: { event: 'email_sent', by: 'asset', withinSeconds: 43_200 },
    links: { property: 'asset', atLeast: 2, withinSeconds: 43_200 },
  },
});

/** Everything at once: two models with relative dates and audiences, stages, segments, and automations of all node types. */
export const richDefinitions: fc.Arbitrary<Definitions> = fc
  .tuple(
    scoreModel({ id: 'intent', profile: profileCondition, audience: true }),
    maybe(scoreModel({ id: 'fit', profile: profileCondition })),
    mostly(lifecycle('intent')),
  )
  .chain(([intent, fit, stages]) => {
    const models = fit ? [intent, fit] : [intent];
    // Nodes may name stages, so a workspace without stages has no automations here.
    const ids = models.map((model) => model.id);
    return fc
      .tuple(stages ? automations(ids) : fc.constant([]), segments(ids, stages !== undefined))
      .map(([graphs, named]) =>
        definitionsOf([
          ...models,
          ...(stages ? [stages] : []),
          // Now and then, by what was thrown already.
          ...(intent.rules.length % 3 === 0 ? [watchedOpens] : []),
          ...named,
          ...sales,
          ...graphs,
        ]),
      );
  });
