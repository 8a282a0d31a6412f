/** How much each row does. */
export interface Sizes {
  /** Contacts of the workload. */
  contacts: number;
  coreEvents: number;
  /** Rounds in which a figure and what runs beside it take turns. */
  rounds: number;
  /** Long enough that the product has to hold senders to the pace of Temporal: several times the lag that it allows. */
  liveEventsPerRound: number;
  /** Workflows of one activity per round: enough for a rate, few enough to wait for. */
  workflowsPerRound: number;
  durableRunsPerRound: number;
  latencySamplesPerRound: number;
  /** Memory is read after so many events, and again after so many. */
  memoryEvents: { first: number; last: number };
  /** Arrivals to rebuild from, and live ones meanwhile. */
  rebuild: { events: number; livePerSecond: number };
  clocks: { few: number; many: number; atOnce: number; lookups: number };
  history: { short: number; long: number; samples: number };
  /** Arrivals played: memory is read after the first so many too. */
  backTest: { contacts: number; first: number; last: number };
  lists: { few: Rows; many: Rows; requests: number };
  /** Entries of a short and a long ledger. */
  explanation: { short: number; long: number; samples: number };
  /** More contacts than are all looked at for a count; how often they are counted. */
  segments: { contacts: number; counts: number };
  /** Rows of two CSV files, of a kilobyte each; MB that sorting may take. */
  importRows: { first: number; last: number; sortMemory: number };
  /** Steps on a canvas. */
  canvas: { few: number; many: number; rounds: number };
}

/** What lists are about. */
interface Rows {
  contacts: number;
  runs: number;
}

const full: Sizes = {
  contacts: 100_000,
  coreEvents: 200_000,
  rounds: 3,
  liveEventsPerRound: 300_000,
  workflowsPerRound: 200,
  durableRunsPerRound: 1_000,
  latencySamplesPerRound: 40,
  memoryEvents: { first: 200_000, last: 1_000_000 },
  rebuild: { events: 1_000_000, livePerSecond: 500 },
  clocks: { few: 10_000, many: 1_000_000, atOnce: 100_000, lookups: 300 },
  history: { short: 100, long: 100_000, samples: 200 },
  backTest: { contacts: 100_000, first: 200_000, last: 1_000_000 },
  lists: { few: { contacts: 10_000, runs: 10_000 }, many: { contacts: 1_000_000, runs: 10_000_000 }, requests: 200 },
  explanation: { short: 100, long: 100_000, samples: 300 },
  segments: { contacts: 1_000_000, counts: 20 },
  importRows: { first: 200_000, last: 1_000_000, sortMemory: 128 },
  canvas: { few: 10, many: 300, rounds: 5 },
};

/** A hundredth: enough to see that every row still runs. */
const quick: Sizes = {
  contacts: 1_000,
  coreEvents: 2_000,
  rounds: 1,
  liveEventsPerRound: 2_000,
  workflowsPerRound: 10,
  durableRunsPerRound: 20,
  latencySamplesPerRound: 5,
  memoryEvents: { first: 2_000, last: 10_000 },
  rebuild: { events: 10_000, livePerSecond: 500 },
  clocks: { few: 100, many: 10_000, atOnce: 1_000, lookups: 10 },
  history: { short: 100, long: 1_000, samples: 10 },
  backTest: { contacts: 1_000, first: 2_000, last: 10_000 },
  lists: { few: { contacts: 8_000, runs: 1_000 }, many: { contacts: 10_000, runs: 100_000 }, requests: 10 },
  explanation: { short: 100, long: 1_000, samples: 10 },
  segments: { contacts: 12_000, counts: 3 },
  importRows: { first: 2_000, last: 10_000, sortMemory: 1 },
  canvas: { few: 10, many: 30, rounds: 1 },
};

export const sizesOf = (isQuick: boolean): Sizes => (isQuick ? quick : full);
