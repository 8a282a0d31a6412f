import { createScoreSamples } from '@ripen/engine';
import { noon, startServer, type Answer, type TestServer } from '../api/support.ts';

export const dayMs = 86_400_000;
export { noon };

/** Visits score, halved every 30 days; fits held while true; a form goes to sales; a demo waits a week. */
export const workspace = [
  {
    kind: 'model',
    id: 'interest',
    name: 'Interest',
    halfLifeDays: 30,
    groups: [{ id: 'acts', name: 'Acts', kind: 'behaviour' }],
    rules: [
      {
        kind: 'behaviour',
        id: 'visits',
        name: 'Visited',
        group: 'acts',
        points: 10,
        event: 'visited',
        counts: { kind: 'every_time' },
      },
    ],
  },
  {
    kind: 'model',
    id: 'fit',
    name: 'Fit',
    groups: [{ id: 'who', name: 'Who', kind: 'profile' }],
    rules: [
      {
        kind: 'profile',
        id: 'us',
        name: 'In the US',
        group: 'who',
        points: 20,
        when: { kind: 'field', field: 'country', is: { op: 'equals', value: 'US' } },
      },
    ],
  },
  {
    kind: 'lifecycle',
    model: 'interest',
    stages: [
      { id: 'lead', name: 'Lead', threshold: 15 },
      { id: 'mql', name: 'MQL', threshold: 45 },
    ],
  },
  {
    kind: 'queue',
    id: 'sales',
    name: 'Sales',
    answerWithinMinutes: 60,
    reps: [
      { id: 'ann', name: 'Ann', email: 'ann@sales.example' },
      { id: 'bob', name: 'Bob', email: 'bob@sales.example' },
    ],
  },
  { kind: 'channel', id: 'hook', name: 'Hook', type: 'webhook', url: 'https://example.com/hook' },
  {
    kind: 'automation',
    id: 'to-sales',
    name: 'To sales',
    triggers: [{ type: 'event', event: 'form_sent' }],
    nodes: [
      { id: 'tell', type: 'notify', settings: { channel: 'hook' } },
      { id: 'mark', type: 'add_label', settings: { label: 'Asked Us' } },
      { id: 'give', type: 'route', settings: { queue: 'sales' } },
    ],
    edges: [
      { from: 'start', to: 'tell' },
      { from: 'tell', to: 'mark' },
      { from: 'mark', to: 'give' },
    ],
  },
  {
    kind: 'automation',
    id: 'demo',
    name: 'Demo',
    triggers: [{ type: 'event', event: 'demo_asked' }, { type: 'manual' }],
    nodes: [
      {
        id: 'wait',
        type: 'wait_event',
        settings: { event: 'visited', timeout: { amount: 7, unit: 'days' } },
      },
      { id: 'bonus', type: 'add_points', settings: { model: 'interest', points: 5 } },
    ],
    edges: [
      { from: 'start', to: 'wait' },
      { from: 'wait', port: 'happened', to: 'bonus' },
    ],
  },
];

/** A server with this workspace, whose pictures of all contacts are never old. */
export const startLists = async (): Promise<TestServer> => {
  const server = await startServer({ scoreSamples: createScoreSamples({ keepMs: 0 }) });
  const applied = await server.post('/api/apply', { documents: workspace });
  if (applied.status !== 200) throw new Error(JSON.stringify(applied.body));
  return server;
};

let sent = 0;
export const track = (userId: string, event: string, more: object = {}): object => ({
  type: 'track',
  userId,
  event,
  messageId: `m${++sent}`,
  ...more,
});
export const identify = (userId: string, traits: object): object => ({
  type: 'identify',
  userId,
  traits,
  messageId: `m${++sent}`,
});

/** Walks every page; the items in order. */
export const allPages = async <Item>(server: TestServer, path: string): Promise<Item[]> => {
  const items: Item[] = [];
  for (let after: string | null = ''; after !== null;) {
    const answer: Answer = await server.get(`${path}${after === '' ? '' : `&after=${encodeURIComponent(after)}`}`);
    if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
    const page = answer.body as { items: Item[]; next: string | null }; // Checked by the server against its schema.
    items.push(...page.items);
    after = page.next;
  }
  return items;
};
