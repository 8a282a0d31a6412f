import { Button } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconExternalLink } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { InstallationHealth } from '@ripen/shared';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { healthQuery } from '../../api/insight.ts';
import { Page } from '../../ui/page.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { StatusMark } from '../../ui/marks.tsx';
import { QueryView } from '../../ui/states.tsx';
import { number, span } from '../../ui/words.ts';
import { DeadLetters } from './dead-letters.tsx';
import { FailedDeliveries } from './failed-deliveries.tsx';
import styles from './health.module.css';
import { rate, Throughput } from './throughput.tsx';
import { verdictOf } from './verdict.ts';

/** Whether everything runs, and what somebody must look at. */
export function HealthScreen() {
  const query = useQuery(healthQuery);
  return (
    <Page
      title="Health"
      padded
      acts={
        query.data?.temporal.url && (
          <Button
            component="a"
            href={query.data.temporal.url}
            target="_blank"
            rel="noreferrer"
            variant="default"
            rightSection={<IconExternalLink size={14} />}
          >
            Open Temporal
          </Button>
        )
      }
    >
      <QueryView query={query}>{(health) => <Health health={health} />}</QueryView>
    </Page>
  );
}

function Health({ health }: { health: InstallationHealth }) {
  const verdict = verdictOf(health);
  const Icon = verdict.bad ? IconAlertTriangle : IconCircleCheck;
  return (
    <>
      <div className={styles.verdict} data-bad={verdict.bad || undefined} role="status">
        <Icon size={22} stroke={1.7} aria-hidden="true" />
        <div>
          <strong>{verdict.title}</strong>
          <div className={styles.because}>{verdict.text}</div>
        </div>
      </div>
      <dl className={styles.figures}>
        <Figure label="Events per second" value={rate(health.throughput.samples.at(-1)?.perSecond ?? 0)} />
        <Figure
          label="Waiting to be scored"
          value={number(health.inbox.waiting)}
          note={health.inbox.waiting > 0 ? `oldest ${span(health.inbox.lagMs)}` : 'none waits'}
        />
        <Figure
          label="Waiting for Temporal"
          value={number(health.outbox.waiting)}
          note={health.outbox.waiting > 0 ? `oldest ${span(health.outbox.lagMs)}` : 'none waits'}
        />
        <Figure
          label="Failed runs, 24 hours"
          value={
            health.lastDay.failedRuns > 0 ? (
              <Link to="/runs" search={{ status: 'failed', from: 'day' }} style={{ color: 'inherit' }}>
                {number(health.lastDay.failedRuns)}
              </Link>
            ) : (
              '0'
            )
          }
          note={`of ${number(health.lastDay.runs)}`}
          bad={health.lastDay.failedRuns > 0}
        />
        <Figure
          label="Failed deliveries, 24 hours"
          value={number(health.lastDay.failedDeliveries)}
          note={`of ${number(health.lastDay.deliveries)}`}
          bad={health.lastDay.failedDeliveries > 0}
        />
        <Figure
          label="Scanner events, 24 hours"
          value={number(health.lastDay.scanned)}
          note={health.lastDay.scanned > 0 ? 'left out of scores' : 'none'}
        />
      </dl>
      <DeadLetters />
      <FailedDeliveries />
      <section className={styles.section}>
        <h2 className={styles.heading}>Events per second, last hour</h2>
        <Throughput throughput={health.throughput} />
      </section>
      <section className={styles.section}>
        <h2 className={styles.heading}>Lanes</h2>
        <ul className={styles.rows}>
          {health.lanes.map((lane) => (
            <li key={lane.lane} className={styles.lane}>
              <span>Lane {lane.lane + 1}</span>
              <StatusMark tone={lane.status === 'awake' ? 'good' : 'idle'}>
                {lane.status === 'awake' ? 'Awake' : 'Asleep'}
              </StatusMark>
              <span className={styles.soft}>
                {lane.waiting > 0 ? `${number(lane.waiting)} wait, oldest ${span(lane.lagMs)}` : 'Nothing waits'}
              </span>
              <span className={styles.applied}>{number(lane.applied)} applied</span>
              <span className={styles.applied}>{lane.drainedAt && <RelativeTime at={lane.drainedAt} />}</span>
            </li>
          ))}
        </ul>
      </section>
      {health.workers && (
        <section className={styles.section}>
          <h2 className={styles.heading}>Workers</h2>
          <ul className={styles.rows}>
            {health.workers.map(({ queue, pollers }) => (
              <li key={queue} className={styles.row}>
                <span className={styles.rowMain}>{queue}</span>
                <StatusMark tone={pollers.length > 0 ? 'good' : 'bad'}>
                  {pollers.length > 0 ? pollers.map(({ identity }) => identity).join(', ') : 'Nobody'}
                </StatusMark>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function Figure(given: { label: string; value: ReactNode; note?: string; bad?: boolean }) {
  return (
    <div data-bad={given.bad || undefined}>
      <dt>{given.label}</dt>
      <dd>
        {given.value}
        {given.note && <small>{given.note}</small>}
      </dd>
    </div>
  );
}
