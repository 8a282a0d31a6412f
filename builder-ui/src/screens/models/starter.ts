import type { ScoreModel } from '@ripen/shared';
import { emptyModel } from './read-model.ts';

/** A small model to change into one's own: who they are, what they do, what speaks against them, and decay. */
export const starterModel = (id: string, name: string): ScoreModel => ({
  ...emptyModel(id, name),
  groups: [
    { id: 'fit', name: 'Fit', kind: 'profile', cap: 30 },
    { id: 'engagement', name: 'Engagement', kind: 'behaviour' },
  ],
  rules: [
    {
      kind: 'profile',
      id: 'decision-maker',
      name: 'Decides on budgets',
      group: 'fit',
      tier: 'high',
      points: 15,
      when: { kind: 'field', field: 'title', is: { op: 'matches', value: 'chief|vp|head|director' } },
    },
    {
      kind: 'profile',
      id: 'student',
      name: 'Student',
      group: 'fit',
      tier: 'low',
      points: -25,
      when: { kind: 'field', field: 'title', is: { op: 'contains', value: 'student' } },
    },
    {
      kind: 'behaviour',
      id: 'contact-form',
      name: 'Filled out a contact form',
      group: 'engagement',
      tier: 'high',
      points: 30,
      event: 'contact_form_submitted',
      counts: { kind: 'once' },
      decays: true,
    },
    {
      kind: 'behaviour',
      id: 'email-click',
      name: 'Clicked a link in an e-mail',
      group: 'engagement',
      tier: 'mid',
      points: 5,
      event: 'email_clicked',
      counts: { kind: 'at_most', times: 1, perDays: 1 },
      decays: true,
    },
    {
      kind: 'behaviour',
      id: 'unsubscribed',
      name: 'Unsubscribed',
      group: 'engagement',
      tier: 'low',
      points: -20,
      event: 'unsubscribed',
      counts: { kind: 'once' },
      decays: true,
    },
  ],
  decay: { afterDays: 60, everyDays: 30, by: { kind: 'percent', percent: 25 }, floor: 0 },
});
