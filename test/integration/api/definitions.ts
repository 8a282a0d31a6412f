/** A small workspace: clicks score, waiting runs, a handoff, all by the documents that people write. */
export const model = {
  kind: 'model',
  id: 'interest',
  name: 'Interest',
  groups: [
    { id: 'acts', name: 'Acts', kind: 'behaviour' },
    { id: 'fit', name: 'Fit', kind: 'profile' },
  ],
  rules: [
    {
      kind: 'behaviour',
      id: 'clicks',
      name: 'Clicks',
      group: 'acts',
      points: 10,
      event: 'email_clicked',
      counts: { kind: 'every_time' },
    },
    {
      kind: 'profile',
      id: 'usa',
      name: 'In the US',
      group: 'fit',
      points: 5,
      when: { kind: 'field', field: 'country', is: { op: 'equals', value: 'US' } },
    },
  ],
};
export const lifecycle = {
  kind: 'lifecycle',
  model: 'interest',
  stages: [
    { id: 'lead', name: 'Lead', threshold: 10 },
    { id: 'mql', name: 'MQL', threshold: 30 },
  ],
};
export const queue = {
  kind: 'queue',
  id: 'sales',
  name: 'Sales',
  answerWithinMinutes: 60,
  reps: [
    { id: 'ada', name: 'Ada' },
    { id: 'ben', name: 'Ben' },
  ],
};
export const channel = { kind: 'channel', id: 'hook', name: 'Hook', type: 'webhook', url: 'https://example.com/hook' };
export const eventType = { kind: 'event_type', id: 'newsletter_sent', name: 'Newsletter sent', activity: false };
export const field = { kind: 'field', id: 'country', name: 'Country', description: 'Where they work', type: 'text' };
/** Who asked for a demo. */
export const segment = {
  kind: 'segment',
  id: 'asked',
  name: 'Asked for a demo',
  when: { kind: 'performed', event: 'demo_requested' },
};
/** Keeps the score of those who asked for a demo in a field, every night. */
export const nightly = {
  kind: 'maintenance_program',
  id: 'nightly',
  name: 'Nightly',
  who: { kind: 'segment', segment: 'asked' },
  actions: [{ type: 'set_field', field: 'rating', to: { kind: 'score', model: 'interest' } }],
  when: { every: 'day', at: '02:30', zone: 'Europe/Berlin' },
};
/** What the contacts of an account bring, and who its industry is. */
export const accountModel = {
  kind: 'account_model',
  id: 'company',
  name: 'Company',
  contacts: [{ model: 'interest', together: { kind: 'top', count: 3 } }],
  groups: [{ id: 'fit', name: 'Fit' }],
  rules: [
    {
      id: 'software',
      name: 'Software',
      group: 'fit',
      points: 20,
      when: { kind: 'field', field: 'account.industry', is: { op: 'equals', value: 'Software' } },
    },
  ],
  bands: [
    { id: 'warm', name: 'Warm', from: 20 },
    { id: 'cold', name: 'Cold', from: 0 },
  ],
};
/** Waits a day after each demo request. */
export const waiting = {
  kind: 'automation',
  id: 'waiting',
  name: 'Waiting',
  triggers: [{ type: 'event', event: 'demo_requested' }, { type: 'manual' }],
  nodes: [{ id: 'pause', type: 'wait_time', settings: { duration: { amount: 1, unit: 'days' } } }],
  edges: [{ from: 'start', to: 'pause' }],
};
/** Labels those who asked for a demo, every Monday. */
export const weekly = {
  kind: 'automation',
  id: 'weekly',
  name: 'Weekly',
  triggers: [
    {
      type: 'schedule',
      when: { every: 'week', on: ['mon'], at: '09:00', zone: 'Europe/Berlin' },
      who: { kind: 'performed', event: 'demo_requested' },
    },
  ],
  nodes: [{ id: 'tag', type: 'add_label', settings: { label: 'reminded' } }],
  edges: [{ from: 'start', to: 'tag' }],
};
/** Hands over whoever asks for a call. */
export const handOver = {
  kind: 'automation',
  id: 'hand-over',
  name: 'Hand over',
  triggers: [{ type: 'event', event: 'call_requested' }],
  nodes: [
    { id: 'tell', type: 'notify', settings: { channel: 'hook' } },
    { id: 'give', type: 'route', settings: { queue: 'sales' } },
  ],
  edges: [
    { from: 'start', to: 'tell' },
    { from: 'tell', to: 'give' },
  ],
};
export const documents = [
  model,
  lifecycle,
  queue,
  channel,
  eventType,
  field,
  segment,
  nightly,
  accountModel,
  waiting,
  weekly,
  handOver,
];
