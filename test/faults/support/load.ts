import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { definitionSchema, type Definition, type DefinitionInput } from '@ripen/shared';
import { dataDir, hasData } from '../../helpers/data.ts';
import { repo, ripenWell } from '../../helpers/cli.ts';
import { readDocuments } from '../../law/support/documents.ts';
import { generatedMessages, type Message } from '../../law/support/messages.ts';
import { richWorld } from '../../law/support/world.ts';

/** What is sent under fire: a history in order of time, and definitions that make something of it. */
export interface Load {
  name: string;
  messages: Message[];
  documents: Definition[];
}

/** All of the data where `RIPEN_FAULTS=full`; else some three thousand events. */
const full = process.env['RIPEN_FAULTS'] === 'full';
const slice = 3_000;

/** `b2b-saas` when it is there, else a generated history. `work` is a folder for files on the way. */
export const prepareLoad = async ({
  work,
  seed,
  hookUrl,
}: {
  work: string;
  seed: number;
  hookUrl: string;
}): Promise<Load> => {
  const live = handover(hookUrl);
  if (!hasData('b2b-saas')) {
    return {
      name: 'generated',
      messages: generatedMessages({ contacts: slice / 20, seed }).messages,
      documents: [...richWorld(hookUrl), ...live, ...switchedOn('intent')],
    };
  }
  const example = join(repo, 'shared/examples/b2b-saas');
  const file = join(work, 'b2b-saas.jsonl');
  await ripenWell([
    'import',
    '--mapping',
    join(example, 'mapping.json'),
    '--dir',
    join(dataDir, 'b2b-saas'),
    '--out',
    file,
  ]);
  const all = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Message) // Written by the importer just now.
    .map((message) => ({ ...message, receivedAt: message.receivedAt ?? message.timestamp }));
  return {
    name: 'b2b-saas',
    messages: full ? all : ofFewContacts(all),
    documents: [...readDocuments(join(example, 'definitions')), ...live, ...switchedOn('buying')],
  };
};

/** Whole histories of as many contacts as make a slice: the first that appear. */
const ofFewContacts = (all: readonly Message[]): Message[] => {
  const sizes = new Map<string, number>();
  for (const { userId } of all) sizes.set(userId, (sizes.get(userId) ?? 0) + 1);
  const chosen = new Set<string>();
  let events = 0;
  for (const [userId, size] of sizes) {
    if (events >= slice) break;
    chosen.add(userId);
    events += size;
  }
  return all.filter(({ userId }) => chosen.has(userId));
};

export const liveEvent = 'demo_requested';
export const liveHook = 'faults-hook';

export const accountModel = 'faults-accounts';

/** What else can be on, over the model of the load: a segment whose comings and goings score in a fading model, and accounts. */
const switchedOn = (model: string): Definition[] => {
  const documents: DefinitionInput[] = [
    { kind: 'segment', id: 'faults-warm', name: 'Warm', when: { kind: 'score', model, atLeast: 20 } },
    {
      kind: 'model',
      id: 'faults-warmth',
      name: 'Warmth',
      halfLifeDays: 30,
      groups: [{ id: 'warm', name: 'Warm', kind: 'behaviour' }],
      rules: [],
    },
    {
      kind: 'automation',
      id: 'faults-warming',
      name: 'Warming',
      triggers: [
        { type: 'segment_entered', segment: 'faults-warm' },
        { type: 'segment_left', segment: 'faults-warm' },
      ],
      nodes: [{ id: 'add', type: 'add_points', settings: { model: 'faults-warmth', group: 'warm', points: 2 } }],
      edges: [{ from: 'start', to: 'add' }],
    },
    {
      kind: 'account_model',
      id: accountModel,
      name: 'Accounts',
      contacts: [{ model, together: { kind: 'top', count: 3 } }],
    },
  ];
  return documents.map((document) => definitionSchema.parse(document));
};

/** Beside the history: people who ask for a demo now are handed to sales, sales is told, and the run waits for a day. */
const handover = (hookUrl: string): Definition[] => {
  const documents: DefinitionInput[] = [
    {
      kind: 'queue',
      id: 'faults-queue',
      name: 'Demos',
      reps: [
        { id: 'ada', name: 'Ada' },
        { id: 'ben', name: 'Ben' },
      ],
    },
    { kind: 'channel', id: liveHook, name: 'Demos', type: 'webhook', url: hookUrl },
    {
      kind: 'automation',
      id: 'faults-demo',
      name: 'Demo',
      triggers: [{ type: 'event', event: liveEvent }],
      nodes: [
        { id: 'route', type: 'route', settings: { queue: 'faults-queue' } },
        { id: 'tell', type: 'notify', settings: { channel: liveHook, subject: 'A demo', body: 'Call {{email}}.' } },
        { id: 'wait', type: 'wait_time', settings: { duration: { amount: 1, unit: 'days' } } },
      ],
      edges: [
        { from: 'start', to: 'route' },
        { from: 'route', port: 'routed', to: 'tell' },
        { from: 'route', port: 'no_one', to: 'wait' },
        { from: 'tell', to: 'wait' },
      ],
    },
  ];
  return documents.map((document) => definitionSchema.parse(document));
};
