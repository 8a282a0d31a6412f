import type { Definition } from '../model/definitions.ts';

/** Every message that validation can give. Tests enumerate them: each has a case that triggers it. */
export const problemCodes = [
  'duplicate_id',
  'unknown_model',
  'unknown_group',
  'unknown_band',
  'unknown_stage',
  'unknown_queue',
  'unknown_channel',
  'wrong_channel_type',
  'unknown_automation',
  'unknown_segment',
  'deleted_field',
  'cyclic_segment',
  'unknown_node',
  'unknown_port',
  'wrong_group_kind',
  'condition_not_allowed',
  'bad_pattern',
  'contradictory_condition',
  'bad_settings',
  'clamp_order',
  'bands_overlap',
  'band_gap',
  'band_unreachable',
  'stages_out_of_order',
  'stage_unreachable',
  'no_start',
  'two_edges_from_port',
  'unreachable_node',
  'dangling_port',
  'cycle_without_wait',
  'trigger_loop',
  'no_decay',
  'no_negative_rules',
  'rule_above_half',
  'qualified_by_profile',
  'overlapping_rules',
  'scores_nothing',
  'conflicting_actions',
] as const;
export type ProblemCode = (typeof problemCodes)[number];

/** What a scenario that is kept as a test of its automation says when it goes another way. */
export const scenarioFailed = 'scenario_failed';

export interface Problem {
  /** Errors prevent publishing; warnings do not. */
  severity: 'error' | 'warning';
  code: ProblemCode | typeof scenarioFailed;
  document: { kind: Definition['kind']; id: string };
  /** Node of an automation that the problem is at. */
  node?: string;
  /** Path inside the document or the node's settings. */
  path?: string;
  /** What is wrong and what to do, as a sentence. */
  message: string;
}
