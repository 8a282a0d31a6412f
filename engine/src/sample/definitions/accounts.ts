import { accountModelSchema } from '@ripen/shared';
import { modelId } from './model.ts';

/** Organisations by their three keenest contacts, and by whether several of them are in touch. */
export const sampleAccountModel = accountModelSchema.parse({
  kind: 'account_model',
  id: 'buying-teams',
  name: 'Buying teams',
  description:
    'Several keen people in one organisation are worth more than one: its three highest contacts, and how many they are.',
  contacts: [{ model: modelId, together: { kind: 'top', count: 3 } }],
  groups: [{ id: 'reach', name: 'Reach', cap: 40 }],
  rules: [
    {
      id: 'several',
      name: 'Five contacts or more',
      group: 'reach',
      points: 20,
      when: { kind: 'field', field: 'account.contacts', is: { op: 'at_least', value: 5 } },
    },
    {
      id: 'many',
      name: 'Twenty contacts or more',
      group: 'reach',
      points: 20,
      when: { kind: 'field', field: 'account.contacts', is: { op: 'at_least', value: 20 } },
    },
  ],
  clamp: { min: 0, max: 340 },
  bands: [
    { id: 'hot', name: 'Hot', from: 200 },
    { id: 'warm', name: 'Warm', from: 100 },
    { id: 'cool', name: 'Cool', from: 0 },
  ],
});
