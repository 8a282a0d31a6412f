/** What another version of a document changes, and its words. */
export { differenceOf, isSame, rewiredOf, type AutomationDifference, type Rewired } from './automation.ts';
export { changesBetween, isWhole, saysSame, type ValueChange, type Whole } from './changes.ts';
export { describeDifference, plainValue, plainWording, type ChangeLine, type Wording } from './words.ts';
