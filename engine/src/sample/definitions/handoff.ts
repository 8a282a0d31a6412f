import { channelSchema, queueSchema, type Channel, type Queue } from '@ripen/shared';

/** Sales has two teams: one for large companies, one for everybody else. One rep of it is on leave. */
export const sampleQueues: Queue[] = [
  queueSchema.parse({
    kind: 'queue',
    id: 'account-executives',
    name: 'Account executives',
    reps: [
      { id: 'maya', name: 'Maya Lindqvist', email: 'maya@sales.example.com' },
      { id: 'tomas', name: 'Tomás Ferreira', email: 'tomas@sales.example.com' },
      { id: 'grace', name: 'Grace Okafor', email: 'grace@sales.example.com' },
    ],
    answerWithinMinutes: 240,
  }),
  queueSchema.parse({
    kind: 'queue',
    id: 'sales-development',
    name: 'Sales development',
    reps: [
      { id: 'jonas', name: 'Jonas Weber', email: 'jonas@sales.example.com' },
      { id: 'aiko', name: 'Aiko Tanaka', email: 'aiko@sales.example.com' },
      { id: 'sam', name: 'Sam Whitfield', email: 'sam@sales.example.com' },
      { id: 'leila', name: 'Leila Haddad', email: 'leila@sales.example.com', available: false },
    ],
    answerWithinMinutes: 60,
  }),
];

/**
 * Where sales is told. `hooksAt` is this server, which takes the sample's messages and keeps nothing. The old CRM's address
 * is not there any more: its messages are the ones that fail, so that there is a failure to look at and to retry.
 */
export const sampleChannels = (hooksAt: string): Channel[] => [
  channelSchema.parse({
    kind: 'channel',
    id: 'sales-hook',
    name: 'Sales chat',
    type: 'webhook',
    url: `${hooksAt}/hooks/sample`,
  }),
  channelSchema.parse({
    kind: 'channel',
    id: 'old-crm',
    name: 'Old CRM (switched off)',
    type: 'webhook',
    url: `${hooksAt}/hooks/old-crm`,
  }),
  channelSchema.parse({
    kind: 'channel',
    id: 'sales-managers',
    name: 'Sales managers',
    type: 'email',
    to: ['managers@sales.example.com'],
  }),
  channelSchema.parse({
    kind: 'channel',
    id: 'bell',
    name: 'Inside Ripen',
    type: 'in_app',
    to: { kind: 'role', role: 'admin' },
  }),
];
