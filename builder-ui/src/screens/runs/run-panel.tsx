import { Button } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { RunDetail } from '@ripen/shared';
import { lazy, Suspense, useState } from 'react';
import { api } from '../../api/client.ts';
import { retryDelivery } from '../../api/operations.ts';
import { automationVersionQuery, runQuery } from '../../api/runs.ts';
import { useMay } from '../../app/signed-in.ts';
import { StatusMark } from '../../ui/marks.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { sayDone, sayFailed } from '../../ui/say.ts';
import { LoadingRows, QueryView } from '../../ui/states.tsx';
import { Sure } from '../../ui/sure.tsx';
import { humanise, span } from '../../ui/words.ts';
import { heldSince, runLooks } from './run-words.ts';
import styles from './runs.module.css';

const RunPath = lazy(() => import('./run-path.tsx').then(({ RunPath }) => ({ default: RunPath })));

/** One run: its path on its own version, each step, what it told the outside, and what can be done. */
export function RunPanel({ id }: { id: string }) {
  const query = useQuery(runQuery(id));
  return (
    <QueryView query={query} loading={<LoadingRows />}>
      {(run) => (
        <>
          <Facts run={run} />
          <Acts run={run} />
          <Path run={run} />
          <Steps run={run} />
          <Deliveries run={run} />
        </>
      )}
    </QueryView>
  );
}

function Facts({ run }: { run: RunDetail }) {
  const { tone, word } = runLooks[run.status];
  const held = heldSince(run.waiting);
  return (
    <dl className={styles.facts}>
      <dt>Contact</dt>
      <dd>
        <Link to="/contacts/$id" params={{ id: run.contactId }}>
          {run.contact.name}
        </Link>
      </dd>
      <dt>Automation</dt>
      <dd>
        <Link to="/automations/$id" params={{ id: run.automation }} search={{ version: String(run.version) }}>
          {run.automationName}
        </Link>
        , version {run.version}
      </dd>
      <dt>State</dt>
      <dd>
        <StatusMark tone={tone}>{word}</StatusMark>
        {held !== null && (
          <>
            , held <RelativeTime at={held} /> until its automation goes on
          </>
        )}
        {run.until && (
          <>
            {' '}
            until <RelativeTime at={run.until} />
          </>
        )}
      </dd>
      {run.error && (
        <>
          <dt>Reason</dt>
          <dd className={styles.bad}>{run.error}</dd>
        </>
      )}
      <dt>Started</dt>
      <dd>
        <RelativeTime at={run.startedAt} />
        {run.backfilled && ', from history'}
        {run.status !== 'waiting' && `; took ${span(Date.parse(run.updatedAt) - Date.parse(run.startedAt))}`}
      </dd>
    </dl>
  );
}

function Acts({ run }: { run: RunDetail }) {
  const client = useQueryClient();
  const mayChange = useMay('runs:write');
  const [cancelling, setCancelling] = useState(false);
  const act = useMutation({
    mutationFn: (what: 'cancel' | 'retry') => api.post(`/api/runs/${run.id}/${what}`),
    onSuccess: (_, what) => {
      setCancelling(false);
      sayDone(what === 'cancel' ? 'The run is cancelled.' : 'The run is tried again.');
      void client.invalidateQueries({ queryKey: ['runs'] });
    },
    onError: (error, what) =>
      sayFailed(what === 'cancel' ? 'The run could not be cancelled' : 'The run could not be tried again', error),
  });
  return (
    <div className={styles.acts}>
      {mayChange && run.status === 'failed' && (
        <Button loading={act.isPending} onClick={() => act.mutate('retry')}>
          Retry
        </Button>
      )}
      {mayChange && run.status === 'waiting' && (
        <Button variant="default" onClick={() => setCancelling(true)}>
          Cancel the run
        </Button>
      )}
      {run.temporalUrl && (
        <Button
          component="a"
          href={run.temporalUrl}
          target="_blank"
          rel="noreferrer"
          variant="default"
          rightSection={<IconExternalLink size={14} />}
        >
          Open in Temporal
        </Button>
      )}
      <Sure
        opened={cancelling}
        title="Cancel this run"
        act="Cancel the run"
        danger
        busy={act.isPending}
        onClose={() => setCancelling(false)}
        onAct={() => act.mutate('cancel')}
      >
        {run.contact.name} leaves the automation here. What the run has done already stays.
      </Sure>
    </div>
  );
}

function Path({ run }: { run: RunDetail }) {
  const version = useQuery(automationVersionQuery(run.automation, run.version));
  if (version.isError) return <p className={styles.soft}>Its version of the automation could not be read.</p>;
  return (
    <div className={styles.path}>
      <Suspense fallback={<LoadingRows rows={6} />}>
        {version.data ? <RunPath document={version.data} run={run} /> : <LoadingRows rows={6} />}
      </Suspense>
    </div>
  );
}

function Steps({ run }: { run: RunDetail }) {
  const last = run.trail.length - 1;
  return (
    <section aria-label="Steps">
      <h3 className={styles.heading}>Steps</h3>
      <ol className={styles.steps}>
        {run.trail.map((step, index) => (
          <li
            key={index}
            className={styles.step}
            data-tone={
              index < last ? undefined : run.status === 'failed' ? 'bad' : run.status === 'waiting' ? 'warn' : undefined
            }
          >
            <div>
              <div>
                {step.title ?? step.node}
                {step.port && step.port !== 'next' && <span className={styles.soft}> → {humanise(step.port)}</span>}
              </div>
              {step.note && <div className={styles.soft}>{step.note}</div>}
            </div>
            <span className={styles.soft}>
              <RelativeTime at={step.at} />
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Deliveries({ run }: { run: RunDetail }) {
  const client = useQueryClient();
  const mayRetry = useMay('operations:write');
  const retry = useMutation({
    mutationFn: retryDelivery,
    onSuccess: () => {
      sayDone('It is sent again.');
      void client.invalidateQueries({ queryKey: ['runs'] });
    },
    onError: (error) => sayFailed('It could not be sent again', error),
  });
  if (run.deliveries.length === 0) return null;
  return (
    <section aria-label="Told to the outside">
      <h3 className={styles.heading}>Told to the outside</h3>
      <ul className={styles.steps}>
        {run.deliveries.map((delivery) => (
          <li
            key={delivery.id}
            className={styles.step}
            data-tone={delivery.status === 'failed' ? 'bad' : delivery.status === 'pending' ? 'warn' : undefined}
          >
            <div>
              {delivery.channelName}: {delivery.status}
              {delivery.attempts > 1 && ` after ${delivery.attempts} tries`}
              {delivery.lastError && delivery.status !== 'delivered' && (
                <div className={styles.bad}>{delivery.lastError}</div>
              )}
              {mayRetry && delivery.status === 'failed' && (
                <Button
                  variant="default"
                  size="xs"
                  mt={6}
                  loading={retry.isPending}
                  onClick={() => retry.mutate(delivery.id)}
                >
                  Send again
                </Button>
              )}
            </div>
            <span className={styles.soft}>
              <RelativeTime at={delivery.deliveredAt ?? delivery.at} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
