import { Button, Group, Progress, Select, Text } from '@mantine/core';
import type { Automation, BackTest } from '@ripen/shared';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { backTestQuery, latestBackTestQuery, startBackTest } from '../../../api/back-test.ts';
import { cancelJob, resumeJob } from '../../../api/change.ts';
import { sentenceOf } from '../../../api/client.ts';
import type { Names } from '../../../fields/names.ts';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { sayFailed } from '../../../ui/say.ts';
import { count, number } from '../../../ui/words.ts';
import { linesOf, playedWords, reasonWords, stretches } from './words.ts';
import styles from './back-test.module.css';

/** A draft over what really arrived, beside the live version: started here, shown as it comes. */
export function BackTestPanel(given: {
  document: Automation;
  names: Names;
  /** Nothing may be started while the draft cannot be published. */
  blocked: boolean;
  /** Further to what was found: who differs. */
  more?: (found: BackTest, jobId: string) => ReactNode;
}) {
  const { document, names, blocked } = given;
  const [days, setDays] = useState('30');
  const latest = useQuery(latestBackTestQuery(document.id));
  const client = useQueryClient();
  const start = useMutation({
    mutationFn: () => startBackTest(document, Number(days)),
    // Wherever the automation is looked at next, this is the last one.
    onSuccess: () => client.invalidateQueries({ queryKey: latestBackTestQuery(document.id).queryKey }),
  });
  const end = useMutation({
    mutationFn: ({ id, on }: { id: string; on: boolean }) => (on ? resumeJob(id) : cancelJob(id)),
    onError: (error) => sayFailed('The back-test does not answer', error),
  });
  const id = start.data?.jobId ?? latest.data?.job?.id ?? null;
  const own = useQuery({ ...backTestQuery(id ?? ''), enabled: id !== null });
  const { job, backTest: found } = own.data ?? { job: undefined, backTest: null };
  const running = start.isPending || job?.status === 'running';
  const failure = start.error ? sentenceOf(start.error) : job?.status === 'failed' ? job.error : null;
  return (
    <div className={styles.panel}>
      <Group gap="sm" align="end">
        <Select
          label="Over the last"
          value={days}
          data={stretches.map((stretch) => ({ value: String(stretch), label: `${stretch} days` }))}
          allowDeselect={false}
          onChange={(value) => setDays(value ?? '30')}
          w={130}
        />
        <Button
          variant="default"
          loading={start.isPending}
          disabled={blocked || running}
          onClick={() => start.mutate()}
        >
          {found && !running ? 'Back-test again' : 'Back-test the draft'}
        </Button>
        {job?.status === 'running' && (
          <Button variant="subtle" onClick={() => end.mutate({ id: job.id, on: false })}>
            Stop
          </Button>
        )}
        {(job?.status === 'cancelled' || job?.status === 'failed') && (
          <Button variant="subtle" loading={end.isPending} onClick={() => end.mutate({ id: job.id, on: true })}>
            Go on
          </Button>
        )}
      </Group>
      {blocked && (
        <Text size="xs" c="dimmed">
          Its problems are to be solved first.
        </Text>
      )}
      {running && (
        <div>
          <Progress value={job?.total ? (100 * job.done) / job.total : 0} aria-label="Contacts played" />
          <Text size="xs" c="dimmed" mt={4}>
            Playing what arrived, once with each
            {job?.total ? `: ${number(job.done)} of ${count(job.total, 'contact')}` : ''}…
          </Text>
        </div>
      )}
      {failure !== null && (
        <Text size="sm" c="var(--bad)" role="alert">
          It could not be played. {failure}
        </Text>
      )}
      {!found && !running && failure === null && (
        <Text size="sm" c="dimmed">
          Plays what really arrived through the draft and through the live version, in memory. Nothing changes and
          nobody is told.
        </Text>
      )}
      {found && id !== null && (
        <>
          <Found found={found} names={names} />
          {given.more?.(found, id)}
        </>
      )}
    </div>
  );
}

const daysOf = ({ from, at }: BackTest): number => Math.round((Date.parse(at) - Date.parse(from)) / 86_400_000);

function Found({ found, names }: { found: BackTest; names: Names }) {
  const { differ } = found;
  return (
    <section aria-label="What would have happened" className={styles.found}>
      <table className={styles.table}>
        <caption>
          The draft as it was <RelativeTime at={found.at} />, over {count(daysOf(found), 'day')}. {playedWords(found)}
        </caption>
        <thead>
          <tr>
            <th scope="col">What happened</th>
            <th scope="col">{found.version === null ? 'Nothing live' : `Version ${found.version}`}</th>
            <th scope="col">Draft</th>
          </tr>
        </thead>
        <tbody>
          {linesOf(found, names).map(({ what, live, draft, outcome }) => (
            <tr key={what} data-differs={live !== draft || undefined}>
              <th scope="row">{what}</th>
              <td>
                {number(live)}
                {outcome && <small>{outcome.live ?? 'no outcome'}</small>}
              </td>
              <td>
                {number(draft)}
                {outcome && <small>{outcome.draft ?? 'no outcome'}</small>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className={styles.differ}>
        {differ.contacts === 0
          ? 'Nobody differs: the draft does what the live version did.'
          : `${count(differ.contacts, 'contact')} would be otherwise: ${differ.reasons.map(({ reason, contacts }) => `${number(contacts)} ${reasonWords[reason]}`).join('; ')}.`}
      </p>
    </section>
  );
}
