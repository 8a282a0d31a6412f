import { waitUntil } from '@ripen/infra';
import { runWorkflowId, searchAttributes } from '@ripen/shared';
import { Analytics } from '@segment/analytics-node';
import { Client, Connection } from '@temporalio/client';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clientOf } from '../helpers/api.ts';
import { startProduct, temporaryHome, type Product } from '../helpers/product.ts';
import { startReceiver, type Receiver } from '../workflows/support/receiver.ts';

// The card's automation, as the starter example publishes it into an empty workspace: clicked e-mail -> country is US -> +25 every
// time -> move to MQL -> route to sales and notify. Only where sales is told is ours: a server of this test.
const { path: home, remove } = temporaryHome();
const automation = 'us-clicks-to-sales';
let receiver: Receiver;
let product: Product;
let api: ReturnType<typeof clientOf>;
let secret: string;
let analytics: Analytics;
const opened: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  receiver = await startReceiver();
  opened.push(receiver.close);
  product = await startProduct(home, {
    RIPEN_EXAMPLES: 'starter',
    RIPEN_ALLOW_PRIVATE_ADDRESSES: new URL(receiver.url).host,
  });
  opened.push(product.stop);
  api = clientOf(product.url, product.keys);
  await api.post('/api/apply', {
    documents: [
      { kind: 'channel', id: 'sales-webhook', name: 'Sales webhook', type: 'webhook', url: `${receiver.url}/sales` },
    ],
  });
  ({ secret } = await api.get<{ secret: string }>('/api/channels/sales-webhook/secret'));
  // One batch per flush: requests under way at once have no order.
  analytics = new Analytics({ writeKey: product.keys.writeKey, host: product.url, flushAt: 1 });
  opened.push(() => analytics.closeAndFlush());
}, 180_000);

afterAll(async () => {
  for (const close of opened.reverse()) await close();
  await remove();
});

interface Page<T> {
  items: T[];
}
interface Contact {
  id: string;
  stage: string | null;
  openLead: string | null;
}
interface Lead {
  id: string;
  contactId: string;
  runId: string;
  queue: string;
  rep: string;
  status: string;
  decision: { chosen: string; considered: { rep: string; name: string }[]; excluded: unknown[] };
}
interface Run {
  id: string;
  status: string;
  automation: string;
  workflowId: string;
  trail: { node: string; port: string | null }[];
  deliveries: { status: string; attempts: number }[];
}

const contactOf = (userId: string): Promise<Contact | null> =>
  api.get<Contact>(`/api/contacts/look-up?userId=${userId}`).catch(() => null);
const runsOf = async (contact: string): Promise<Run[]> =>
  (await api.get<Page<Run>>(`/api/runs?automation=${automation}&contact=${contact}`)).items;

interface Explanation {
  score: number;
  lines: { points: number; cause: string | null }[];
}

/** The score, what its explanation adds up to, and what this automation gave. */
const whyOf = async (contact: Contact): Promise<{ score: number; sum: number; ofThis: number | undefined }> => {
  const { items } = await api.get<Page<Explanation>>(`/api/contacts/${contact.id}/explanation?model=lead-score`);
  const { score, lines } = items[0] ?? { score: Number.NaN, lines: [] };
  const sum = lines.reduce((total, { points }) => total + points * 1e6, 0) / 1e6;
  return { score, sum, ofThis: lines.find(({ cause }) => cause === `node:${automation}/score`)?.points };
};

/** The contact, once it is as wanted. */
const eventually = async (userId: string, wanted: (contact: Contact) => boolean): Promise<Contact> => {
  let found: Contact | null = null;
  await waitUntil({
    what: `What is wanted of ${userId}`,
    timeoutMs: 30_000,
    until: async () => {
      const known = await contactOf(userId);
      found = known && (await api.get<Contact>(`/api/contacts/${known.id}`));
      return found !== null && wanted(found);
    },
  });
  if (!found) throw new Error(`${userId} is not there.`);
  return found;
};

