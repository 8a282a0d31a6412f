export { Simulator, type SimulatorCounts, type SimulatorOptions, type TakeOptions } from './simulator.ts';
export { entryLine, lineOf, moveLine, type RunSummary, type SimulationRecord } from './records.ts';
export type { Outside, Request } from './outside.ts';
export { decideRoundRobin, type RoutingDecision } from './routing.ts';
export { mostFrames, Session, type Asked, type Frame, type SessionContact, type SessionOptions } from './session.ts';
export { differencesOf, runScenario, callOf, outcomeOf, type OutcomeDifference } from './scenario.ts';
export type { Why } from './why.ts';
export {
  checkScenario,
  differenceNames,
  differenceSentence,
  isRed,
  nodeOfDifference,
  withDraft,
  type DifferenceNames,
  type ScenarioResult,
} from './check-scenarios.ts';
export { dayBelow, fading, type FadingPoint } from './fading.ts';
