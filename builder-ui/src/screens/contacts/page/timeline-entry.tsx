import { UnstyledButton } from '@mantine/core';
import {
  IconArrowsRight,
  IconBolt,
  IconChevronRight,
  IconFlame,
  IconPlusMinus,
  IconSitemap,
  type Icon,
} from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useId, useState, type ReactNode } from 'react';
import type { TimelineItem } from '@ripen/shared';
import { useMay } from '../../../app/signed-in.ts';
import { eventHint } from '../../../fields/event-hint.ts';
import { Points, StatusMark, type Tone } from '../../../ui/marks.tsx';
import { count, exactTime, humanise, number } from '../../../ui/words.ts';
import { detailsOf } from './timeline-details.ts';
import { earnedByGroup, type PointsItem, type TimelineEntry } from './timeline-days.ts';
import styles from './timeline.module.css';

const icons: Record<TimelineItem['kind'], Icon> = {
  event: IconBolt,
  points: IconPlusMinus,
  move: IconArrowsRight,
  run: IconSitemap,
  lead: IconFlame,
};

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });

/** One line of the timeline; what else is known of it shows when it is pressed. */
export function Entry({ entry }: { entry: TimelineEntry }) {
  const { item, earned } = entry;
  const [open, setOpen] = useState(false);
  const id = useId();
  const KindIcon = icons[item.kind];
  const at = Date.parse(item.at);
  return (
    <li className={styles.entry} data-kind={item.kind}>
      <UnstyledButton
        className={styles.line}
        onClick={() => setOpen(!open)}
        aria-expanded={open}
        aria-controls={open ? id : undefined}
      >
        <time className={styles.time} dateTime={item.at} title={exactTime(at)}>
          {clock.format(at)}
        </time>
        <KindIcon size={16} stroke={1.7} aria-hidden="true" className={styles.icon} />
        <span className={styles.what}>
          <What item={item} />
          {earnedByGroup(earned).map(({ key, ...sum }) => (
            <Earned key={key} {...sum} />
          ))}
        </span>
        <IconChevronRight size={14} aria-hidden="true" className={styles.chevron} />
      </UnstyledButton>
      {open && (
        <div className={styles.details} id={id}>
          <dl>
            {[item, ...earned].flatMap(detailsOf).map(([label, value], index) => (
              <div key={`${label} ${index}`}>
                <dt>{label}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
          <Ways item={item} />
        </div>
      )}
    </li>
  );
}

/** What happened, in a line. */
function What({ item }: { item: TimelineItem }): ReactNode {
  switch (item.kind) {
    case 'event': {
      const hint = eventHint(item.properties, item.type);
      return (
        <>
          <b>{item.typeName}</b>
          {hint !== null && hint !== item.typeName && <span className={styles.hint}>{hint}</span>}
          {item.notes.some((note) => note.startsWith('looks like a scanner')) && (
            <StatusMark tone="warn">Looks like a scanner</StatusMark>
          )}
          {item.type === 'identify' && <span className={styles.hint}>{fieldsInWords(item.fields)}</span>}
        </>
      );
    }
    case 'points':
      return (
        <>
          <Points value={item.points} />
          <b>{pointsInWords(item)}</b>
          <span className={styles.hint}>
            {[item.reason, item.groupName, item.modelName].filter(Boolean).join(' · ')}
          </span>
        </>
      );
    case 'move':
      return (
        <>
          <b>{item.to === null ? `Left ${item.fromName ?? item.from}` : `Became ${item.toName ?? item.to}`}</b>
          {item.to !== null && item.from !== null && (
            <span className={styles.hint}>from {item.fromName ?? item.from}</span>
          )}
          <span className={styles.hint}>{item.cause === 'score' ? 'by score' : item.causeName}</span>
        </>
      );
    case 'run':
      return (
        <>
          <b>{item.automationName}</b>
          <StatusMark tone={runTones[item.status] ?? 'plain'}>{humanise(item.status)}</StatusMark>
          {item.nodeTitle !== null && item.status !== 'completed' && (
            <span className={styles.hint}>at “{item.nodeTitle}”</span>
          )}
        </>
      );
    case 'lead':
      return (
        <>
          <b>Lead for {item.repName ?? item.queueName}</b>
          <StatusMark tone={leadTones[item.status] ?? 'plain'}>{humanise(item.status)}</StatusMark>
          <span className={styles.hint}>
            {[
              item.repName === null ? null : item.queueName,
              item.reason,
              item.value === null ? null : number(item.value),
            ]
              .filter((part) => part !== null)
              .join(' · ')}
          </span>
        </>
      );
  }
}

const runTones: Record<string, Tone> = { waiting: 'warn', completed: 'good', failed: 'bad', cancelled: 'idle' };
const leadTones: Record<string, Tone> = {
  open: 'warn',
  accepted: 'good',
  won: 'good',
  rejected: 'bad',
  lost: 'bad',
  withdrawn: 'idle',
};

const fieldsInWords = (fields: unknown): string => {
  const names = typeof fields === 'object' && fields !== null ? Object.keys(fields) : [];
  return names.length === 0 ? '' : `${count(names.length, 'field')}: ${names.slice(0, 4).map(humanise).join(', ')}`;
};

const entryWords: Record<string, string> = {
  reversal: 'taken back',
  expiry: 'expired',
  decay: 'faded',
  reset: 'reset',
  adjustment: 'adjusted',
  void: 'undone',
};

const pointsInWords = ({ entry, causeName }: PointsItem): string => {
  const word = entryWords[entry];
  return word === undefined || causeName.toLowerCase() === word ? causeName : `${causeName} (${word})`;
};

/** Points beside the event that earned them: what one group got together. */
function Earned(given: { group: string; points: number; causes: string[] }) {
  return (
    <span className={styles.earned} title={given.causes.join(', ')}>
      <Points value={given.points} /> {given.group}
    </span>
  );
}

/** Where to go from here. */
function Ways({ item }: { item: TimelineItem }) {
  const mayDraw = useMay('definitions:write');
  const mayRuns = useMay('runs:read');
  const mayLeads = useMay('leads:read');
  const automation = item.kind === 'points' || item.kind === 'move' || item.kind === 'run' ? item.automation : null;
  const run = item.kind === 'run' ? item.id : item.kind === 'points' ? item.runId : null;
  const node = item.kind === 'event' || item.kind === 'lead' ? null : item.node;
  return (
    <div className={styles.ways}>
      {run !== null && mayRuns && (
        <Link to="/runs" search={{ run }}>
          Open the run
        </Link>
      )}
      {automation !== null && mayDraw && (
        <Link to="/automations/$id" params={{ id: automation }} search={node === null ? {} : { node }}>
          Open the automation
        </Link>
      )}
      {item.kind === 'lead' && mayLeads && (
        <Link to="/queue" search={{ lead: item.id }}>
          Open the lead
        </Link>
      )}
    </div>
  );
}
