import { compile, contactIdOf, definitionsOf, readCall } from '@ripen/shared';
import type { FigureInput } from '../measure/figure.ts';
import { median } from '../measure/stats.ts';
import type { Row } from '../row.ts';
import { allOnDefinitions } from '../workload/all-on.ts';
import { workloadDefinitions } from '../workload/definitions.ts';
import { messagesOf, type MessageSource } from '../workload/messages.ts';
import { captureTemplates } from '../workload/templates.ts';
import { CoreDriver, type CoreInput } from './core-driver.ts';

const startAt = Date.UTC(2026, 0, 1);
/** After all of the workload: nothing is received later than that. */
const loadedAt = Date.UTC(2027, 0, 1);

/** An event that arrived when it happened. */
export const inputOf = (text: string): CoreInput => {
  const call = readCall(JSON.parse(text), { receivedAt: loadedAt, sentAt: null, historical: true });
  if (!call.ok) throw new Error(`The workload's own message was refused: ${call.error.message}`);
  const { messageId, identity, type, properties, fields, occurredAt, receivedAt } = call.arrival;
  return {
    contact: contactIdOf(identity),
    event: {
      kind: 'event',
      messageId: messageId ?? '',
      type,
      properties,
      fields,
      occurredAt,
      arrivedAt: receivedAt,
      backfilled: false,
    },
  };
};

/** Every contact says who it is once, then the workload's events follow, a second apart. */
const textsOf = (
  source: MessageSource,
  sizes: { contacts: number; events: number },
): { known: string[]; events: string[] } => {
  const known = Array.from({ length: sizes.contacts }, (_, contact) =>
    JSON.stringify(source.identify(contact, startAt)),
  );
  const events = Array.from({ length: sizes.events }, (_, index) =>
    JSON.stringify(source.event(startAt + (index + 1) * 1000)),
  );
  return { known, events };
};

/**
 * Over in a fraction of a millisecond, so that the median batch is one that nothing else interrupted; and so few that what they
 * touch, once loaded, is still in the processor's second-level cache (1 MB): it is the core that is on the clock, not the memory.
 */
const batchSize = 100;

const batchesOf = <T>(items: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(items.length / batchSize) }, (_, index) =>
    items.slice(index * batchSize, (index + 1) * batchSize),
  );

const aim = { atLeast: 0.5 };
const plainCases = [
  { figure: 'core, one thread', definitions: () => workloadDefinitions(), aim },
  {
    figure: 'core, with a half-life',
    definitions: () => workloadDefinitions({ halfLifeDays: 30 }),
    // The workload has no half-life; what one costs is told.
    aim: null,
  },
];
const allOnCases = [
  { figure: 'core, one thread, all switched on', definitions: () => allOnDefinitions(), aim },
  {
    figure: 'core, and seven more rules',
    definitions: () => allOnDefinitions({ sevenMoreRules: true }),
    // More work than the aim speaks of; what it costs is told.
    aim: null,
  },
];

/** Core events a second on one thread, beside JSON.parse of the same events as the SDK sends them. */
export const coreRow: Row = {
  name: 'core',
  run: async ({ sizes, allOn, report }) => {
    const source = messagesOf(await captureTemplates(), { contacts: sizes.contacts, seed: 1, run: 'core' });
    const texts = textsOf(source, { contacts: sizes.contacts, events: sizes.coreEvents });
    const bytes = texts.events.reduce((sum, text) => sum + text.length, 0) / texts.events.length;
    report(`core: ${sizes.coreEvents} events of ${Math.round(bytes)} bytes`);
    const figures: FigureInput[] = [];
    for (const { figure, definitions, aim } of allOn ? allOnCases : plainCases) {
      const driver = new CoreDriver(compile(definitionsOf(definitions())));
      for (const batch of batchesOf(texts.known)) driver.apply(batch.map(inputOf));
      const parsed: number[] = [];
      const stepped: number[] = [];
      const before = driver.entries;
      // Batch by batch in turns, so that whatever else the machine does hits both.
      for (const batch of batchesOf(texts.events)) {
        const from = performance.now();
        for (const text of batch) JSON.parse(text);
        parsed.push((batch.length * 1000) / (performance.now() - from));
        driver.coreMs = 0;
        driver.apply(batch.map(inputOf));
        stepped.push((batch.length * 1000) / driver.coreMs);
      }
      figures.push({
        figure,
        beside: 'JSON.parse of the same',
        unit: 'events/s',
        measured: median(stepped),
        besideMeasured: median(parsed),
        aim,
        details: { 'bytes per event': bytes, 'ledger entries per event': (driver.entries - before) / sizes.coreEvents },
      });
    }
    return figures;
  },
};
