import { Link } from '@tanstack/react-router';
import type { AutomationUses } from '@ripen/shared';
import { count } from './words.ts';
import styles from './uses.module.css';

type NamedThing = AutomationUses['names'][number];

const kindWords: Record<NamedThing['kind'], string> = {
  model: 'Score model',
  stage: 'Stage',
  queue: 'Sales queue',
  channel: 'Channel',
  automation: 'Automation',
  segment: 'Segment',
  field: 'Field',
  event_type: 'Event type',
  label: 'Label of contacts',
};
export const kindWord = (kind: NamedThing['kind']): string => kindWords[kind];

/** What an automation names, by kind, each to be opened, with the steps that name it. */
export function NamedThings({ automation, names }: { automation: string; names: readonly NamedThing[] }) {
  const order = Object.keys(kindWords);
  return (
    <ul className={styles.uses}>
      {names
        .toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind) || a.name.localeCompare(b.name))
        .map((thing) => (
          <li key={`${thing.kind} ${thing.id}`}>
            <ThingLink thing={thing} />
            <span className={styles.part}>
              {kindWords[thing.kind]}
              {thing.known ? '' : ', not here yet'}
            </span>
            <Places automation={automation} thing={thing} />
          </li>
        ))}
    </ul>
  );
}

/** The step, where it is one; else how many there are. */
function Places({ automation, thing }: { automation: string; thing: NamedThing }) {
  const steps = thing.places.filter(({ node }) => node !== null);
  const [first] = steps;
  if (!first?.node) return <span className={styles.part}>{thing.places[0]?.part?.toLowerCase()}</span>;
  return (
    <Link className={styles.part} to="/automations/$id" params={{ id: automation }} search={{ node: first.node }}>
      {steps.length === 1 ? first.part : count(steps.length, 'step')}
    </Link>
  );
}

function ThingLink({ thing }: { thing: NamedThing }) {
  const { kind, id, name } = thing;
  switch (kind) {
    case 'model':
      return (
        <Link to="/models/$id" params={{ id }}>
          {name}
        </Link>
      );
    case 'automation':
      return (
        <Link to="/automations/$id" params={{ id }}>
          {name}
        </Link>
      );
    case 'segment':
      return (
        <Link to="/segments/$id" params={{ id }}>
          {name}
        </Link>
      );
    case 'stage':
      return <Link to="/lifecycle">{name}</Link>;
    case 'queue':
    case 'channel':
      return (
        <Link to="/settings/$section" params={{ section: kind === 'queue' ? 'queues' : 'channels' }}>
          {name}
        </Link>
      );
    case 'field':
      return (
        <Link to="/catalogue" search={{ item: id }}>
          {name}
        </Link>
      );
    case 'event_type':
      return (
        <Link to="/catalogue" search={{ tab: 'events', item: id }}>
          {name}
        </Link>
      );
    case 'label':
      return (
        <Link to="/catalogue" search={{ tab: 'labels', item: id }}>
          {name}
        </Link>
      );
  }
}
