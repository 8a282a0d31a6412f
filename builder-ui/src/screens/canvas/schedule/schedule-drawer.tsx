import { Alert, Button, Drawer, Stack, Text } from '@mantine/core';
import type { AutomationSchedule } from '@ripen/shared';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { automationScheduleQuery, roundsQuery } from '../../../api/schedules.ts';
import { useMay } from '../../../app/signed-in.ts';
import { EarlierRounds } from '../../../rounds/earlier-rounds.tsx';
import { QueryView } from '../../../ui/states.tsx';
import { clockTime } from '../../../ui/words.ts';
import { RunNow } from './run-now.tsx';
import styles from './schedule.module.css';
import { roundWords, scheduleHeading } from './words.ts';

/** When the clock lets contacts enter the live version next, *Run now*, and what became of every time before. */
export default function ScheduleDrawer({ id, name, onClose }: { id: string; name: string; onClose: () => void }) {
  const mayRun = useMay('contacts:write');
  const [asking, setAsking] = useState(false);
  const schedule = useQuery(automationScheduleQuery(id));
  const running = schedule.data?.lastRound?.status === 'running';
  return (
    <Drawer opened onClose={onClose} position="right" size="md" title={`Schedule of “${name}”`}>
      <Stack gap="lg">
        <QueryView query={schedule}>{(found) => <Moments found={found} />}</QueryView>
        {mayRun && schedule.data && schedule.data.version !== null && schedule.data.schedules.length > 0 && (
          <div>
            <Button leftSection={<IconPlayerPlay size={16} />} disabled={running} onClick={() => setAsking(true)}>
              Run now
            </Button>
          </div>
        )}
        <Rounds id={id} running={running} />
      </Stack>
      {asking && <RunNow id={id} name={name} onClose={() => setAsking(false)} />}
    </Drawer>
  );
}

function Moments({ found }: { found: AutomationSchedule }) {
  if (found.schedules.length === 0) return <Text size="sm">No schedule starts the published version.</Text>;
  return (
    <ul className={styles.clocks}>
      {found.schedules.map(({ words, next, problem }) => (
        <li key={words}>
          <h3 className={styles.heading}>{scheduleHeading(words)}</h3>
          {problem !== null && (
            <Alert color="tomato" role="alert" title="It does not run">
              {problem}. Change when it runs, and publish.
            </Alert>
          )}
          {found.version === null ? (
            <p className={styles.soft}>It does not run while the automation is not live.</p>
          ) : (
            <ol className={styles.moments} aria-label="Next times">
              {next.map((at) => (
                <li key={at}>
                  <time dateTime={at}>{clockTime(Date.parse(at))}</time>
                </li>
              ))}
            </ol>
          )}
        </li>
      ))}
    </ul>
  );
}

function Rounds({ id, running }: { id: string; running: boolean }) {
  const query = useInfiniteQuery({ ...roundsQuery(id), refetchInterval: running ? 1_000 : false });
  return (
    <section aria-label="Earlier times">
      <h3 className={styles.heading}>Until now</h3>
      <EarlierRounds query={query} words={roundWords} more="Show earlier ones">
        How many contacts were told to enter is kept here.
      </EarlierRounds>
    </section>
  );
}
