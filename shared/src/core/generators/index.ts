export { plainDefinitions, richDefinitions } from './definitions.ts';
export { documentsOf } from './documents.ts';
export { withHands } from './hands.ts';
export { history, lookAfterMs, type HistoryOptions } from './histories.ts';
export { channelId, historyStartsAt, queueId } from './vocabulary.ts';
