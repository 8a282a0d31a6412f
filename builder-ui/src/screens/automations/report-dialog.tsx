import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import styles from './automations.module.css';
import { reportTitle, type Report } from './use-acts.ts';

/** What became of each, those that failed first, with why. */
export function ReportDialog({ report, onClose }: { report: Report; onClose: () => void }) {
  const sorted = report.results.toSorted((a, b) => Number(a.done) - Number(b.done));
  const failed = sorted.filter(({ done }) => !done).length;
  return (
    <Modal opened onClose={onClose} title={reportTitle(report)} size="lg">
      <Stack gap="md">
        {failed < sorted.length && <Text c="var(--ink-soft)">What failed is still selected.</Text>}
        <ul className={styles.report}>
          {sorted.map(({ id, name, done, why }) => (
            <li key={id} data-failed={!done || undefined}>
              {done ? (
                <IconCheck size={16} aria-label="Done" role="img" />
              ) : (
                <IconAlertTriangle size={16} aria-label="Not done" role="img" />
              )}
              <div>
                <strong>{name}</strong>
                {why !== null && <p>{why}</p>}
              </div>
            </li>
          ))}
        </ul>
        <Group justify="flex-end">
          <Button onClick={onClose} data-autofocus>
            Close
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
