import { describe, expect, test } from 'vitest';
import { startNodeId } from '../automation/graph.ts';
import type { Condition } from '../model/condition.ts';
import { definitionSchema, definitionsOf, type DefinitionInput } from '../model/definitions.ts';
import { automation, model, rule } from '../core/generators/play.ts';
import { problemCodes, type Problem, type ProblemCode } from './problem.ts';
import { hasErrors, validate } from './validate.ts';

type Automation = Extract<DefinitionInput, { kind: 'automation' }>;
type Lifecycle = Extract<DefinitionInput, { kind: 'lifecycle' }>;

const problemsOf = (...documents: DefinitionInput[]): Problem[] =>
  validate(definitionsOf(documents.map((document) => definitionSchema.parse(document))));

const fine = model([rule('open', 'opened', 5), rule('bad', 'complained', -5)], {
  windowDays: 30,
  clamp: { min: 0, max: 100 },
});
const lifecycle = (...stages: Lifecycle['stages']): Lifecycle => ({ kind: 'lifecycle', model: 'main', stages });
const stages = lifecycle({ id: 'lead', name: 'Lead', threshold: 50 }, { id: 'mql', name: 'MQL', threshold: 75 });
const banded = (...bands: { id: string; name: string; from: number }[]) => ({ ...fine, bands });
const fits = (id: string, value: string, points = 1) => ({
  ...{ kind: 'profile' as const, id, name: 'R', group: 'fit', points },
  when: { kind: 'field' as const, field: 'title', is: { op: 'equals' as const, value } },
});
const flow = (nodes: Automation['nodes'], more: Partial<Automation> = {}): Automation =>
  automation('flow', [{ type: 'event', event: 'go' }], nodes, more);
const end: Automation['nodes'][number] = { id: 'end', type: 'end', settings: {} };
const hot: Automation['nodes'][number] = { id: 'hot', type: 'add_label', settings: { label: 'hot' } };
const label: Automation['nodes'][number]['type'] = 'add_label';
const entry = (to: string) => ({ from: startNodeId, to });
const ask = (when: Condition): Automation =>
  flow([{ id: 'ask', type: 'condition', settings: { branches: [{ id: 'yes', name: 'Yes', when }] } }]);

const segment = (id: string, when: Condition): DefinitionInput => ({ kind: 'segment', id, name: id, when });

const nightly: DefinitionInput = {
  ...{ kind: 'maintenance_program', id: 'nightly', name: 'Nightly' },
  actions: [hot.type, 'remove_label' as const].map((type) => ({ type, label: 'kept' })),
};

/** What is wrong, and the document, node and path that the problem points at. */
interface Case {
  documents: DefinitionInput[];
  at: { severity?: Problem['severity']; document?: Problem['document']['kind']; node?: string; path: string };
}

