import type { Automation } from '@ripen/shared';
import { draw, end } from './draw.ts';

/** A request to be contacted goes to sales at once, whatever the score. */
export const contactForm: Automation = draw({
  id: 'contact-form',
  name: 'Contact form straight to sales',
  description:
    'Whoever asks to be contacted is with sales at once, whatever the score. Large companies have their own team.',
  triggers: [{ type: 'event', event: 'contact_form_submitted' }],
  reentry: { kind: 'at_most', times: 1, perDays: 7 },
  nodes: [
    {
      id: 'who',
      type: 'condition',
      settings: {
        branches: [
          {
            id: 'not-for-sales',
            name: 'Student or competitor',
            when: {
              kind: 'any',
              of: [
                { kind: 'field', field: 'title', is: { op: 'contains', value: 'student' } },
                {
                  kind: 'field',
                  field: 'company',
                  is: { op: 'one_of', values: 'Rival Metrics; Copycat Software' },
                },
              ],
            },
          },
          {
            id: 'large',
            name: '500 employees or more',
            when: { kind: 'field', field: 'employees', is: { op: 'at_least', value: 500 } },
          },
        ],
      },
      at: [0, 1],
    },
    { id: 'decline', type: 'add_label', settings: { label: 'not for sales' }, at: [-1.25, 2] },
    { id: 'to-executives', type: 'route', settings: { queue: 'account-executives' }, at: [0, 2] },
    { id: 'to-development', type: 'route', settings: { queue: 'sales-development' }, at: [1.25, 2] },
    { id: 'asked', type: 'add_label', settings: { label: 'asked for contact' }, at: [0, 3] },
    {
      id: 'tell',
      type: 'notify',
      settings: {
        channel: 'sales-hook',
        subject: '{{firstName}} {{lastName}} of {{company}} asks to be contacted',
        body: '{{title}} in {{country}}, {{score:intent-and-fit}} points. Please answer today: {{email}}',
      },
      at: [0, 4],
    },
    {
      id: 'record',
      type: 'notify',
      settings: {
        channel: 'old-crm',
        subject: 'New request',
        body: '{{email}};{{company}};{{country}};{{score:intent-and-fit}}',
      },
      note: 'To be replaced: the old CRM is switched off, so these fail and show under failed deliveries.',
      at: [0, 5],
    },
    {
      id: 'nobody',
      type: 'notify',
      settings: {
        channel: 'sales-managers',
        subject: 'Nobody is free for {{company}}',
        body: '{{firstName}} {{lastName}} ({{email}}) asks to be contacted, and nobody in the queue is available.',
      },
      at: [1.25, 3],
    },
    end('declined', [-1.25, 3]),
    end('unanswered', [1.25, 4]),
    end('done', [0, 6]),
  ],
  arrows: [
    ['start', 'who'],
    ['who:not-for-sales', 'decline'],
    ['who:large', 'to-executives'],
    ['who:else', 'to-development'],
    ['decline', 'declined'],
    ['to-executives:routed', 'asked'],
    ['to-executives:no_one', 'nobody'],
    ['to-development:routed', 'asked'],
    ['to-development:no_one', 'nobody'],
    ['asked', 'tell'],
    ['tell', 'record'],
    ['record', 'done'],
    ['nobody', 'unanswered'],
  ],
});
