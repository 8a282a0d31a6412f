import { Simulator, type Definitions, type Outside } from '@ripen/shared';
import { countHappened, nothingHappened, SimulatedBooks, type Books, type Happened } from '../../helpers/books.ts';
import { bellId, lookupId } from './world-automations.ts';
import { vocabularyOf } from './world.ts';

export interface Simulated {
  books: Books;
  happened: Happened;
  /** When routes and requests were asked, ms, in order: the only moments at which the outside answers. */
  askedAt: number[];
  /** Messages for people inside the product: sent, and held because they were of the past. */
  notices: { sent: number; held: number };
  deadLetters: string[];
}

export interface Simulating {
  definitions: Definitions;
  /** Calls of the tracking API, or arrivals as they were recorded. */
  messages: Iterable<unknown>;
  /** As of when, ms. */
  until: number;
  generation?: number;
  answers?: 'recorded' | 'assumed';
  historical?: boolean;
  outside?: Outside;
}

/** The simulator over messages: everybody's reference. */
export const simulate = ({ definitions, messages, until, ...options }: Simulating): Simulated => {
  const vocabulary = vocabularyOf(definitions);
  const happened = nothingHappened();
  const books = new SimulatedBooks();
  const askedAt = new Set<number>();
  const deadLetters: string[] = [];
  const notices = { sent: 0, held: 0 };
  const simulator = new Simulator({
    definitions,
    answers: 'assumed',
    ...options,
    emit: (record) => {
      books.take(record);
      countHappened(happened, record, vocabulary);
      if (record.kind === 'lead' || (record.kind === 'delivery' && record.channel === lookupId)) askedAt.add(record.at);
      if (record.kind === 'delivery' && record.channel === bellId) notices[record.status]++;
      if (record.kind === 'dead_letter') deadLetters.push(record.reason);
    },
  });
  let line = 0;
  for (const message of messages) simulator.take(structuredClone(message), { line: ++line });
  simulator.advance(until);
  simulator.finish();
  return { books: books.books, happened, askedAt: [...askedAt].sort((a, b) => a - b), notices, deadLetters };
};
