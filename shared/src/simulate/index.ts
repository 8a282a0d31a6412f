export { Simulator, type SimulatorCounts, type SimulatorOptions, type TakeOptions } from './simulator.ts';
export { entryLine, lineOf, moveLine, type RunSummary, type SimulationRecord } from './records.ts';
export { decideRoundRobin, type RoutingDecision } from './routing.ts';
