import { definitionsOf, validate, type AutomationTemplate } from '@ripen/shared';
import { expect, test } from 'vitest';
import { noNames, type Names } from '../../../fields/names.ts';
import { madeOf, needsOf, proposed, readTemplate } from './from-template.ts';

const files = import.meta.glob<unknown[]>('../../../../../shared/examples/automation-templates/*/*.json', {
  eager: true,
  import: 'default',
});
const documents = new Map<string, unknown[]>();
for (const [path, held] of Object.entries(files)) {
  const id = path.split('/').at(-2) ?? '';
  documents.set(id, [...(documents.get(id) ?? []), ...held]);
}
const templates = [...documents].map(([id, held]) =>
  // They are read by the same schema that the page uses.
  readTemplate({ id, title: id, summary: '', about: [], documents: held as AutomationTemplate['documents'] }),
);

const use = (template: (typeof templates)[number], names: Names) => {
  const needs = needsOf(template, names);
  let fresh = 0;
  const chosen = proposed(template, needs, names);
  return {
    needs,
    chosen,
    made: madeOf(template, needs, chosen, { tell: 'ann@ripen.example', freshId: () => `new-${++fresh}` }),
  };
};

test('there are ten', () => expect(templates).toHaveLength(10));

test.each(templates)('$id: one click makes all it needs in an empty workspace', (template) => {
  const { made, needs, chosen } = use(template, noNames);
  expect(needs.every((need) => need.isMade || chosen[`${need.kind} ${need.id}`] !== null)).toBe(true);
  const problems = validate(definitionsOf([...made.publish, ...made.drafts]));
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(made.drafts.map(({ id }) => id)).toEqual(template.automations.map((_, index) => `new-${index + 1}`));
  for (const document of made.publish)
    if (document.kind === 'channel') expect(document).toMatchObject({ to: ['ann@ripen.example'] });
});

const lived: Names = {
  ...noNames,
  models: [
    { id: 'heat', name: 'Heat', groups: [{ id: 'engagement', name: 'Engagement', kind: 'behaviour' }], bands: [] },
  ],
  lifecycleModel: 'heat',
  stages: ['cold', 'warm', 'hot', 'burning', 'bought'].map((id) => ({ id, name: id })),
  channels: [{ id: 'slack', name: 'Slack', type: 'slack' }],
  queues: [{ id: 'sales', name: 'Sales' }],
};

test('what the workspace has is taken: its model, its stages by their height, its channel, its queue of that name', () => {
  const template = templates.find(({ id }) => id === 'mql-handoff');
  if (!template) throw new Error('It is not there.');
  const { made, chosen } = use(template, lived);
  expect(chosen).toEqual({
    'model interest': 'heat',
    'stage lead': 'warm',
    'stage mql': 'hot',
    'queue sales': 'sales',
    'channel sales-managers': 'slack',
  });
  expect(made.publish).toEqual([]);
  expect(made.drafts[0]?.triggers).toEqual([{ type: 'stage_entered', stage: 'hot' }]);
  expect(JSON.stringify(made.drafts)).not.toMatch(/"(interest|mql|sales-managers)"/);
});

test('a model of its own is made where there is another one', () => {
  const template = templates.find(({ id }) => id === 'upsell');
  if (!template) throw new Error('It is not there.');
  const { made } = use(template, lived);
  expect(made.publish.map(({ kind }) => kind)).toEqual(['model', 'queue', 'event_type', 'event_type']);
});
