import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState, useSyncExternalStore } from 'react';
import {
  cancelLoad,
  closeLoad,
  keepRefusals,
  openLoad,
  readLoad,
  sayOfAccounts,
  sendMessages,
} from '../../../api/imports.ts';
import { ChooseFile } from './choose-file.tsx';
import { ImportJob } from './import-job.ts';
import { MapColumns } from './map-columns.tsx';
import { Progress } from './progress.tsx';
import { isJsonLines, type Reading } from './read-file.ts';
import { CheckLines } from './check-lines.tsx';

const importApi = { cancelLoad, closeLoad, keepRefusals, openLoad, readLoad, sayOfAccounts, sendMessages };

type Step = { at: 'file' } | { at: 'meaning'; file: File } | { at: 'load'; job: ImportJob };

const titles: Record<Step['at'], string> = {
  file: 'Import contacts, events or accounts',
  meaning: 'What the columns mean',
  load: 'Importing',
};

/** Loads history from a file: choose it, say what its columns mean, watch it go in. */
export function ImportDialog(given: {
  /** What rows are taken for at first. */
  of?: 'contacts' | 'accounts';
  onClose: () => void;
}) {
  const { of = 'contacts', onClose } = given;
  const narrow = useMediaQuery('(max-width: 700px)');
  const client = useQueryClient();
  const navigate = useNavigate();
  const [step, setStep] = useState<Step>({ at: 'file' });
  const [leaving, setLeaving] = useState(false);
  const job = step.at === 'load' ? step.job : null;
  const running = useRunning(job);

  const start = (file: File, reading: Reading): void => {
    const next = new ImportJob(file, reading, importApi);
    setStep({ at: 'load', job: next });
    void next.run(Date.now()).then(() => client.invalidateQueries({ queryKey: ['imports'] }));
  };
  const close = (): void => {
    if (running) setLeaving(true);
    else onClose();
  };

  /** What was imported is looked at where it is. */
  const done = ({ of: imported, state }: ImportJob): void => {
    onClose();
    if (state.phase === 'done' && imported !== of)
      void navigate({ to: imported === 'accounts' ? '/accounts' : '/contacts' });
  };

  return (
    <Modal
      opened
      onClose={close}
      title={job !== null && !running && !leaving ? 'Import' : titles[step.at]}
      size={step.at === 'meaning' ? 1080 : 620}
      fullScreen={narrow ?? false}
      closeOnClickOutside={step.at === 'file'}
      styles={{ title: { fontSize: 16, fontWeight: 600 } }}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {leaving && running ? (
        <Stack gap="md">
          <Text>
            Not all of {job?.fileName} is loaded.{' '}
            {job?.of === 'accounts'
              ? 'What was sent stays. Choose the same file again to send the rest; saying something twice changes nothing.'
              : 'If you leave, choose the same file again to go on from here; until then what falls due for its contacts waits.'}
          </Text>
          <Group justify="flex-end">
            <Button
              variant="default"
              onClick={() => {
                job?.leave();
                onClose();
              }}
            >
              Leave for now
            </Button>
            <Button onClick={() => setLeaving(false)} data-autofocus>
              Keep importing
            </Button>
          </Group>
        </Stack>
      ) : step.at === 'file' ? (
        <ChooseFile onFile={(file) => setStep({ at: 'meaning', file })} />
      ) : step.at === 'meaning' ? (
        isJsonLines(step.file.name) ? (
          <CheckLines
            file={step.file}
            onBack={() => setStep({ at: 'file' })}
            onStart={(reading) => start(step.file, reading)}
          />
        ) : (
          <MapColumns
            file={step.file}
            of={of}
            onBack={() => setStep({ at: 'file' })}
            onStart={(reading) => start(step.file, reading)}
          />
        )
      ) : (
        <Progress job={step.job} onDone={() => done(step.job)} onAgain={() => setStep({ at: 'file' })} />
      )}
    </Modal>
  );
}

const nothing = (): (() => void) => () => undefined;

/** Whether something would be interrupted; the browser asks before it closes the page meanwhile. */
const useRunning = (job: ImportJob | null): boolean => {
  const phase = useSyncExternalStore(job?.subscribe ?? nothing, () => job?.state.phase ?? null);
  const running = phase === 'reading' || phase === 'sending';
  useEffect(() => {
    if (!running) return undefined;
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [running]);
  return running;
};