const cases: Record<ProblemCode, Case[]> = {
  duplicate_id: [
    {
      documents: [model([rule('a', 'opened', 1), rule('a', 'clicked', -1)])],
      at: { document: 'model', path: 'rules' },
    },
    { documents: [fine, flow([end, end])], at: { document: 'automation', node: 'end', path: 'nodes' } },
    { documents: [fine, flow([{ ...hot, id: startNodeId }])], at: { node: startNodeId, path: 'nodes' } },
    { documents: [fine, fine], at: { document: 'model', path: 'id' } },
    {
      documents: [banded({ id: 'a', name: 'A', from: 0 }, { id: 'a', name: 'B', from: 5 })],
      at: { document: 'model', path: 'bands.1.id' },
    },
    {
      documents: [fine, lifecycle({ id: 'a', name: 'A', threshold: 1 }, { id: 'a', name: 'A', threshold: 2 })],
      at: { document: 'lifecycle', path: 'stages' },
    },
    {
      documents: [
        {
          kind: 'queue',
          id: 'q',
          name: 'Q',
          reps: [
            { id: 'ada', name: 'Ada' },
            { id: 'ada', name: 'Ada' },
          ],
        },
      ],
      at: { document: 'queue', path: 'reps' },
    },
  ],
  unknown_model: [
    {
      documents: [flow([{ id: 'add', type: 'add_points', settings: { model: 'gone', points: 1 } }])],
      at: { node: 'add', path: 'settings.model' },
    },
    { documents: [stages], at: { document: 'lifecycle', path: 'model' } },
    {
      documents: [automation('flow', [{ type: 'score_crosses', model: 'gone', value: 1 }], [end])],
      at: { path: 'triggers.0.model' },
    },
    {
      documents: [fine, ask({ kind: 'score', model: 'gone', atLeast: 1 })],
      at: { node: 'ask', path: 'settings.branches.0.when.model' },
    },
  ],
  unknown_group: [
    { documents: [model([rule('a', 'opened', 1, { group: 'gone' })])], at: { path: 'rules.0.group' } },
    {
      documents: [
        fine,
        flow([{ id: 'add', type: 'add_points', settings: { model: 'main', group: 'gone', points: 1 } }]),
      ],
      at: { node: 'add', path: 'settings.group' },
    },
  ],
  unknown_band: [
    {
      documents: [banded({ id: 'a', name: 'A', from: 0 }), ask({ kind: 'band', model: 'main', in: ['a', 'gone'] })],
      at: { node: 'ask', path: 'settings.branches.0.when.in' },
    },
  ],
  unknown_stage: [
    {
      documents: [fine, stages, flow([{ id: 'move', type: 'move_stage', settings: { stage: 'gone' } }])],
      at: { node: 'move', path: 'settings.stage' },
    },
    {
      documents: [fine, automation('flow', [{ type: 'stage_left', stage: 'lead' }], [end])],
      at: { path: 'triggers.0.stage' },
    },
  ],
  unknown_queue: [
    {
      documents: [flow([{ id: 'route', type: 'route', settings: { queue: 'gone' } }])],
      at: { node: 'route', path: 'settings.queue' },
    },
  ],
  unknown_channel: [
    {
      documents: [flow([{ id: 'tell', type: 'notify', settings: { channel: 'gone' } }])],
      at: { node: 'tell', path: 'settings.channel' },
    },
  ],
  wrong_channel_type: [
    {
      documents: [
        { kind: 'channel', id: 'mail', name: 'Mail', type: 'email', to: ['a@example.com'] },
        flow([{ id: 'ask', type: 'http_request', settings: { channel: 'mail' } }]),
      ],
      at: { node: 'ask', path: 'settings.channel' },
    },
  ],
  unknown_automation: [
    {
      documents: [flow([{ id: 'begin', type: 'start_automation', settings: { automation: 'gone' } }])],
      at: { node: 'begin', path: 'settings.automation' },
    },
  ],
  unknown_segment: [
    {
      documents: [automation('flow', [{ type: 'segment_entered', segment: 'nowhere' }], [end])],
      at: { document: 'automation', path: 'triggers.0.segment' },
    },
    {
      documents: [ask({ kind: 'segment', segment: 'nowhere' })],
      at: { node: 'ask', path: 'settings.branches.0.when' },
    },
  ],
  cyclic_segment: [
    { documents: [segment('a', { kind: 'segment', segment: 'a' })], at: { document: 'segment', path: 'when' } },
  ],
  deleted_field: [
    {
      documents: [model([fits('a', 'CEO')]), { kind: 'field', id: 'title', name: 'Title', deleted: true }],
      at: { document: 'model', path: 'rules.0.when' },
    },
  ],
  unknown_node: [
    {
      documents: [flow([{ id: 'back', type: 'go_to', settings: { node: 'gone' } }])],
      at: { node: 'back', path: 'settings.node' },
    },
    {
      documents: [flow([hot], { edges: [entry('hot'), { from: 'hot', to: 'gone' }] })],
      at: { node: 'hot', path: 'edges.1' },
    },
    { documents: [flow([hot], { edges: [entry('hot'), { from: 'gone', to: 'hot' }] })], at: { path: 'edges.1' } },
  ],
  unknown_port: [
    {
      documents: [flow([hot, end], { edges: [entry('hot'), { from: 'hot', port: 'maybe', to: 'end' }] })],
      at: { node: 'hot', path: 'edges.1' },
    },
  ],
  wrong_group_kind: [
    { documents: [model([rule('a', 'opened', 1, { group: 'fit' })])], at: { path: 'rules.0.group' } },
    {
      documents: [
        fine,
        flow([{ id: 'add', type: 'add_points', settings: { model: 'main', group: 'fit', points: 1 } }]),
      ],
      at: { node: 'add', path: 'settings.group' },
    },
    {
      documents: [{ ...fine, groups: [...(fine.groups ?? []), { id: 'automations', name: 'A', kind: 'profile' }] }],
      at: { path: 'groups.2' },
    },
  ],
  condition_not_allowed: [
    {
      documents: [
        model([
          {
            kind: 'profile',
            id: 'a',
            name: 'A',
            group: 'fit',
            points: 1,
            when: { kind: 'not', of: { kind: 'performed', event: 'opened' } },
          },
        ]),
      ],
      at: { path: 'rules.0.when.of' },
    },
    {
      documents: [model([rule('a', 'opened', 1, { where: { kind: 'score', model: 'main', atLeast: 1 } })])],
      at: { path: 'rules.0.where' },
    },
  ],
  bad_pattern: [
    {
      documents: [fine, ask({ kind: 'field', field: 'title', is: { op: 'matches', value: '(' } })],
      at: { node: 'ask', path: 'settings.branches.0.when.is' },
    },
  ],
  contradictory_condition: [
    {
      documents: [fine, ask({ kind: 'field', field: 'employees', is: { op: 'between', from: 9, to: 5 } })],
      at: { node: 'ask', path: 'settings.branches.0.when.is' },
    },
    {
      documents: [fine, ask({ kind: 'score', model: 'main', atLeast: 9, below: 9 })],
      at: { node: 'ask', path: 'settings.branches.0.when' },
    },
    {
      documents: [fine, ask({ kind: 'performed', event: 'opened', atLeast: 3, atMost: 2 })],
      at: { node: 'ask', path: 'settings.branches.0.when' },
    },
    {
      documents: [
        fine,
        ask({
          kind: 'all',
          of: ['US', 'DE'].map((value) => ({ kind: 'field', field: 'country', is: { op: 'equals', value } })),
        }),
      ],
      at: { severity: 'warning', node: 'ask', path: 'settings.branches.0.when' },
    },
  ],
  bad_settings: [
    {
      documents: [
        flow([
          {
            id: 'split',
            type: 'random_split',
            settings: {
              branches: [
                { id: 'a', name: 'A', percent: 50 },
                { id: 'b', name: 'B', percent: 49 },
              ],
            },
          },
        ]),
      ],
      at: { node: 'split', path: 'settings' },
    },
    { documents: [fine, ask({ kind: 'score', model: 'main' })], at: { node: 'ask', path: 'settings.branches.0.when' } },
  ],
  clamp_order: [{ documents: [model([], { clamp: { min: 10, max: 10 } })], at: { path: 'clamp' } }],
  bands_overlap: [
    {
      documents: [banded({ id: 'b', name: 'B', from: 0 }, { id: 'a', name: 'A', from: 0 })],
      at: { document: 'model', path: 'bands.1.from' },
    },
  ],
  band_gap: [{ documents: [banded({ id: 'a', name: 'A', from: 50 })], at: { severity: 'warning', path: 'bands' } }],
  band_unreachable: [
    {
      documents: [banded({ id: 'b', name: 'B', from: 0 }, { id: 'a', name: 'A', from: 101 })],
      at: { path: 'bands.1.from' },
    },
  ],
  stages_out_of_order: [
    {
      documents: [fine, lifecycle({ id: 'a', name: 'A', threshold: 50 }, { id: 'b', name: 'B', threshold: 50 })],
      at: { path: 'stages.1.threshold' },
    },
    {
      documents: [
        fine,
        lifecycle({ id: 'a', name: 'A', threshold: 50 }, { id: 'b', name: 'B', threshold: 60, margin: 10 }),
      ],
      at: { path: 'stages.1.threshold' },
    },
  ],
  stage_unreachable: [
    { documents: [fine, lifecycle({ id: 'a', name: 'A', threshold: 101 })], at: { path: 'stages.0.threshold' } },
  ],
  no_start: [{ documents: [flow([hot], { edges: [] })], at: { path: 'edges' } }],
  two_edges_from_port: [
    {
      documents: [flow([hot, end], { edges: [entry('hot'), { from: 'hot', to: 'end' }, { from: 'hot', to: 'end' }] })],
      at: { node: 'hot', path: 'edges.2' },
    },
  ],
  unreachable_node: [{ documents: [flow([hot, end], { edges: [entry('hot')] })], at: { node: 'end', path: 'nodes' } }],
  dangling_port: [{ documents: [flow([hot])], at: { severity: 'warning', node: 'hot', path: 'edges' } }],
  cycle_without_wait: [
    {
      documents: [flow([hot, { id: 'back', type: 'go_to', settings: { node: 'hot' } }])],
      at: { node: 'hot', path: 'edges' },
    },
    {
      documents: [
        flow([hot, { id: 'cold', type: label, settings: { label: 'cold' } }], {
          edges: [entry('hot'), { from: 'hot', to: 'cold' }, { from: 'cold', to: 'hot' }],
        }),
      ],
      at: { node: 'hot', path: 'edges' },
    },
  ],
  trigger_loop: [
    {
      documents: [automation('flow', [{ type: 'label_added', label: 'hot' }], [hot])],
      at: { severity: 'warning', document: 'automation', path: 'triggers' },
    },
  ],
  no_decay: [
    {
      documents: [model([rule('a', 'opened', 1), rule('b', 'complained', -1)]), stages],
      at: { severity: 'warning', path: 'decay' },
    },
  ],
  no_negative_rules: [
    { documents: [model([rule('a', 'opened', 1)]), stages], at: { severity: 'warning', path: 'rules' } },
  ],
  rule_above_half: [
    { documents: [model([rule('a', 'opened', 40)]), stages], at: { severity: 'warning', path: 'rules.0.points' } },
  ],
  qualified_by_profile: [
    {
      documents: [model([fits('a', 'VP', 75)]), stages],
      at: { severity: 'warning', document: 'model', path: 'groups' },
    },
  ],
  scores_nothing: [
    {
      documents: [{ kind: 'account_model', id: 'company', name: 'Company' }],
      at: { severity: 'warning', document: 'account_model', path: 'contacts' },
    },
  ],
  overlapping_rules: [
    {
      documents: [model([rule('a', 'opened', 1), rule('b', 'clicked', 1), rule('c', 'opened', 2)])],
      at: { severity: 'warning', document: 'model', path: 'rules.2' },
    },
    {
      documents: [
        model(
          ['US; DE', 'de; fr'].map((values, index) =>
            rule(`r${index}`, 'opened', 1, {
              where: { kind: 'property', property: 'country', is: { op: 'one_of', values } },
            }),
          ),
        ),
      ],
      at: { severity: 'warning', path: 'rules.1' },
    },
    {
      documents: [model(['VP', 'vp '].map((value, index) => fits(`r${index}`, value)))],
      at: { severity: 'warning', path: 'rules.1' },
    },
  ],
  conflicting_actions: [
    { documents: [nightly], at: { severity: 'error', document: 'maintenance_program', path: 'actions.1' } },
  ],
};

describe('validation', () => {
  test.each(problemCodes.flatMap((code) => cases[code].map((one, index) => ({ code, index, ...one }))))(
    '$code ($index)',
    ({ code, documents, at }) => {
      const problems = problemsOf(...documents);
      const { severity = 'error', document, node, path } = at;
      const found = problems.filter(
        (problem) => problem.code === code && problem.path === path && problem.severity === severity,
      );
      expect(found.map((problem) => problem.node)).toContain(node);
      if (document !== undefined) expect(found.map((problem) => problem.document.kind)).toContain(document);
      expect(hasErrors(problems)).toBe(problems.some((problem) => problem.severity === 'error'));
      // Each message is a sentence for people.
      for (const { message } of found) expect(message).toMatch(/^["A-Z].{15,}[.]$/);
    },
  );

  test.each(problemCodes.map((code) => ({ code })))('$code has a case', ({ code }) => {
    expect(cases[code].length).toBeGreaterThan(0);
  });
});
