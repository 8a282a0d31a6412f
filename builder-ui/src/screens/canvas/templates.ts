import { startNodeId, type Automation, type GraphNode, type NodeTypeName, type Trigger } from '@ripen/shared';
import { IconClockDown, IconForms, IconMailOpened, type Icon } from '@tabler/icons-react';
import { emptyDocument } from '../../document/read.ts';
import { tidied } from '../../document/tidy.ts';
import type { Names } from '../../fields/names.ts';
import { freshSettings } from '../../nodes/index.ts';

export interface Template {
  title: string;
  about: string;
  icon: Icon;
  make: (id: string, names: Names) => Automation;
}

/** Steps one after the other by their first outputs, as settings of this workspace; what it lacks shows as a problem. */
const chain = (
  id: string,
  names: Names,
  name: string,
  trigger: Trigger,
  steps: readonly [string, NodeTypeName, object][],
): Automation => {
  const nodes = steps.map(([step, type, settings]) => {
    // Given settings are of the type that they stand beside.
    return { id: step, type, settings: { ...freshSettings(type, names), ...settings } } as GraphNode;
  });
  const edges = nodes.map((node, index) => {
    const before = nodes[index - 1];
    return { from: before?.id ?? startNodeId, port: before?.type === 'route' ? 'routed' : 'next', to: node.id };
  });
  const document = { ...emptyDocument(id, name), triggers: [trigger], nodes, edges };
  return { ...document, layout: tidied(document) };
};

/** The stage that sales takes over from: the one called MQL, else the last but one. */
const handOverStage = ({ stages }: Names): string =>
  (stages.find((stage) => stage.id === 'mql') ?? stages.at(-2) ?? stages.at(-1))?.id ?? 'mql';

export const templates: readonly Template[] = [
  {
    title: 'Score e-mail clicks',
    about: 'Each click is worth two points.',
    icon: IconMailOpened,
    make: (id, names) =>
      chain(id, names, 'Score e-mail clicks', { type: 'event', event: 'email_clicked' }, [
        ['score', 'add_points', { points: 2, counts: { kind: 'every_time' } }],
        ['end', 'end', {}],
      ]),
  },
  {
    title: 'Contact form to sales',
    about: 'Who asks to be contacted is handed over at once.',
    icon: IconForms,
    make: (id, names) =>
      chain(id, names, 'Contact form to sales', { type: 'event', event: 'contact_form_submitted' }, [
        ['qualify', 'move_stage', { stage: handOverStage(names) }],
        ['hand-over', 'route', {}],
        ['tell', 'notify', { subject: '{{email}} asks to be contacted', body: 'Please answer today: {{email}}' }],
        ['end', 'end', {}],
      ]),
  },
  {
    title: 'Decay after inactivity',
    about: 'After 30 quiet days the score loses a quarter.',
    icon: IconClockDown,
    make: (id, names) =>
      chain(id, names, 'Decay after inactivity', { type: 'inactive', days: 30 }, [
        ['decay', 'decay_percent', { percent: 25 }],
        ['end', 'end', {}],
      ]),
  },
];
