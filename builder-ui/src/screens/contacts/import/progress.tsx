import { Alert, Button, Group, Progress as Bar, Stack, Text } from '@mantine/core';
import { IconCircleCheck, IconDownload } from '@tabler/icons-react';
import { useState, useSyncExternalStore, type ReactNode } from 'react';
import { count, number } from '../../../ui/words.ts';
import type { ImportReport } from './destination.ts';
import type { ImportJob, ImportState } from './import-job.ts';
import styles from './import.module.css';

/** How far an import is, what can be done about it, and what came of it. */
export function Progress(given: { job: ImportJob; onDone: () => void; onAgain: () => void }) {
  const { job } = given;
  const state = useSyncExternalStore(job.subscribe, () => job.state);
  return (
    <Stack gap="md" aria-live="polite">
      <State state={state} job={job} />
      <Refused job={job} />
      <Acts {...given} state={state} />
    </Stack>
  );
}

/** What a file is sent as. */
const whatOf = {
  contacts: { one: 'event', plural: 'Events' },
  accounts: { one: 'row', plural: 'Rows' },
};

function State({ state, job }: { state: ImportState; job: ImportJob }) {
  const what = whatOf[job.of];
  switch (state.phase) {
    case 'reading':
      return (
        <Going share={state.share} label={`Reading ${job.fileName}`}>
          Reading and sorting {job.fileName}: {Math.floor(state.share * 100)} %
        </Going>
      );
    case 'sending':
      return (
        <>
          <Going share={state.sent / Math.max(state.total, 1)} label={`${what.plural} sent`}>
            {state.paused ? 'Paused: ' : ''}
            {number(state.sent)} of {count(state.total, what.one)} sent
          </Going>
          {state.trouble !== null && (
            <Alert color="amber" role="status">
              {state.trouble}
            </Alert>
          )}
        </>
      );
    case 'applying':
      return (
        <Going share={1 - state.left / Math.max(state.total, 1)} label="Events applied">
          All is sent.{' '}
          {state.left > 0 ? `${count(state.left, 'event')} are being scored still.` : 'The last are scored.'} This goes
          on if you close the dialog.
        </Going>
      );
    case 'done':
      return (
        <div className={styles.done}>
          <IconCircleCheck size={36} stroke={1.4} aria-hidden="true" />
          <p>{reportInWords(state.report)}</p>
        </div>
      );
    case 'cancelled':
      return (
        <Text>
          Ended. {count(state.sent, what.one)} {state.sent === 1 ? 'was sent and stays' : 'were sent and stay'}
          {job.of === 'contacts' ? '; nothing waits for this import any more.' : '.'}
        </Text>
      );
    case 'failed':
      return (
        <Alert color="tomato" role="alert" title="The import stopped">
          {state.sentence}
        </Alert>
      );
  }
}

function Going({ share, label, children }: { share: number; label: string; children: ReactNode }) {
  return (
    <div>
      <Text mb={6}>{children}</Text>
      <Bar value={share * 100} aria-label={label} size="lg" transitionDuration={100} />
    </div>
  );
}

/** `2,600 contacts, 14,000 events, 12 rows refused.` */
export const reportInWords = (report: ImportReport): string =>
  [...foundInWords(report), ...(report.refused > 0 ? [`${count(report.refused, 'row')} refused`] : [])].join(', ') +
  '.';

const foundInWords = (report: ImportReport): string[] => {
  if (report.of === 'accounts') {
    const { accounts, withoutContacts: waiting } = report;
    return [
      accounts === null ? 'Fields of accounts set' : `Fields of ${count(accounts, 'account')} set`,
      ...(waiting > 0
        ? [
            `${number(waiting)} ${waiting === 1 ? 'has' : 'have'} no contact yet and wait${waiting === 1 ? 's' : ''} for the first`,
          ]
        : []),
    ];
  }
  const { contacts, events, duplicates } = report;
  return [
    ...(contacts === null ? [] : [count(contacts, 'contact')]),
    count(events, 'event'),
    ...(duplicates > 0 ? [`${number(duplicates)} there before and not counted again`] : []),
  ];
};

/** What was refused so far: the first few, and all of it as a file. */
function Refused({ job }: { job: ImportJob }) {
  const [all, setAll] = useState(false);
  const refusals = job.refusals;
  if (!refusals || refusals.count === 0) return null;
  const download = (): void => {
    const url = URL.createObjectURL(refusals.file());
    const link = document.createElement('a');
    link.href = url;
    link.download = `${job.fileName.replace(/\.[^.]*$/, '')}-refused.csv`;
    link.click();
    // The download has its own hold on the blob once it began.
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
  };
  const shown = all ? refusals.first : refusals.first.slice(0, 5);
  return (
    <section className={styles.refused} aria-label="Refused rows">
      <Group justify="space-between">
        <b>{count(refusals.count, 'row')} refused</b>
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<IconDownload size={14} aria-hidden="true" />}
          onClick={download}
        >
          Download them with reasons
        </Button>
      </Group>
      <ul>
        {shown.map(({ line, reason }) => (
          <li key={`${line} ${reason}`}>
            Line {number(line)}: {reason}
          </li>
        ))}
      </ul>
      {shown.length < refusals.first.length && (
        <Button variant="subtle" size="compact-sm" onClick={() => setAll(true)}>
          Show more
        </Button>
      )}
    </section>
  );
}

function Acts(given: { job: ImportJob; state: ImportState; onDone: () => void; onAgain: () => void }) {
  const { job, state } = given;
  switch (state.phase) {
    case 'reading':
      return (
        <Group justify="flex-end">
          <Button variant="default" onClick={() => void job.cancel()}>
            Cancel
          </Button>
        </Group>
      );
    case 'sending':
      return (
        <Group justify="flex-end">
          <Button variant="default" onClick={() => void job.cancel()}>
            End here
          </Button>
          {state.paused ? (
            <Button onClick={() => job.resume()}>Go on</Button>
          ) : (
            <Button variant="default" onClick={() => job.pause()}>
              Pause
            </Button>
          )}
        </Group>
      );
    case 'applying':
      return (
        <Group justify="flex-end">
          <Button variant="default" onClick={given.onDone}>
            Close
          </Button>
        </Group>
      );
    case 'done':
    case 'cancelled':
    case 'failed':
      return (
        <Group justify="flex-end">
          <Button variant="default" onClick={given.onAgain}>
            Import another file
          </Button>
          <Button onClick={given.onDone}>{state.phase === 'done' ? `See the ${job.of}` : 'Close'}</Button>
        </Group>
      );
  }
}