test('a click from the US: points, MQL, a lead in the queue with its decision, one signed webhook, and a trail of it all', async () => {
  analytics.identify({ userId: 'ada', traits: { email: 'ada@example.com', country: 'US' } });
  // The click must not overtake it: requests under way at once have no order.
  await analytics.flush();
  analytics.track({ userId: 'ada', event: 'Email Clicked', properties: { campaign: 'spring' } });
  await analytics.flush();
  const ada = await eventually('ada', ({ openLead }) => openLead !== null);
  expect(ada.stage).toBe('mql');

  let leads: Lead[] = [];
  await waitUntil({
    what: 'The lead',
    timeoutMs: 30_000,
    until: async () => (leads = (await api.get<Page<Lead>>('/api/leads?queue=sales&status=open')).items).length > 0,
  });
  expect(leads).toHaveLength(1);
  const lead = await api.get<Lead>(`/api/leads/${leads[0]?.id}`);
  expect(lead).toMatchObject({ id: ada.openLead, contactId: ada.id, queue: 'sales', rep: 'rep-1' });
  expect(lead.decision).toMatchObject({ chosen: 'rep-1', excluded: [] });
  expect(lead.decision.considered.map(({ rep }) => rep)).toEqual(['rep-1', 'rep-2', 'rep-3']);

  await waitUntil({ what: 'The webhook', timeoutMs: 30_000, until: async () => receiver.received.length > 0 });
  const [told] = receiver.received;
  // The convention's own library: it throws when the signature or the time is not right.
  const message = new Webhook(secret).verify(told?.body ?? '', told?.headers as Record<string, string>);
  expect(message).toMatchObject({
    type: 'ripen.notification',
    data: { contactId: ada.id, message: { subject: 'ada@example.com is ready for sales' } },
  });

  // The example beside it gives 2 points for every click.
  expect(await whyOf(ada)).toEqual({ score: 27, sum: 27, ofThis: 25 });

  const [summary] = await runsOf(ada.id);
  const run = await api.get<Run>(`/api/runs/${summary?.id}`);
  expect(run.status).toBe('completed');
  const steps = run.trail.filter(({ port }) => port !== null).map(({ node, port }) => `${node}:${port}`);
  expect(steps).toEqual([
    'country:us',
    'score:next',
    'below-mql:yes',
    'to-mql:next',
    'to-sales:routed',
    'tell-sales:next',
  ]);
  expect(run.deliveries).toMatchObject([{ status: 'delivered', attempts: 1 }]);

  const connection = await Connection.connect({ address: product.temporalAddress });
  try {
    const { workflow } = new Client({ connection });
    expect(run.workflowId).toBe(runWorkflowId(run.id));
    const attributes = async () => (await workflow.getHandle(run.workflowId).describe()).searchAttributes;
    await waitUntil({
      what: 'The end of the workflow',
      timeoutMs: 30_000,
      until: async () => (await attributes())[searchAttributes.status]?.[0] === 'completed',
    });
    expect(await attributes()).toMatchObject({
      [searchAttributes.automation]: [automation],
      [searchAttributes.contact]: [ada.id],
    });
    const query = `WorkflowType = 'run' and ${searchAttributes.contact} = '${ada.id}'`;
    await waitUntil({
      what: 'The workflow in a list',
      timeoutMs: 30_000,
      until: async () => (await workflow.count(query)).count === 1,
    });
  } finally {
    await connection.close();
  }
  expect(receiver.received).toHaveLength(1);
});

test('every click counts, but nobody is handed over twice', async () => {
  analytics.track({ userId: 'ada', event: 'Email Clicked', properties: { campaign: 'summer' } });
  await analytics.flush();
  const known = await contactOf('ada');
  if (!known) throw new Error('Ada is not there.');
  await waitUntil({
    what: 'The second click',
    timeoutMs: 30_000,
    until: async () => (await runsOf(known.id)).length === 2,
  });
  const ada = await eventually('ada', () => true);
  expect(await whyOf(ada)).toEqual({ score: 54, sum: 54, ofThis: 50 });
  expect((await api.get<Page<Lead>>(`/api/leads?contact=${ada.id}`)).items).toHaveLength(1);
});

test('a click from elsewhere ends at the condition', async () => {
  analytics.identify({ userId: 'bob', traits: { email: 'bob@example.com', country: 'DE' } });
  analytics.track({ userId: 'bob', event: 'Email Clicked' });
  await analytics.flush();
  let run: Run | undefined;
  await waitUntil({
    what: "Bob's run",
    timeoutMs: 30_000,
    until: async () => {
      const bob = await contactOf('bob');
      const [first] = bob ? await runsOf(bob.id) : [];
      run = first && (await api.get<Run>(`/api/runs/${first.id}`));
      return run !== undefined;
    },
  });
  expect(run?.trail).toMatchObject([{ node: 'country', port: 'else' }, { port: null }]);
  const bob = await eventually('bob', () => true);
  expect([bob.stage, bob.openLead]).toEqual([null, null]);
  expect(await whyOf(bob)).toEqual({ score: 2, sum: 2, ofThis: undefined });
  // Ended at once, it needed no workflow.
  expect(run).toMatchObject({ status: 'completed', workflowId: null });
});
