export { playContact, type BackTestContact, type Played, type ProgramsThen } from './play.ts';
export type { BackTestArrival, Rules as BackTestRules } from './side.ts';
export { emptyBackTest, tallyContact } from './tally.ts';
export { viewOfPlayed } from './view.ts';
