import * as fc from 'fast-check';
import { definitionsOf, type Definition, type Definitions } from '../../model/definitions.ts';
import { automations } from './automations.ts';
import { profileCondition } from './conditions.ts';
import { lifecycle, scoreModel } from './models.ts';
import { channelId, maybe, mostly, queueId } from './vocabulary.ts';

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

/** Everything at once: two models with relative dates and audiences, stages, and automations of all node types. */
export const richDefinitions: fc.Arbitrary<Definitions> = fc
  .tuple(
    scoreModel({ id: 'intent', profile: profileCondition, audience: true }),
    maybe(scoreModel({ id: 'fit', profile: profileCondition })),
    mostly(lifecycle('intent')),
  )
  .chain(([intent, fit, stages]) => {
    const models = fit ? [intent, fit] : [intent];
    // Nodes may name stages, so a workspace without stages has no automations here.
    return (stages ? automations(models.map((model) => model.id)) : fc.constant([])).map((graphs) =>
      definitionsOf([...models, ...(stages ? [stages] : []), ...sales, ...graphs]),
    );
  });
